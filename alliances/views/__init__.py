from alliances.views.alliance import alliance_edit
from alliances.views.figures import figures, figures_set
from alliances.views.mail import mail, mail_stop, programme_mail
from alliances.views.people import (
    assignment_end,
    hand_over,
    invitation,
    invitation_again,
    invitation_withdraw,
    invite,
    people,
    role_change,
)
from alliances.views.terms import terms, terms_set

__all__ = [
    "alliance_edit",
    "assignment_end",
    "figures",
    "figures_set",
    "hand_over",
    "invitation",
    "invitation_again",
    "invitation_withdraw",
    "invite",
    "mail",
    "mail_stop",
    "people",
    "programme_mail",
    "role_change",
    "terms",
    "terms_set",
]
