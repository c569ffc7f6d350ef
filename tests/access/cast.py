"""Everybody who tries every page, and what each may do: in words of its own, not of the code's.

To the cast of the world come Nell of the national team, who has opened George Abbot's work; Ines,
who is invited there and has not joined; Fred, whom the South had as facilitator until yesterday;
Sue, who gives support for a month; and nobody, who is signed out.
"""

from datetime import timedelta

from django.utils import timezone

from alliances import actions
from alliances.roles import Permission, Role
from tests.support import lend
from tests.world import PASSWORD, PEOPLE, SINCE, World

P = Permission

COMING = {"nell": "Nell Byrne", "ines": "Ines Okoro", "fred": "Fred Lane", "sue": "Sue Lamb"}
NOBODY = "nobody"
SIGNED_OUT = ["sid", NOBODY]
SIGNED_IN = [name for name in [*PEOPLE, *COMING] if name not in SIGNED_OUT]
EVERYBODY = [*SIGNED_IN, *SIGNED_OUT]

IN_AN_ALLIANCE = {P.SEE_ALLIANCE, P.SEE_OPENINGS}
READER = {*IN_AN_ALLIANCE, P.READ_ENQUIRY}
TEACHER = {*READER, P.SEE_MEETINGS, P.WRITE_ENQUIRY, P.COMMENT, P.AFFIRM_FINDINGS}
SCHOOL_LEAD = {*TEACHER, P.SEE_SMALL_NUMBERS, P.HOLD_MATCHED, P.WRITE_GROUP_FORMS}
LEAD = {
    *SCHOOL_LEAD,
    P.BEGIN_ENQUIRY,
    P.REPORT_PROGRESS,
    P.SIGN_CLAIMS,
    P.MANAGE_PEOPLE,
    P.MANAGE_SCHOOLS,
    P.ASK_CASE_STUDY,
    P.AGREE_JUDGEMENT,
}
HEADTEACHER = {*IN_AN_ALLIANCE, P.ASK_CASE_STUDY, P.AFFIRM_FINDINGS}
PARTNER = {*IN_AN_ALLIANCE, P.AFFIRM_FINDINGS}
FACILITATOR = {
    *READER,
    P.SEE_CLUSTER,
    P.WRITE_GROUP_FORMS,
    P.SEE_JUDGEMENT,
    P.WRITE_JUDGEMENT,
    P.OPEN_GATES,
    P.ANSWER_HELP,
    P.ASK_CASE_STUDY,
    P.SEE_MEETINGS,
    P.HOLD_MEETINGS,
    P.COMMENT,
    P.ASK_FOR_CHANGE,
    P.AFFIRM_FINDINGS,
}
NCTL = {P.SEE_PROGRAMME, P.SEE_ALLIANCE, P.ASK_NATIONAL_REPORT}
NATIONAL_TEAM = {
    *NCTL,
    *IN_AN_ALLIANCE,
    P.OPEN_ALLIANCE,
    P.SEE_CLUSTER,
    P.READ_ACROSS,
    P.MANAGE_PEOPLE,
    P.MANAGE_SCHOOLS,
    P.PLACE_ALLIANCES,
    P.SET_TERMS,
    P.SET_FIGURES,
    P.WORD_FINDINGS,
    P.EDIT_REPORTS,
    P.SELECT_CASE_STUDIES,
}
SUPPORT = {P.SUPPORT}
ON_OPENING = {
    P.READ_ENQUIRY,
    P.ASK_CASE_STUDY,
    P.SEE_MEETINGS,
    P.COMMENT,
    P.ASK_FOR_CHANGE,
}

# Over George Abbot's alliance in the South, and over Central Bedfordshire's in the Midlands.
ALLOWED: dict[str, tuple[set[P], set[P]]] = {
    "leah": (LEAD, set()),
    "sam": (SCHOOL_LEAD, set()),
    "tom": (TEACHER, set()),
    "hana": (HEADTEACHER, set()),
    "uma": (PARTNER, set()),
    "faye": (FACILITATOR, set()),
    "ravi": (set(), LEAD),
    "marcus": (set(), FACILITATOR),
    "nadia": (NCTL, NCTL),
    "owen": (NATIONAL_TEAM, NATIONAL_TEAM),
    "nell": (NATIONAL_TEAM | ON_OPENING, NATIONAL_TEAM),
    "pat": (set(), set()),
    "sid": (LEAD, set()),  # suspended: the roles stay, the sign-in is refused
    "zoe": (set(), set()),
    "ines": (set(), set()),
    "fred": (set(), set()),
    "sue": (SUPPORT, SUPPORT),
}


def holders(permission: P) -> set[str]:
    """Who of those signed in holds it over George Abbot's alliance."""
    return {name for name in SIGNED_IN if permission in ALLOWED[name][0]}


def gather(world: World) -> None:
    """Those who come to the cast of the world, by the site's own actions."""
    for key, name in COMING.items():
        actions.register_person(email=f"{key}@example.org", name=name, password=PASSWORD, by=None)
    nell, fred, leah = (world.person(name) for name in ("nell", "fred", "leah"))
    actions.assign(
        user=nell, role=Role.NATIONAL_TEAM, scope=world.programme, by=None, starts_on=SINCE
    )
    actions.open_alliance(alliance=world.abbot, reason="A head rang us.", days=3, by=nell)
    actions.invite(email="ines@example.org", role=Role.TEACHER, scope=world.abbot_school, by=leah)
    held = actions.assign(
        user=fred, role=Role.FACILITATOR, scope=world.south, by=None, starts_on=SINCE
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.end_assignment(assignment=held, by=None, on=yesterday)
    lend(world, "sue")
