"""Who gets what at every address: one table, every person of the cast, every URL name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from alliances import links
from alliances.actions import (
    assign,
    found_alliance,
    invite,
    join_school,
    leave_school,
    record_cluster,
    record_programme,
)
from alliances.models import Invitation, Mail
from alliances.roles import Role
from alliances.terms import calendar_of, school_year_of, usual_year
from enquiries.actions import (
    attach_evidence,
    move_finding,
    open_enquiry,
    open_thread,
    save_sheet,
    share_judgement,
    word_finding,
)
from enquiries.evidence.contents import examined
from enquiries.models import (
    CollaborationPlacing,
    Finding,
    HelpRequest,
    Quotation,
    Revision,
    SchoolPriority,
)
from impact.actions import send_upload, take_up
from impact.models import Reading, Upload
from reports import actions as reports
from reports.models import CaseStudyDraft, Edition, Passage, Publication, Report
from tests import desk
from tests.claims import claimed
from tests.enquiries import files
from tests.impact.matching import ethics_told, matched_set_of, scores_sent
from tests.meetings import planned_once
from tests.world import PEOPLE, SINCE, World, log

SIGN_IN, DONE = "sign in", "done"
SIGNED_OUT = ["sid", "nobody"]
SIGNED_IN = [name for name in PEOPLE if name not in SIGNED_OUT]
EVERYBODY = " ".join(SIGNED_IN)

# What somebody of the South meets; whoever a group leaves out and is signed in gets 404.
SEES_ALLIANCE = {200: "leah sam tom hana uma faye nadia owen"}
READS = {200: "leah sam tom faye owen", 403: "hana uma nadia"}
WRITES = {200: "leah sam tom", 403: "hana uma faye nadia owen"}
HOLDS = {200: "leah sam", 403: "tom hana uma faye nadia owen"}
WRITES_FOR_THE_GROUP = {DONE: "leah sam faye", 403: "tom hana uma nadia owen"}
OPENS_A_NEW_ONE = {DONE: "leah sam tom faye owen", 403: "hana uma nadia"}
FAULTY_WRITES = {422: "leah sam tom", 403: "hana uma faye nadia owen"}
FAULTY_SMALL_NUMBERS = {422: "leah sam", 403: "tom hana uma faye nadia owen"}
OPENS_SMALL_NUMBERS = {200: "leah sam", 403: "tom hana uma faye nadia owen"}
MANAGES = {200: "leah owen", 403: "sam tom hana uma faye nadia"}
MANAGES_OR_OWN = {200: "leah owen tom", 403: "sam hana uma faye nadia"}
AGREES = {200: "leah", 403: "sam tom hana uma faye nadia owen"}
COMMENTS = {200: "leah sam tom faye owen", 403: "hana uma nadia"}
SIGNS = {200: "leah", 403: "sam tom hana uma faye nadia owen"}
SELECTS = {200: "owen", 403: "leah sam tom hana uma faye nadia"}
ASKS_FOR_CHANGE = {200: "faye owen", 403: "leah sam tom hana uma nadia"}
ANSWERS = {200: "faye", 403: "leah sam tom hana uma nadia owen"}
ASKS_CASE_STUDY = {DONE: "leah hana faye nadia owen", 403: "sam tom uma"}
OPENS_REPORTS = {200: "leah hana faye nadia owen", 403: "sam tom uma"}
OPENS_CASE_STUDY = {200: "leah hana faye nadia owen"}
SEES_CLUSTER = {200: "faye owen"}
SEES_MEETINGS = {200: "leah sam tom faye owen", 403: "hana uma nadia"}
HOLDS_MEETINGS = {200: "faye", 403: "leah sam tom hana uma nadia owen"}
SEES_PROGRAMME = {200: "nadia owen"}
EDITS_REPORTS = {200: "owen", 403: "nadia"}
WORDS_FINDINGS = {200: "owen", 403: "nadia"}
TAKES_PART = {200: "leah sam tom hana uma faye ravi marcus"}
NOT_ALLOWED = {405: EVERYBODY}
# Reports of which no other format is offered.
WITHOUT_TABLES = {"of a cluster"}


def nothing(_world):
    return []


def does(opens: dict) -> dict:
    """The same people, on sending what the page asks for."""
    return {DONE if outcome == 200 else outcome: names for outcome, names in opens.items()}


@dataclass(frozen=True)
class Page:
    """An address and what each person gets there; ``also`` overrules for the signed out."""

    name: str
    arguments: Callable[[World], list] = nothing
    get: dict = field(default_factory=lambda: NOT_ALLOWED)
    post: dict = field(default_factory=lambda: NOT_ALLOWED)
    data: dict = field(default_factory=dict)
    signed_out: object = SIGN_IN
    about: str = ""

    def __str__(self):
        return " ".join(filter(None, [self.name, self.about]))

    def expected(self, groups: dict) -> dict:
        given = {who: outcome for outcome, names in groups.items() for who in names.split()}
        out = dict.fromkeys(SIGNED_OUT, self.signed_out)
        return {**dict.fromkeys(SIGNED_IN, 404), **out, **given}


def alliance(world):
    return [world.abbot.pk]


def enquiry(world):
    return [world.enquiry.pk]


def programme(world):
    return [world.programme.pk]


def a_finding(world):
    finding = word_finding(
        programme=world.programme, text="Heads ask.", message="", by=world.person("owen")
    )
    return [finding.pk]


def an_asked_finding(world):
    (pk,) = a_finding(world)
    finding = Finding.objects.get(pk=pk)
    move_finding(finding=finding, to="asked", by=world.person("owen"), seen=finding.wording)
    return [pk]


def measure(world):
    return [world.enquiry.measures.first().pk]


def a_template(subject):
    """A template of a measure, or of an enquiry, as a CSV file."""
    return lambda world: [*subject(world), "csv"]


def in_a_format(report):
    """A report as CSV files."""
    return lambda world: [*report(world), "csv"]


def a_place_for_scores(world):
    ethics_told(world)
    return [world.enquiry.pk]


def a_matched_set(world):
    return [matched_set_of(world).pk]


def a_matched_upload(world):
    return [scores_sent(world, matched_set_of(world)).pk]


def an_upload(world):
    """A spreadsheet of Leah's that can be saved."""
    upload = Upload.objects.first()
    if upload is None:
        upload = send_upload(
            enquiry=world.enquiry,
            measure=world.enquiry.measures.first(),
            kind="readings",
            name="readings.csv",
            content=b"Moment,Date,In words\nOn the way,2/3/2026,Calmer\n",
            by=world.person("leah"),
        )
        take_up(upload.pk)
    return [upload.pk]


