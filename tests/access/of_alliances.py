"""People, roles, e-mails and what a programme sets; and the pages for everybody."""

from tests.access.places import (
    a_stop,
    alliance,
    an_invitation,
    an_invited_place,
    an_opening,
    programme,
    this_year,
    toms_role,
)
from tests.access.sent import A_SCHOOL_YEAR, FIGURES
from tests.access.walk import DONE, SIGN_IN, Page

OUT = {SIGN_IN: "sid nobody"}
MANAGES_OR_OWN = "leah owen nell tom"
NOT_OWN = "sam hana uma faye nadia"

PAGES = [
    Page("healthz"),
    Page("readyz", shows=503),
    Page("metrics", shows=404),
    Page("api"),
    Page("api-document"),
    Page("search"),
    Page("people", alliance),
    Page("alliance-history", alliance),
    Page("invite", alliance, {"email": "new@example.org", "role": "hei-partner"}),
    Page("role-change", toms_role, {"role": "school-lead"}),
    Page("hand-over", toms_role, {"email": "zoe@example.org"}),
    Page(
        "assignment-end",
        toms_role,
        get={200: MANAGES_OR_OWN, 403: NOT_OWN},
        post={DONE: MANAGES_OR_OWN, 403: NOT_OWN},
    ),
    Page("invitation", an_invitation, get={200: "ines", **OUT}, post={DONE: "ines", **OUT}),
    Page("invitation-again", an_invited_place),
    Page("invitation-withdraw", an_invited_place),
    Page("enquiry-new", alliance, {"title": "Talk", "focus": "Talk"}),
    Page("alliance-edit", alliance, {"name": "South", "seen": "another time"}, does=422),
    Page("alliance-open", alliance, {"reason": "A head asks us to.", "days": "3"}),
    Page(
        "opening-end",
        an_opening,
        post={DONE: "nell", 403: "leah sam tom hana uma faye nadia owen"},
    ),
    Page("sessions"),
    Page("held"),
    Page("held-file", does=200),
    Page("session-end", lambda _: [0], post={}),
    Page("sessions-end"),
    Page("tokens"),
    Page("token-new", data={"name": "A notebook", "days": "30"}, does=200),
    Page("token-end", lambda _: [0], post={}),
    Page("mail", data={"kinds": ["mentioned"]}),
    Page("mail-stop", a_stop, does=200),
    Page("terms", programme),
    Page("terms-set", this_year, A_SCHOOL_YEAR),
    Page("figures", programme),
    Page("figures-set", programme, FIGURES),
    Page("programme-mail", programme),
    Page("programme-history", programme),
    Page("erasure", programme, does=200),
    Page("programme-register", programme),
]
