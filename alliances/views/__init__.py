from alliances.views.alliance import alliance_edit
from alliances.views.figures import figures, figures_set
from alliances.views.held import held, held_file
from alliances.views.mail import mail, mail_stop, programme_mail
from alliances.views.openings import alliance_open, opening_end, refused
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
from alliances.views.register import programme_register
from alliances.views.searching import search
from alliances.views.sessions import session_end, sessions, sessions_end
from alliances.views.terms import terms, terms_set
from alliances.views.tokens import token_end, token_new, tokens

__all__ = [
    "alliance_edit",
    "alliance_open",
    "assignment_end",
    "figures",
    "figures_set",
    "hand_over",
    "held",
    "held_file",
    "invitation",
    "invitation_again",
    "invitation_withdraw",
    "invite",
    "mail",
    "mail_stop",
    "opening_end",
    "people",
    "programme_mail",
    "programme_register",
    "refused",
    "role_change",
    "search",
    "session_end",
    "sessions",
    "sessions_end",
    "terms",
    "terms_set",
    "token_end",
    "token_new",
    "tokens",
]