def a_reading(world):
    """A stored value; whoever may not see small numbers reads it on its measure's page."""
    reading = Reading.objects.filter(enquiry=world.enquiry).first()
    return [world.enquiry.pk, "reading", reading.key]


def a_school(world):
    return [world.enquiry.pk, world.enquiry.participations.first().pk]


def a_priority(world):
    place = {"enquiry": world.enquiry, "participation": world.enquiry.participations.first()}
    wanted = {"priority": "Writing"}
    return save_sheet(SchoolPriority, place=place, seen={}, wanted=wanted, by=world.person("leah"))


def a_claim(world):
    """A claim on a trial, which lacks nothing."""
    claim = claimed(world, **{"evidence.trial": [world.cycle.trials.get().pk]})
    return [claim.pk]


def a_blank_form(_world):
    return ["impact-plan"]


def a_priority_on_paper(world):
    return [world.enquiry.pk, "priority", a_priority(world).key]


def a_placing(world):
    """Where Faye places the group: her own judgement."""
    wanted = {"skill": "low", "participation_degree": "high", "next_steps": "Meet again."}
    place = {"enquiry": world.enquiry, "key": UUID(int=8)}
    return save_sheet(
        CollaborationPlacing, place=place, seen={}, wanted=wanted, by=world.person("faye")
    )


def a_placing_on_paper(world):
    return [world.enquiry.pk, "collaboration", a_placing(world).key]


def a_judgement(world):
    shared = share_judgement(
        record=a_placing(world),
        sheet="collaboration",
        words=[["Collaborative skill", "Low"]],
        by=world.person("faye"),
    )
    return [shared.pk]


def a_thread(world):
    thread = open_thread(
        record=a_priority(world),
        sheet="priority",
        text="Which year?",
        tell=[],
        submission=UUID(int=9),
        by=world.person("faye"),
    )
    return [thread.pk]


def a_revision(world):
    a_priority(world)
    return [Revision.objects.get(sheet="schoolpriority").pk]


def a_photo(world):
    record = a_priority(world)
    evidence = attach_evidence(
        enquiry=world.enquiry,
        sheet="priority",
        record=record.key,
        file=examined(files.photo(), "wall.jpg"),
        by=world.person("leah"),
        caption="Our talk wall",
        pupils_recognisable=False,
        consent_held=True,
    )
    return [evidence.key]


class Agenda:
    """A file that can be sent as often as there are people."""

    name = "agenda.txt"

    def read(self):
        return b"Talk partners"


class Readings(Agenda):
    """A spreadsheet that can be sent as often as there are people."""

    name = "readings.csv"

    def read(self):
        return b"Moment,Date,Value"


def a_meeting(world):
    return [planned_once(world).pk]


def toms_trial(world):
    return [world.enquiry.pk, "trial", world.cycle.trials.get().key]


def toms_role(world):
    return [world.person("tom").assignments.get().pk]


def zoes_invitation(world):
    if not Invitation.objects.exists():
        invite(
            email="zoe@example.org",
            role=Role.PROJECT_LEAD,
            scope=world.abbot,
            by=world.person("leah"),
        )
    return [Invitation.objects.get().token]


def zoes_place(world):
    zoes_invitation(world)
    return [Invitation.objects.get().pk]


def this_year(world):
    return [world.programme.pk, school_year_of(timezone.localdate())]


def a_stop(world):
    return [links.to_stop(world.person("leah"), Mail.Kind.MENTIONED).rstrip("/").split("/")[-1]]


def built(report: Report) -> list:
    if report.status == Report.Status.QUEUED:
        reports.build_report(report.pk)
    return [report.pk]


def case_study(world):
    return built(
        Report.objects.first()
        or reports.ask_for_case_study(alliance=world.abbot, by=world.person("leah"))
    )


def poster(world):
    """A poster on its second paper."""
    asked = Report.objects.first() or reports.ask_about_alliance(
        kind="poster", alliance=world.abbot, by=world.person("leah")
    )
    return [*built(asked), "a3"]


