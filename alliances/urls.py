from django.urls import path

from alliances import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("accounts/held/", views.held, name="held"),
    path("accounts/held/file/", views.held_file, name="held-file"),
    path("accounts/sessions/", views.sessions, name="sessions"),
    path("accounts/sessions/<int:pk>/end/", views.session_end, name="session-end"),
    path("accounts/sessions/end/", views.sessions_end, name="sessions-end"),
    path("accounts/tokens/", views.tokens, name="tokens"),
    path("accounts/tokens/new/", views.token_new, name="token-new"),
    path("accounts/tokens/<int:pk>/end/", views.token_end, name="token-end"),
    path("alliances/<int:pk>/edit/", views.alliance_edit, name="alliance-edit"),
    path("alliances/<int:pk>/open/", views.alliance_open, name="alliance-open"),
    path("openings/<int:pk>/end/", views.opening_end, name="opening-end"),
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
    path("programmes/<int:pk>/register/", views.programme_register, name="programme-register"),
    path("programmes/<int:pk>/figures/", views.figures, name="figures"),
    path("programmes/<int:pk>/figures/change/", views.figures_set, name="figures-set"),
    path("programmes/<int:pk>/terms/", views.terms, name="terms"),
    path("programmes/<int:pk>/terms/<int:year>/", views.terms_set, name="terms-set"),
]
