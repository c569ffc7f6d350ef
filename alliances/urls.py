from django.urls import path

from alliances import views

urlpatterns = [
    path("alliances/<int:pk>/people/", views.people, name="people"),
    path("alliances/<int:pk>/people/invite/", views.invite, name="invite"),
    path("assignments/<int:pk>/role/", views.role_change, name="role-change"),
    path("assignments/<int:pk>/hand-over/", views.hand_over, name="hand-over"),
    path("assignments/<int:pk>/end/", views.assignment_end, name="assignment-end"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