def cluster_summary(world):
    term = calendar_of(world.programme).last_ended(timezone.localdate())
    return built(
        Report.objects.first()
        or reports.ask_about_cluster(cluster=world.south, term=term, by=world.person("faye"))
    )


def national(world):
    return built(
        Report.objects.first()
        or reports.ask_for_national(
            programme=world.programme,
            alliances=world.programme.alliances.all(),
            about="All alliances",
            by=world.person("nadia"),
        )
    )


def theme_report(world):
    begun = Edition.objects.get(pk=edition(world)[0])
    return built(
        Report.objects.first() or reports.issue_edition(edition=begun, by=world.person("owen"))
    )


def edition(world):
    theme = world.programme.themes.get(number=3)
    owen = world.person("owen")
    return [reports.begin_edition(programme=world.programme, theme=theme, by=owen).pk]


def a_passage(world):
    return [Passage.objects.get(edition=edition(world)[0], part="summary").key]


def a_choice(world):
    quotation = Quotation.objects.filter(enquiry=world.enquiry).first()
    return [*edition(world), "quotation", quotation.key]


def a_manuscript(world):
    """The case study in Leah's words, sent to Faye."""
    if not CaseStudyDraft.objects.exists():
        desk.write(world, **desk.WORDS)
        desk.take(world, reports.send_for_critique, "leah")
    return [world.enquiry.pk]


def a_step(slug: str, prepare: Callable[[World], object]):
    """The page of a step of the case study, which stands where it may be taken."""

    def place(world):
        if not CaseStudyDraft.objects.exists():
            prepare(world)
        return [world.enquiry.pk, slug]

    return place


def a_publication(world):
    found = Publication.objects.first() or desk.published(world)
    if found.report.rendition is None:
        built(found.report)
    return [found.slug]


def a_published_version(world):
    return [*a_publication(world), 1]


def form(name: str, arguments, opens: dict, data: dict, **more) -> Page:
    """A page that shows a form and takes it."""
    return Page(name, arguments, get=opens, post=does(opens), data=data, **more)


SENT = {"submission": str(UUID(int=7))}
AN_EXTENSION = {
    "retain_until_day": "1",
    "retain_until_month": "9",
    "retain_until_year": "2036",
    "because": "The second cohort is compared with it.",
}
A_TRIAL = {
    "held_on_day": "3",
    "held_on_month": "2",
    "held_on_year": "2026",
    "strategy": "Talk partners",
    "done": "Taught twice.",
    "experienced": "More questions.",
    "reflection": "It helped.",
    "recommendation": "Keep it.",
}
A_DAY = {"held_on_day": "3", "held_on_month": "2", "held_on_year": "2026"}
A_MEETING = {**A_DAY, "place": "Guildford"}
A_MEASURE = {
    "level": "pupil",
    "name": "Confidence in writing",
    "instrument": "questionnaire",
    "better": "higher",
    "population": "Year 4",
}
A_JOINING = {
    "name": "Downs Primary",
    "joined_on_day": "3",
    "joined_on_month": "2",
    "joined_on_year": "2026",
    "how_joined": "chose",
}
A_LEAVING = {"on_day": "3", "on_month": "9", "on_year": "2026", "reason": "A new trust"}
A_LOST_DESIGNATION = {
    "status": "lost",
    "since_day": "3",
    "since_month": "2",
    "since_year": "2026",
    "reason": "Inspection",
}
A_QUESTIONNAIRE = {
    "answer.pq-implementation-words-1": "Does talk improve writing?",
    **{f"answer.pq-implementation-{n}": "A" for n in range(1, 6)},
    "seen": "{}",
}
FIGURES = {"small_number_threshold": "10", "small_number_reason": "", "fewest_schools": "4"}
A_SCHOOL_YEAR = {
    f"{span.code}-{end}_{part}": str(getattr(day, part))
    for span in usual_year(school_year_of(timezone.localdate()))
    for end, day in (("starts", span.starts_on), ("ends", span.ends_on))
    for part in ("day", "month", "year")
}
HOMES = {DONE: "leah sam tom hana uma faye ravi marcus nadia", 200: "owen pat zoe"}

