"""Pages that look across, meetings, case studies and reports."""

from uuid import UUID

from alliances.roles import Permission
from tests import desk
from tests.access.documents import (
    a_choice,
    a_failed_report,
    a_manuscript,
    a_passage,
    a_publication,
    a_published_version,
    a_signed_one,
    a_step,
    case_study,
    cluster_summary,
    edition,
    in_a_format,
    national,
    poster,
    read_as_it_stands,
    theme_report,
)
from tests.access.places import (
    a_blank_form,
    a_description,
    a_meeting,
    a_move,
    a_move_together,
    a_person,
    a_priority_on_paper,
    a_waiting_mail,
    alliance,
    an_invited_place,
    cluster,
    enquiry,
    lent_support,
    offered_support,
    programme,
)
from tests.access.sent import A_LOAN, A_MEETING
from tests.access.walk import DONE, Page

P = Permission

READS = P.READ_ENQUIRY
CHOOSERS = "owen nell"
RELEASED = {200: "leah sam tom faye owen nell", 403: "hana uma nadia"}

OF_THE_DESK = [
    *(
        Page(name, a_manuscript, get=READS, about="that is not signed off")
        for name in ("case-study", "case-study-read", "case-study-pdf")
    ),
    *(
        Page(name, a_signed_one, get=RELEASED, about="that is signed off")
        for name in ("case-study", "case-study-read")
    ),
    Page("case-study-begin", enquiry),
    *(
        Page(
            "case-study-step",
            a_step(slug, prepare),
            {"revision": "0"},
            get=permission,
            post=permission,
            does=422,
            about=slug,
        )
        for slug, prepare, permission in (
            ("send", a_manuscript, P.SIGN_CLAIMS),
            ("critique", a_manuscript, P.ASK_FOR_CHANGE),
            ("check", a_manuscript, P.SIGN_CLAIMS),
            ("sign-off", a_manuscript, P.SIGN_CLAIMS),
            ("choose", desk.signed, P.SELECT_CASE_STUDIES),
            ("publish", desk.chosen, P.SELECT_CASE_STUDIES),
            ("withdraw", desk.published, P.SELECT_CASE_STUDIES),
        )
    ),
    Page("programme-case-studies", programme),
    Page("publications"),
    Page("gallery"),
    Page("glossary"),
    Page("language", lambda _: ["en-gb"], shows=DONE),
    Page("privacy"),
    Page("cookies"),
    Page("accessibility"),
    Page("publication", a_publication),
    Page("publication-file", a_publication),
    Page("publication-version", a_published_version),
    Page("publication-version-file", a_published_version),
]

OF_EDITORS = [
    Page("programme-editions", programme),
    Page("programme-quoted", programme),
    Page("quoted", enquiry),
    Page("edition-begin", programme, {"theme": "3"}),
    Page("edition", edition),
    Page("edition-title", edition, {"title": "Led", "seen": "Leadership of great pedagogy"}),
    Page("edition-preview", read_as_it_stands),
    Page("edition-issue", edition),
    Page("passage-new", edition, {"heading": "A word", "words": "Ours.", "key": str(UUID(int=9))}),
    Page("passage", a_passage, {"heading": "A word", "is_included": "on", "version": "1"}),
    Page("passage-move", a_passage, {"to": "down"}),
    Page("choices", lambda world: [*edition(world), "example"]),
    Page("choice", a_choice, {"is_included": "yes", "message": "km1", "reason": "It is best."}),
]

# Of each subject: who opens its reports, who has one made, who cancels what was asked for.
OF_SUBJECTS = [
    (
        "of an alliance",
        case_study,
        {200: "leah hana faye nell"},
        {200: "leah hana faye nell"},
        {DONE: "leah", 403: "hana faye nell"},
    ),
    (
        "of a cluster",
        cluster_summary,
        {200: "faye owen nell"},
        {200: "faye owen nell"},
        {DONE: "faye", 403: "owen nell"},
    ),
    (
        "of the programme",
        national,
        {200: "nadia owen nell"},
        {200: "nadia owen nell"},
        {DONE: "nadia", 403: "owen nell"},
    ),
    (
        "of a theme",
        theme_report,
        {200: "nadia owen nell"},
        {200: "owen nell", 403: "nadia"},
        {DONE: "owen", 403: "nadia nell"},
    ),
]


