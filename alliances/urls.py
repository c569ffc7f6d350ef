from django.urls import path

from alliances import views

urlpatterns = [
    path("alliances/<int:pk>/edit/", views.alliance_edit, name="alliance-edit"),
    path("alliances/<int:pk>/people/", views.people, name="people"),
    path("alliances/<int:pk>/people/invite/", views.invite, name="invite"),
    path("assignments/<int:pk>/role/", views.role_change, name="role-change"),
    path("assignments/<int:pk>/hand-over/", views.hand_over, name="hand-over"),
    path("assignments/<int:pk>/end/", views.assignment_end, name="assignment-end"),
    path("invitations/<int:pk>/again/", views.invitation_again, name="invitation-again"),
    path("invitations/<int:pk>/withdraw/", views.invitation_withdraw, name="invitation-withdraw"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("emails/", views.mail, name="mail"),
    path("emails/stop/<str:token>/", views.mail_stop, name="mail-stop"),
    path("programmes/<int:pk>/emails/", views.programme_mail, name="programme-mail"),
    path("programmes/<int:pk>/figures/", views.figures, name="figures"),
    path("programmes/<int:pk>/figures/change/", views.figures_set, name="figures-set"),
    path("programmes/<int:pk>/terms/", views.terms, name="terms"),
    path("programmes/<int:pk>/terms/<int:year>/", views.terms_set, name="terms-set"),
]