PAGES = [
    Page("healthz", get={200: EVERYBODY}, post={200: EVERYBODY}, signed_out=200),
    Page("home", get=HOMES, post={405: f"{EVERYBODY} sid nobody"}, signed_out=200),
    Page("people", alliance, get=SEES_ALLIANCE),
    form("invite", alliance, MANAGES, {"email": "new@example.org", "role": "hei-partner"}),
    form("role-change", toms_role, MANAGES, {"role": "school-lead"}),
    form("hand-over", toms_role, MANAGES, {"email": "zoe@example.org"}),
    form("assignment-end", toms_role, MANAGES_OR_OWN, {}),
    form("invitation", zoes_invitation, {200: "zoe"}, {}),
    Page("invitation-again", zoes_place, post=does(MANAGES)),
    form("invitation-withdraw", zoes_place, MANAGES, {}),
    form("mail", nothing, {200: EVERYBODY}, {"kinds": ["mentioned"]}),
    Page("mail-stop", a_stop, get={200: EVERYBODY}, post={200: EVERYBODY}, signed_out=200),
    Page("terms", lambda world: [world.programme.pk], get=SEES_PROGRAMME),
    form("terms-set", this_year, {200: "owen", 403: "nadia"}, A_SCHOOL_YEAR),
    Page("figures", lambda world: [world.programme.pk], get=SEES_PROGRAMME),
    form("figures-set", lambda world: [world.programme.pk], {200: "owen", 403: "nadia"}, FIGURES),
    Page("programme-mail", lambda world: [world.programme.pk], get={200: "owen", 403: "nadia"}),
    form("enquiry-edit", enquiry, WRITES, {"title": "Talk", "focus": "Talk", "version": "2"}),
    form("cycle-new", enquiry, WRITES, {"label": "Second cycle", "tried": "Talk partners"}),
    form("help-answer", lambda world: [world.help_request.pk], ANSWERS, {"answer": "Ask them."}),
    Page(
        "matched-new",
        a_place_for_scores,
        get=HOLDS,
        post=FAULTY_SMALL_NUMBERS,
        data={"instrument": "Reading test"},
    ),
    Page("matched-sets", enquiry, get=READS),
    Page("measures-file", a_template(enquiry), get=READS),
    Page("matched-set", a_matched_set, get=READS),
    form("matched-upload", a_matched_set, HOLDS, {"file": Readings()}),
    Page("matched-template", lambda world: [*a_matched_set(world), "xlsx"], get=HOLDS),
    form("matched-extend", a_matched_set, HOLDS, AN_EXTENSION),
    form("matched-delete", a_matched_set, HOLDS, {}),
    Page("upload", a_matched_upload, get=HOLDS, about="of matched scores"),
    Page("upload-confirm", a_matched_upload, post=does(HOLDS), about="of matched scores"),
    Page("upload-drop", a_matched_upload, post=does(HOLDS), about="of matched scores"),
    form("upload-of-measure", measure, WRITES, {"file": Readings()}),
    form("upload-of-enquiry", enquiry, WRITES, {"file": Readings()}),
    Page("template-of-measure", a_template(measure), get=WRITES),
    Page("template-of-enquiry", a_template(enquiry), get=WRITES),
    Page("upload", an_upload, get=HOLDS),
    Page("upload-confirm", an_upload, post=does(HOLDS)),
    Page("upload-drop", an_upload, post=does(HOLDS)),
    Page("measure", measure, get=READS),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "measure", UUID(int=11)],
        get=READS,
        post=does(WRITES),
        data=A_MEASURE,
        about="of a measure",
    ),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "reading", UUID(int=12)],
        get=READS,
        post=FAULTY_WRITES,
        about="that is a new reading",
    ),
    Page(
        "sheet-record",
        a_reading,
        get=OPENS_SMALL_NUMBERS,
        post=FAULTY_SMALL_NUMBERS,
        about="of a reading",
    ),
    Page("sheet-history", a_reading, get=OPENS_SMALL_NUMBERS, about="of a reading"),
    Page("form-print", a_reading, get=OPENS_SMALL_NUMBERS, about="of a reading"),
    Page(
        "comment",
        a_reading,
        get=OPENS_SMALL_NUMBERS,
        post=OPENS_SMALL_NUMBERS,
        about="on a reading",
    ),
    Page("enquiry", enquiry, get=READS),
    Page("measures", enquiry, get=READS),
    Page("case-study", enquiry, get=READS),
    Page("case-study-read", a_manuscript, get=READS),
    Page("case-study-pdf", a_manuscript, get=READS),
    Page("case-study-begin", enquiry, post=does(WRITES)),
    *(
        Page(
            "case-study-step",
            a_step(slug, prepare),
            get=opens,
            post={422 if outcome == 200 else outcome: names for outcome, names in opens.items()},
            data={"revision": "0"},
            about=slug,
        )
        for slug, prepare, opens in (
            ("send", a_manuscript, SIGNS),
            ("critique", a_manuscript, ASKS_FOR_CHANGE),
            ("check", a_manuscript, SIGNS),
            ("sign-off", a_manuscript, SIGNS),
            ("choose", desk.signed, SELECTS),
            ("publish", desk.chosen, SELECTS),
            ("withdraw", desk.published, SELECTS),
        )
    ),
    Page("programme-case-studies", programme, get={200: "owen", 403: "nadia"}),
    *(
        Page(
            name,
            arguments,
            get={200: EVERYBODY},
            post={405: f"{EVERYBODY} sid nobody"},
            signed_out=200,
        )
        for name, arguments in (
            ("publications", nothing),
            ("publication", a_publication),
            ("publication-file", a_publication),
            ("publication-version", a_published_version),
        )
    ),
    Page("claims", enquiry, get=READS),
    Page("claim", a_claim, get=READS),
    Page(
        "claim-sign-off",
        a_claim,
        post={422: "leah", 403: "sam tom hana uma faye nadia owen"},
        data={"seal": "of another state"},
    ),
    Page("strength-rules", get={200: EVERYBODY}),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "claim", UUID(int=1)],
        get=READS,
        post=WRITES_FOR_THE_GROUP,
        data={"level": "school", "statement": "Heads meet.", "kind": "observed", "seen": "{}"},
        about="of a claim",
    ),
    Page("account", enquiry, get=READS),
    Page("maturity", enquiry, get=READS),
    Page("schools", enquiry, get=READS),
    Page("handover", enquiry, get=READS),
    Page("leadership-log", enquiry, get=READS),
    Page("handover-pdf", enquiry, get=READS),
    Page(
        "alliance-edit",
        alliance,
        get=MANAGES,
        post={422: "leah owen", 403: "sam tom hana uma faye nadia"},
        data={"name": "South", "seen": "another time"},
    ),
    form("school-join", enquiry, MANAGES, A_JOINING),
    form("school-leave", lambda world: [a_school(world)[1]], MANAGES, A_LEAVING),
    form("designation-new", enquiry, MANAGES, A_LOST_DESIGNATION),
    Page("toolkit", enquiry, get=READS),
    Page("alliance", alliance, get=SEES_ALLIANCE),
    Page("alliance-reports", alliance, get=OPENS_REPORTS),
    Page(
        "alliance-report-ask",
        lambda world: [world.abbot.pk, "case-study"],
        post=ASKS_CASE_STUDY,
    ),
    Page("cluster", lambda world: [world.south.pk], get=SEES_CLUSTER),
    Page("programme", lambda world: [world.programme.pk], get=SEES_PROGRAMME),
    Page(
        "programme-progress",
        lambda world: [world.programme.pk],
        get={200: "owen", 403: "nadia"},
    ),
    Page("programme-clusters", lambda world: [world.programme.pk], get=SEES_PROGRAMME),
    Page("programme-together", lambda world: [world.programme.pk], get=SEES_PROGRAMME),
    Page("national-ask", lambda world: [world.programme.pk], post=does(SEES_PROGRAMME)),
    Page("reports", get={200: EVERYBODY}),
    Page("programme-editions", lambda world: [world.programme.pk], get=EDITS_REPORTS),
    Page(
        "edition-begin",
        lambda world: [world.programme.pk],
        post=does(EDITS_REPORTS),
        data={"theme": "3"},
    ),
    Page("edition", edition, get=EDITS_REPORTS),
    form("edition-title", edition, EDITS_REPORTS, {"title": "Leading well"}),
    Page("edition-preview", edition, get=EDITS_REPORTS),
    Page("edition-issue", edition, post=does(EDITS_REPORTS)),
    form(
        "passage-new",
        edition,
        EDITS_REPORTS,
        {"heading": "A word", "words": "Ours.", "key": str(UUID(int=9))},
    ),
    form(
        "passage",
        a_passage,
        EDITS_REPORTS,
        {"heading": "A word", "is_included": "on", "version": "1"},
    ),
    Page("passage-move", a_passage, post=does(EDITS_REPORTS), data={"to": "down"}),
    Page("choices", lambda world: [*edition(world), "example"], get=EDITS_REPORTS),
    form(
        "choice",
        a_choice,
        EDITS_REPORTS,
        {"is_included": "yes", "message": "km1", "reason": "It says it best."},
    ),
    *(
        Page(
            "sheet-record",
            lambda world, slug=slug: [world.enquiry.pk, slug, UUID(int=1)],
            get=READS,
            post=does(WRITES),
            data=data,
            about=slug,
        )
        for slug, data in {
            "trial": A_TRIAL,
            "leadership": {"behaviours": "lba2", "reflection": "Share the credit."},
            "sharing": {"text": "A staff meeting"},
            "next-step": {"text": "Try it in year 5"},
            "quotation": {"text": "We talk more.", "attribution": "Year 4 teacher"},
            "help": {"text": "How do we measure talk?"},
        }.items()
    ),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "challenge", UUID(int=1)],
        get=READS,
        post=WRITES_FOR_THE_GROUP,
        data={"challenge": "Supply cover"},
        about="challenge",
    ),
    Page(
        "gate",
        lambda world: [world.cycle.pk],
        get=READS,
        post={DONE: "faye", 403: "leah sam tom hana uma nadia owen"},
        data={"reason": "The term ends."},
        about="where something is missing",
    ),
    form("deadline", lambda world: [world.cycle.pk], ANSWERS, {"deadline_day": ""}),
    Page("my-week", get={200: EVERYBODY}),
    Page("neighbours", enquiry, post=READS, data={"focus": "Talk", "question": "Does talk help?"}),
    Page("timeline", enquiry, get=READS),
    Page("sheets", enquiry, get=READS),
    Page("guide", enquiry, get=READS),
    Page("progress", enquiry, get=READS),
    Page("overview", enquiry, get=READS),
    Page("visit", lambda world: [world.enquiry.pk, "impact", a_school(world)[1]], get=READS),
    Page(
        "sheet",
        lambda world: [world.enquiry.pk, "priority"],
        get=READS,
        post=READS,
        about="of each school",
    ),
    Page(
        "sheet",
        lambda world: [world.enquiry.pk, "impact-overview"],
        get=READS,
        post=WRITES_FOR_THE_GROUP,
        data={"recommendations": "Share it.", "next_steps": "Meet.", "seen": "{}"},
    ),
    Page("sheet-new", lambda world: [world.enquiry.pk, "review"], get=OPENS_A_NEW_ONE),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "claims", UUID(int=1)],
        get=READS,
        post=does(WRITES),
        data={"claim": "lead1", "relevance": "high", "shapes_focus": "It does.", "seen": "{}"},
    ),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "progress-implementation", UUID(int=1)],
        get=READS,
        post={DONE: "leah", 403: "sam tom hana uma faye nadia owen"},
        data=A_QUESTIONNAIRE,
        about="of the project lead",
    ),
    Page(
        "sheet-of-school",
        lambda world: [world.enquiry.pk, "fidelity", a_school(world)[1]],
        get=READS,
        post=does(WRITES),
        data={"delivered": "yes", "seen": "{}"},
        about="of delivery",
    ),
    Page(
        "sheet-of-school",
        lambda world: [world.enquiry.pk, "priority", a_school(world)[1]],
        get=READS,
        post=does(WRITES),
        data={"priority": "Reading", "seen": "{}"},
    ),
    Page(
        "sheet-history",
        lambda world: [world.enquiry.pk, "priority", a_priority(world).key],
        get=READS,
    ),
    Page(
        "sheet-of-meeting",
        lambda world: [world.enquiry.pk, "cluster-meeting", planned_once(world).pk],
        get=READS,
        post=WRITES_FOR_THE_GROUP,
        data={"update": "We met.", "seen": "{}"},
    ),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "check-in-call", UUID(int=1)],
        get=READS,
        post=does(HOLDS_MEETINGS),
        data={**A_DAY, "status": "on-track", "seen": "{}"},
        about="of the facilitator",
    ),
    Page("clusters", get={200: EVERYBODY}),
    Page("attention-rules", get={200: EVERYBODY}),
    Page("meetings", lambda world: [world.south.pk], get=SEES_MEETINGS),
    form("meeting-new", lambda world: [world.south.pk], HOLDS_MEETINGS, A_MEETING),
    Page("meeting", a_meeting, get=SEES_MEETINGS),
    form("meeting-edit", a_meeting, HOLDS_MEETINGS, {**A_MEETING, "version": "1"}),
    Page("meeting-close", a_meeting, post=does(HOLDS_MEETINGS)),
    Page("minutes", a_meeting, get=SEES_MEETINGS),
    Page("minutes-pdf", a_meeting, get=SEES_MEETINGS),
    Page("minutes-send", a_meeting, post=does(HOLDS_MEETINGS)),
    Page("forms-to-print", get={200: EVERYBODY}),
    Page("form-blank", a_blank_form, get={200: EVERYBODY}),
    Page("form-blank-pdf", a_blank_form, get={200: EVERYBODY}),
    Page("form-print", a_priority_on_paper, get=READS),
    Page("form-print-pdf", a_priority_on_paper, get=READS),
    Page("overview-pdf", enquiry, get=READS),
    Page("evidence", enquiry, get=READS),
    form("evidence-new", a_priority_on_paper, WRITES, {"file": Agenda(), "caption": "Agenda"}),
    Page("evidence-file", a_photo, get=READS),
    Page("evidence-thumbnail", a_photo, get=READS),
    form("evidence-remove", a_photo, WRITES, {}),
    Page("sheet-restore", a_revision, post=does(WRITES)),
    form("sheet-withdraw", toms_trial, WRITES, {"reason": "Logged twice."}),
    Page("sheet-bring-back", toms_trial, post=does(WRITES)),
    Page("findings", get={200: EVERYBODY}),
    form("verdict", an_asked_finding, TAKES_PART, {"affirmed": "yes"}),
    Page("finding", a_finding, get=WORDS_FINDINGS),
    form(
        "finding-edit",
        a_finding,
        WORDS_FINDINGS,
        {"text": "Heads who ask see change.", "seen": "Heads ask."},
    ),
    Page(
        "finding-move",
        a_finding,
        post=does(WORDS_FINDINGS),
        data={"to": "asked", "seen": "Heads ask."},
    ),
    Page("programme-findings", programme, get=WORDS_FINDINGS),
    form("finding-new", programme, WORDS_FINDINGS, {"text": "Heads who ask see change."}),
    Page("coverage", programme, get=SEES_PROGRAMME),
    form("judgement-share", a_placing_on_paper, ANSWERS, {"answers": "skill"}),
    form("judgement-agree", a_judgement, AGREES, {}),
    form("comment", a_priority_on_paper, COMMENTS, {"text": "Which year?", **SENT}),
    Page("thread", a_thread, get=READS, post=does(READS), data={"text": "Year 4.", **SENT}),
    Page("thread-resolve", a_thread, post=does(COMMENTS)),
    Page("threads", enquiry, get=READS),
    Page(
        "cluster-summary-ask",
        lambda world: [world.south.pk],
        post=does(SEES_CLUSTER),
        data={"since": "1999-01-01"},
    ),
    Page("report-paper", poster, get=OPENS_CASE_STUDY),
    Page(
        "alliance-report-ask",
        lambda world: [world.abbot.pk, "overview"],
        post=does(READS),
        about="on each school",
    ),
    *(
        page
        for about, subject, opens, asks, cancels in [
            (
                "of an alliance",
                case_study,
                OPENS_CASE_STUDY,
                OPENS_CASE_STUDY,
                {DONE: "leah", 403: "hana faye nadia owen"},
            ),
            (
                "of a cluster",
                cluster_summary,
                SEES_CLUSTER,
                SEES_CLUSTER,
                {DONE: "faye", 403: "owen"},
            ),
            (
                "of the programme",
                national,
                SEES_PROGRAMME,
                SEES_PROGRAMME,
                {DONE: "nadia", 403: "owen"},
            ),
            (
                "of a theme",
                theme_report,
                SEES_PROGRAMME,
                EDITS_REPORTS,
                {DONE: "owen", 403: "nadia"},
            ),
        ]
        for page in [
            Page("report", subject, get=opens, about=about),
            Page("report-read", subject, get=opens, about=about),
            Page("report-file", subject, get=opens, about=about),
            Page(
                "report-format",
                in_a_format(subject),
                get={} if about in WITHOUT_TABLES else opens,
                about=about,
            ),
            Page("report-changes", subject, get=opens, about=about),
            Page("report-retry", subject, post=does(asks), about=about),
            Page("report-cancel", subject, post=cancels, about=about),
            Page(
                "report-correct",
                subject,
                get=asks,
                post=does(asks),
                data={"correction": "A figure was read wrongly."},
                about=about,
            ),
        ]
    ),
]