def done(opens: dict) -> dict:
    """The same people, on sending what the page asks for."""
    return {DONE if outcome == 200 else outcome: names for outcome, names in opens.items()}


def reports(about: str, subject, opens: dict, asks: dict, cancels: dict) -> list[Page]:
    return [
        *(
            Page(name, subject, get=opens, about=about)
            for name in ("report", "report-read", "report-file", "report-changes")
        ),
        Page("report-format", in_a_format(subject), get=opens, about=about),
        Page("report-retry", subject, post=done(asks), about=about),
        Page("report-cancel", subject, post=cancels, about=about),
        Page(
            "report-correct",
            subject,
            {"correction": "A figure was read wrongly."},
            get=asks,
            post=done(asks),
            about=about,
        ),
    ]


PAGES = [
    Page("home"),
    Page("my-week"),
    Page("reports"),
    Page("clusters"),
    Page("export"),
    Page("export-file", lambda _: ["csv"]),
    Page("attention-rules"),
    Page("forms-to-print"),
    Page("form-blank", a_blank_form),
    Page("form-blank-pdf", a_blank_form),
    Page("form-print", a_priority_on_paper, get=READS),
    Page("form-print-pdf", a_priority_on_paper, get=READS),
    *(
        Page(name, enquiry)
        for name in (
            "enquiry",
            "timeline",
            "measures",
            "account",
            "maturity",
            "toolkit",
            "handover",
            "handover-pdf",
            "leadership-log",
            "overview-pdf",
        )
    ),
    Page("alliance", alliance),
    Page("alliance-reports", alliance),
    Page(
        "enquiry-report-ask",
        lambda world: [world.enquiry.pk, "case-study"],
        post=P.ASK_CASE_STUDY,
    ),
    Page(
        "enquiry-report-ask",
        lambda world: [world.enquiry.pk, "overview"],
        post=READS,
        about="on each school",
    ),
    Page("cluster", cluster),
    Page("cluster-summary-ask", cluster, {"since": "1999-01-01"}),
    Page("meetings", cluster),
    Page("meeting-new", cluster, A_MEETING),
    Page("meeting", a_meeting),
    Page("meeting-edit", a_meeting, {**A_MEETING, "version": "1"}),
    Page("meeting-close", a_meeting),
    Page("minutes", a_meeting),
    Page("minutes-pdf", a_meeting),
    Page("minutes-send", a_meeting),
    Page("programme", programme),
    Page("programme-progress", programme),
    Page("programme-alliances", programme),
    Page("alliances-chosen", programme, shows=DONE),
    Page("alliances-place", programme),
    Page("alliances-invite", programme, does=DONE),
    Page("alliances-invite-again", programme, does=DONE),
    Page("alliances-message", programme, shows=DONE),
    Page("undo", a_move, post=P.PLACE_ALLIANCES),
    Page("undo", a_description, post=P.MANAGE_SCHOOLS, about="of a record"),
    Page(
        "undo",
        a_move_together,
        post={DONE: "owen nell", 403: "nadia"},
        about="of several alliances",
    ),
    Page("support", programme),
    Page("support-person", a_person),
    Page("support-alliance", alliance),
    Page("support-sign-out", a_person),
    Page("support-let-in", a_person),
    Page("support-second-step", a_person, {"reason": "A lost phone", "checked": "By ringing"}),
    Page("support-invitation", an_invited_place, {"email": "inez@example.org"}),
    Page("support-invitation-again", an_invited_place),
    Page("support-mail", a_waiting_mail),
    Page("support-report", a_failed_report),
    Page("programme-support", programme),
    Page("support-give", programme, {"email": "new@example.org", **A_LOAN}),
    Page("support-end", lent_support),
    Page("support-withdraw", offered_support),
    Page("programme-clusters", programme),
    Page("programme-together", programme),
    Page("national-ask", programme),
    Page("report-paper", poster, get={200: "leah hana faye nell"}),
    *OF_THE_DESK,
    *OF_EDITORS,
    *(page for subject in OF_SUBJECTS for page in reports(*subject)),
]