OF_THE_PROGRAMME = {
    "programme-clusters",
    "programme-together",
    "programme",
    "terms",
    "terms-set",
    "figures",
    "figures-set",
    "programme-mail",
    "programme-progress",
    "national-ask",
    "finding",
    "finding-edit",
    "finding-move",
    "finding-new",
    "programme-findings",
    "coverage",
    "programme-editions",
    "edition",
    "edition-begin",
    "edition-title",
    "edition-preview",
    "edition-issue",
    "passage-new",
    "passage",
    "passage-move",
    "choices",
    "choice",
}

# Pages of one's own account, or of none: what nobody gets, and what Zoe gets.
ACCOUNT_PAGES = {
    "account_login": (200, DONE),
    "account_request_login_code": (200, DONE),
    "account_confirm_login_code": (DONE, DONE),
    "account_signup": (200, DONE),
    "account_inactive": (200, 200),
    "account_email_verification_sent": (200, 200),
    "account_confirm_email": (200, 200),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "account_logout": (DONE, 200),
    "account_reauthenticate": (SIGN_IN, 200),
    "account_email": (SIGN_IN, 200),
    "account_change_password": (SIGN_IN, 200),
    "account_set_password": (SIGN_IN, DONE),
}
KEYS = {
    "account_confirm_email": ["no-such-key"],
    "account_reset_password_from_key": ["1", "no-such-key"],
}


def outcome(response):
    """The status; of a redirect, whether it leads to the sign-in page or on."""
    if response.status_code != 302:
        return response.status_code
    return SIGN_IN if response.url.partition("?")[0] == reverse("account_login") else DONE


def outcomes(as_person, method: str, url: str, data: dict) -> dict:
    """What each person of the cast gets, each in a world that nobody else has touched."""
    found = {}
    for name in [*SIGNED_IN, *SIGNED_OUT]:
        client = as_person(None if name == "nobody" else name)
        with transaction.atomic():
            found[name] = outcome(getattr(client, method)(url, data))
            transaction.set_rollback(True)
    return found


def names_of(resolver: URLResolver) -> set[str]:
    """Every URL name below a resolver; an address without a name goes by its pattern."""
    names = set()
    for entry in resolver.url_patterns:
        names |= names_of(entry) if isinstance(entry, URLResolver) else {entry.name or str(entry)}
    return names


def test_every_url_name_stands_in_the_table():
    assert names_of(get_resolver()) == {page.name for page in PAGES} | set(ACCOUNT_PAGES)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page(page, world, as_person):
    url = reverse(page.name, args=page.arguments(world))

    found = {
        "get": outcomes(as_person, "get", url, {}),
        "post": outcomes(as_person, "post", url, page.data),
    }

    assert found == {"get": page.expected(page.get), "post": page.expected(page.post)}


@pytest.mark.parametrize("name", ACCOUNT_PAGES)
def test_account_page(name, as_person):
    url = reverse(name, args=KEYS.get(name, []))

    found = tuple(outcome(as_person(person).get(url)) for person in (None, "zoe"))

    assert found == ACCOUNT_PAGES[name]


def test_signing_in_leads_back_to_the_page_asked_for(world, as_person):
    url = reverse("enquiry", args=[world.enquiry.pk])

    response = as_person(None).get(url)

    assert response.url == f"{reverse('account_login')}?next={url}"


def test_nothing_takes_another_method(world, as_person):
    owen, leah = as_person("owen"), as_person("leah")
    allowed = {"GET", "POST", "HEAD"}
    found = {}

    for page in PAGES:
        if page.name == "healthz":
            continue
        client = owen if page.name in OF_THE_PROGRAMME else leah
        url = reverse(page.name, args=page.arguments(world))
        response = client.options(url)
        found[page.name] = response.status_code, set(response["Allow"].split(", ")) <= allowed

    assert found == dict.fromkeys(found, (405, True))


def addresses(response, *names: str) -> set[str]:
    """Where the links of a page lead, of those to pages of these names."""
    patterns = "|".join(reverse(name, args=[0]).replace("0", r"\d+") for name in names)
    return set(re.findall(rf'href="({patterns})"', response.content.decode()))


def row_headings(response) -> set[str]:
    """What the rows of a page's tables are about, without details and hidden words."""
    cells = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', response.content.decode(), re.DOTALL)
    plain = [re.sub(r"<span.*?</span>|<[^>]+>", "", cell, flags=re.DOTALL) for cell in cells]
    return {unescape(text).strip() for text in plain}


@pytest.fixture
def neighbours(world):
    """What could leak: another programme, reports and requests for help of everybody."""
    other = record_programme(
        title="Another programme",
        country="Wales",
        commissioner="Somebody",
        duration="2 years",
        ended="2015",
        alliances_funded=1,
        by=None,
    )
    foreign = found_alliance(programme=other, key="harlech", name="Harlech Alliance", by=None)
    open_enquiry(alliance=foreign, by=None)
    record_cluster(programme=other, name="Far", alliances=[foreign], by=None)
    nadia, ravi = world.person("nadia"), world.person("ravi")
    for alliance in (world.abbot, world.bedfordshire, foreign):
        reports.ask_for_case_study(alliance=alliance, by=nadia)
    for programme in (world.programme, other):
        everything = programme.alliances.all()
        about = f"All of {programme}"
        reports.ask_for_national(programme=programme, alliances=everything, about=about, by=nadia)
    log(HelpRequest, enquiry=world.other_enquiry, text="Who has a test?", by=ravi)
    return world


HOMES_OF = {
    "leah sam tom": ["enquiry"],
    "hana uma": ["abbot"],
    "faye": ["south"],
    "ravi": ["other_enquiry"],
    "marcus": ["midlands"],
    "nadia": ["programme"],
    "owen": ["programme", "south", "midlands"],
    "pat zoe sid nobody": [],
}
KINDS = {"abbot": "alliance", "south": "cluster", "midlands": "cluster", "other_enquiry": "enquiry"}


@pytest.mark.parametrize("people", HOMES_OF)
def test_home_leads_to_ones_own_places_only(people, neighbours, as_person):
    places = [(KINDS.get(place, place), getattr(neighbours, place)) for place in HOMES_OF[people]]
    expected = {reverse(kind, args=[place.pk]) for kind, place in places}

    for name in people.split():
        response = as_person(None if name == "nobody" else name).get(reverse("home"))
        redirected = {response.url} if response.status_code == 302 else set()
        listed = addresses(response, "enquiry", "alliance", "cluster", "programme", "report")

        assert redirected | listed == expected, name


REPORTS_OF = {
    "leah hana faye": ["abbot"],
    "ravi marcus": ["bedfordshire"],
    "nadia owen": ["abbot", "bedfordshire", "programme"],
    "sam tom uma pat zoe": [],
}


@pytest.mark.parametrize("people", REPORTS_OF)
def test_reports_listed_are_those_one_may_ask_for(people, neighbours, as_person):
    names = {"programme": f"All of {neighbours.programme}"}
    subjects = REPORTS_OF[people]
    expected = {names.get(each, str(getattr(neighbours, each))) for each in subjects}

    for name in people.split():
        assert row_headings(as_person(name).get(reverse("reports"))) == expected, name


@pytest.mark.parametrize("name", ["nadia", "owen"])
def test_programme_lists_its_own_alliances_and_reports(name, neighbours, as_person):
    own = neighbours.programme.reports.get(alliance=None)

    response = as_person(name).get(reverse("programme", args=[neighbours.programme.pk]))

    own_alliances = neighbours.programme.alliances.values_list("pk", flat=True)
    listed = {reverse("alliance", args=[pk]) for pk in own_alliances}
    assert addresses(response, "alliance") == listed
    assert addresses(response, "report") == {reverse("report", args=[own.pk])}


def test_cluster_lists_its_own_alliances_and_requests(neighbours, as_person):
    response = as_person("faye").get(reverse("cluster", args=[neighbours.south.pk]))

    assert row_headings(response) == {a.name for a in neighbours.south.alliances.all()}
    asked = {reverse("help-answer", args=[neighbours.help_request.pk])}
    assert addresses(response, "help-answer") == asked


@pytest.fixture
def left_school(world):
    """A school that has left, with Zoe, who still teaches there, and invitations here and there."""
    school = join_school(
        alliance=world.abbot, name="Leaver Primary", phase="primary", by=None, joined_on=SINCE
    )
    assign(user=world.person("zoe"), role=Role.TEACHER, scope=school, by=None, starts_on=SINCE)
    today = timezone.localdate()
    leave_school(membership=school.memberships.get(), on=today, reason="Joined a trust", by=None)
    for scope in (world.abbot, world.bedfordshire):
        invite(
            email=f"lead@{scope.key}.example",
            role=Role.PROJECT_LEAD,
            scope=scope,
            by=None,
        )
    return world


@pytest.mark.parametrize(
    ("name", "invited"),
    [("leah", {"lead@georgeabbot.example"}), ("owen", {"lead@georgeabbot.example"})]
    + [(name, set()) for name in ("sam", "tom", "hana", "uma", "faye", "nadia")],
)
def test_people_are_those_with_a_current_role_here(name, invited, left_school, as_person):
    response = as_person(name).get(reverse("people", args=[left_school.abbot.pk]))

    here = {PEOPLE[key] for key in ("leah", "sid", "sam", "tom", "hana", "uma")}
    assert row_headings(response) == here | invited
    assert set(re.findall(r"[\w.]+@[\w.]+", response.content.decode())) == invited


def test_left_school_shuts_out_its_people(left_school, as_person):
    response = as_person("zoe").get(reverse("alliance", args=[left_school.abbot.pk]))

    assert response.status_code == 404
