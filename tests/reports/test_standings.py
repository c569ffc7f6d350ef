"""The facilitator's dashboard: where each alliance stands, why to look, in what order."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alliances.actions import assign, found_alliance, record_cluster, record_designation
from alliances.models import Alliance, Designation
from alliances.roles import Role
from enquiries.actions import (
    open_enquiry,
    save_sheet,
    set_deadline,
    start_cycle,
)
from enquiries.models import Challenge, CheckInCall, HelpRequest, Question, Response, Risk
from impact.actions import sign_off
from impact.claims.queries import stated
from impact.models import DataTest
from reports.actions import keep_counts
from reports.briefs import briefs_of
from reports.concerns import rules, worry_about
from reports.momentum import LATELY, WEEKS
from reports.standings import Call, Coming, Standing, standings_of
from reports.views.overview import ROWS_ON_A_PAGE
from tests.claims import claimed
from tests.measuring import add_measure
from tests.meetings import planned
from tests.pages import text
from tests.world import SINCE, log

TODAY = date(2026, 3, 16)  # a Monday
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


@pytest.fixture
def bare(world):
    """Affinity: no cycle, no measure, nobody who leads it."""
    return world.programme.alliances.get(key="affinity")


def standing_of(alliance: Alliance, today: date = TODAY) -> Standing:
    return standings_of(Alliance.objects.filter(pk=alliance.pk), today)[0]


def reasons(alliance: Alliance, today: date = TODAY) -> list[str]:
    return standing_of(alliance, today).worry.reasons


def saved(model, enquiry, by, **wanted):
    return save_sheet(model, place={"enquiry": enquiry}, seen={}, wanted=wanted, by=by)


# ---- rules ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "count", "said"),
    [
        ("look-help", 1, ["asks for help"]),
        ("look-off-track", 1, ["off track at the last call"]),
        ("look-lead", 1, ["no project lead"]),
        ("look-quiet", 42, []),
        ("look-quiet", 43, ["no entry for 43 days"]),
        ("look-never", 1, ["nothing logged by a person yet"]),
        ("look-baseline", 1, ["baseline missing"]),
        ("look-at-risk", 1, ["at risk at the last call"]),
        ("look-designation", 1, ["designation lost"]),
        ("look-deadline", 1, ["one day past the deadline of its gate"]),
        ("look-deadline", 12, ["12 days past the deadline of its gate"]),
        ("look-schools", 1, ["one school left"]),
        ("look-schools", 2, ["two schools left"]),
        ("look-claims", 1, ["one claim without evidence"]),
        ("look-risks", 2, ["two high risks"]),
        ("look-disagrees", 1, []),
        ("look-disagrees", 2, ["disagrees with two statements of its last questionnaire"]),
    ],
)
def test_each_rule_says_its_reason(code, count, said):
    assert worry_about({code: count}).reasons == said


def test_every_rule_is_silent_about_nothing():
    worry = worry_about({rule.code: 0 for rule in rules()})

    assert (worry.reasons, worry.weight) == ([], 0)


def test_reasons_come_by_weight_and_add_up():
    worry = worry_about({"look-schools": 2, "look-baseline": 1, "look-help": 1})

    assert worry.reasons == ["asks for help", "baseline missing", "two schools left"]
    assert worry.weight == 6


def test_rules_are_shown_as_they_stand_in_their_file(world, as_person):
    page = as_person("faye").get("/attention/")

    assert page.context["rules"] == rules()
    assert "for more than 42 days" in page.content.decode()


# ---- what the reasons rest on --------------------------------------------------------------


def test_reasons_of_real_alliances(world):
    found = standings_of(world.programme.alliances.all(), date(2026, 11, 22))

    never = "nothing logged by a person yet"
    assert {
        s.enquiry.alliance.key: s.worry.reasons for s in found if s.momentum.last_at is None
    } == {
        "jurassic": ["no project lead", never, "baseline missing"],
        "centralbeds": [never, "one school left"],
        "affinity": ["no project lead", never, "baseline missing"],
    }


def test_alliances_come_by_the_weight_of_their_reasons(world):
    found = standings_of(world.programme.alliances.all(), TODAY)

    assert [(s.enquiry.alliance.key, s.worry.weight) for s in found] == [
        ("affinity", 7),
        ("jurassic", 7),
        ("georgeabbot", 4),
        ("centralbeds", 3),
    ]


def test_quiet_is_counted_from_the_last_entry(world, bare):
    enquiry = bare.enquiries.get()
    with time_machine.travel(NOON, tick=False):
        log(Challenge, enquiry=enquiry, by=world.person("leah"), challenge="Cover")

    silent = [reasons(bare, TODAY + timedelta(days=days)) for days in (42, 43)]

    assert [[r for r in each if "entry" in r] for each in silent] == [[], ["no entry for 43 days"]]


def test_form_saved_by_the_alliance_is_an_entry_and_by_a_facilitator_is_none(world, bare):
    enquiry = bare.enquiries.get()
    wanted = {"find_out": "Does talk help?"}

    with time_machine.travel(NOON, tick=False):
        saved(Question, enquiry, world.person("marcus"), **wanted)
        before = reasons(bare)
        saved(Question, enquiry, world.person("ravi"), why_know="We ask.")

    assert ("nothing logged by a person yet" in before) is True
    assert ("nothing logged by a person yet" in reasons(bare)) is False


def test_lead_who_takes_over_ends_the_reason(world, bare):
    before = "no project lead" in reasons(bare)
    assign(user=world.person("zoe"), role=Role.PROJECT_LEAD, scope=bare, by=None, starts_on=SINCE)

    assert (before, "no project lead" in reasons(bare)) == (True, False)


def test_lost_designation_is_a_reason_until_it_is_given_back(world, bare):
    lost = {"status": Designation.Status.LOST, "since": date(2026, 1, 1), "reason": "Merged"}
    back = {"status": Designation.Status.TEACHING_SCHOOL, "since": date(2026, 3, 1), "reason": ""}

    record_designation(alliance=bare, by=None, **lost)
    while_lost = "designation lost" in reasons(bare)
    record_designation(alliance=bare, by=None, **back)

    assert (while_lost, "designation lost" in reasons(bare)) == (True, False)


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, []), (0, []), (1, ["one day past the deadline of its gate"])],
)
def test_deadline_is_past_the_day_after(world, days, said):
    set_deadline(cycle=world.cycle, deadline=TODAY - timedelta(days=days), by=world.person("faye"))

    assert [r for r in reasons(world.abbot) if "deadline" in r] == said


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("on-track", []),
        ("at-risk", ["at risk at the last call"]),
        ("off-track", ["off track at the last call"]),
    ],
)
def test_last_call_counts_by_its_day(world, status, said):
    faye, enquiry = world.person("faye"), world.enquiry
    for day, each in ((date(2026, 3, 2), status), (date(2026, 2, 2), "off-track")):
        place = {"enquiry": enquiry, "held_on": day}
        save_sheet(CheckInCall, place=place, seen={}, wanted={"status": each}, by=faye)

    standing = standing_of(world.abbot)

    assert [r for r in standing.worry.reasons if "call" in r] == said
    assert (standing.call.status, standing.call.on) == (status, date(2026, 3, 2))


def test_last_call_without_a_status_is_told_with_its_day(world, as_person):
    place = {"enquiry": world.enquiry, "held_on": date(2026, 3, 2)}
    save_sheet(
        CheckInCall, place=place, seen={}, wanted={"support": "Time"}, by=world.person("faye")
    )

    page = as_person("faye").get(reverse("cluster", args=[world.south.pk]))

    standing = standing_of(world.abbot)
    assert (standing.call, [r for r in standing.worry.reasons if "call" in r]) == (
        Call("", date(2026, 3, 2)),
        [],
    )
    assert text(page).count("No status set 2 Mar 2026") == 1


@pytest.mark.parametrize(
    ("likelihood", "effect", "count"), [("high", "high", 1), ("high", "low", 0), ("low", "high", 0)]
)
def test_risk_is_high_if_likely_and_grave(world, likelihood, effect, count):
    wanted = {"risk": "inspection", "likelihood": likelihood, "effect": effect, "response": "Wait"}
    saved(Risk, world.enquiry, world.person("leah"), **wanted)

    assert standing_of(world.abbot).stood.risks == count


# ---- what is drawn -------------------------------------------------------------------------


def test_momentum_counts_a_year_of_weeks(world, bare):
    enquiry = bare.enquiries.get()
    for days in (0, 6, 7, 27, 28, 357, 364):
        with time_machine.travel(NOON - timedelta(days=days), tick=False):
            log(Challenge, enquiry=enquiry, by=world.person("leah"), challenge="Cover")

    momentum = standing_of(bare).momentum

    counted = {51 - place: count for place, count in enumerate(momentum.weeks) if count}
    assert counted == {0: 1, 1: 2, 4: 2, 51: 1}
    assert momentum.last_at == NOON
    assert momentum.sentence == "6 entries in a year, 3 in the last 4 weeks"


def test_momentum_of_nobody_is_flat(bare):
    momentum = standing_of(bare).momentum

    assert (momentum.weeks, momentum.last_at) == ((0,) * WEEKS, None)
    assert momentum.drawing["bars"] == []
    assert momentum.sentence == "0 entries in a year, 0 in the last 4 weeks"


def test_last_tests_of_each_data_set_count(world):
    leah = world.person("leah")
    measures = list(world.enquiry.measures.all()[:2])
    good = {"is_valid": "pass", "is_triangulated": "pass", "is_reliable": "pass"}
    texts = {"validity": "a", "triangulation": "b", "reliability": "c"}
    numbers = {"methods": 2, "respondent_groups": 1}
    taken = [(measures[0], "fail"), (measures[0], "pass"), (measures[1], "fail")]
    for measure, outcome in taken:
        wanted = {"measure": measure} | texts | numbers | good | {"is_valid": outcome}
        DataTest.objects.create(enquiry=world.enquiry, saved_by=leah, **wanted)

    standing = standing_of(world.abbot)

    assert (standing.stood.tested, standing.stood.passed) == (2, 1)


def test_voice_is_that_of_the_last_questionnaire(world):
    leah, place = world.person("leah"), {"enquiry": world.enquiry, "version": 1}
    for instrument, point in (("progress-implementation", "SA"), ("progress-innovation", "D")):
        items = {
            f"answer.pq-{instrument.removeprefix('progress-')}-{n}": point for n in range(1, 4)
        }
        save_sheet(
            Response, place=place | {"instrument": instrument}, seen={}, wanted=items, by=leah
        )

    standing = standing_of(world.abbot)

    assert (standing.voice.points, standing.voice.agreed, standing.voice.disagreed) == (
        (0, 0, 0, 3, 0),
        0,
        3,
    )
    assert standing.voice.parts == [{"place": 4, "x": 0.0, "width": 100.0}]
    assert "disagrees with three statements of its last questionnaire" in standing.worry.reasons


@pytest.mark.parametrize(
    ("phase", "reached"),
    [
        ("implementation", [True, False, False]),
        ("impact", [True, True, True]),
        ("ended", [True, True, True]),
    ],
)
def test_phases_reached_are_drawn(world, bare, phase, reached):
    cycle = start_cycle(
        enquiry=bare.enquiries.get(), by=world.person("leah"), label="One", tried="Pairs"
    )
    type(cycle).objects.filter(pk=cycle.pk).update(phase=phase)

    assert [step["is_reached"] for step in standing_of(bare).steps] == reached


def test_next_date_is_the_earliest_to_come(world):
    planned(world, held_on=date(2026, 3, 1), next_call=TODAY, next_meeting=date(2026, 6, 2))
    set_deadline(cycle=world.cycle, deadline=date(2026, 3, 20), by=world.person("faye"))

    found = [standing_of(world.abbot, day).coming for day in (TODAY, TODAY + timedelta(days=1))]

    assert found == [
        Coming(TODAY, "check-in call"),
        Coming(date(2026, 3, 20), "deadline of the gate"),
    ]


def test_meeting_that_is_closed_is_no_date_to_come(world):
    meeting = planned(world, held_on=TODAY, next_meeting=date(2026, 6, 2))
    before = standing_of(world.abbot).coming
    type(meeting).objects.filter(pk=meeting.pk).update(
        closed_at=datetime.combine(TODAY, datetime.min.time(), UTC), closed_by=world.person("faye")
    )

    assert before == Coming(TODAY, "cluster meeting")
    assert standing_of(world.abbot).coming == Coming(date(2026, 6, 2), "cluster meeting")


# ---- pages ---------------------------------------------------------------------------------


def shown(response) -> list[str]:
    return [each.enquiry.alliance.key for each in response.context["standings"]]


def test_facilitator_of_two_clusters_sees_both_on_one_page(world, as_person):
    faye = world.person("faye")
    assign(user=faye, role=Role.FACILITATOR, scope=world.midlands, by=None, starts_on=SINCE)

    page = as_person("faye").get("/clusters/")

    assert set(shown(page)) == {"affinity", "jurassic", "georgeabbot", "centralbeds"}


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("faye", {"jurassic", "georgeabbot"}),
        ("owen", {"affinity", "jurassic", "georgeabbot", "centralbeds"}),
        ("leah", set()),
        ("nadia", set()),
    ],
)
def test_everybody_sees_their_own_clusters_alone(name, keys, world, as_person):
    assert set(shown(as_person(name).get("/clusters/"))) == keys


def grown(world, clusters: int, each: int) -> None:
    """Clusters of alliances that have logged, asked, been called and met; Owen sees them all."""
    leah, faye = world.person("leah"), world.person("faye")
    Alliance.objects.update(cluster=None)
    for number in range(clusters):
        alliances = [
            found_alliance(
                programme=world.programme, key=f"a{number}-{n}", name=f"A {number} {n}", by=None
            )
            for n in range(each)
        ]
        cluster = record_cluster(
            programme=world.programme, name=f"C{number}", alliances=alliances, by=None
        )
        for alliance in alliances:
            alliance.refresh_from_db()
            enquiry = open_enquiry(alliance=alliance, by=leah)
            start_cycle(enquiry=enquiry, by=leah, label="One", tried="Pairs")
            log(HelpRequest, enquiry=enquiry, by=leah, text="How?")
            add_measure(
                enquiry=enquiry, by=leah, baseline=None, level="pupil", name="Talk",
                instrument="test", population="Year 4",
            )  # fmt: skip
            place = {"enquiry": enquiry, "held_on": TODAY}
            save_sheet(CheckInCall, place=place, seen={}, wanted={"status": "at-risk"}, by=faye)
            answered = {"enquiry": enquiry, "instrument": "progress-impact", "version": 1}
            items = {"answer.pq-impact-1": "A"}
            save_sheet(Response, place=answered, seen={}, wanted=items, by=leah)
        planned(world, alliances=alliances, cluster=cluster)


@pytest.mark.parametrize("is_kept", [True, False])
def test_in_brief_alliances_stand_as_they_do_in_full(is_kept, world):
    grown(world, 2, 2)
    faye = world.person("faye")
    saved(Risk, world.enquiry, faye, risk="Heads change", likelihood="high", effect="high")
    set_deadline(cycle=world.cycle, deadline=TODAY - timedelta(days=3), by=faye)
    if is_kept:
        keep_counts()
    alliances = world.programme.alliances.all()

    found = briefs_of(alliances, TODAY)

    assert len({brief.weight for brief in found}) > 2
    assert [
        (b.enquiry, b.cluster, b.weight, b.phase, b.lately, b.help_wanted, b.points) for b in found
    ] == [
        (
            each.enquiry.pk,
            each.enquiry.alliance.cluster_id,
            each.worry.weight,
            each.stood.phase,
            sum(each.momentum.weeks[-LATELY:]),
            each.stood.help_wanted,
            each.voice.points if each.voice else (),
        )
        for each in standings_of(alliances, TODAY)
    ]


def test_whoever_becomes_a_facilitator_changes_momentum_that_is_kept(world):
    saved(Question, world.enquiry, world.person("leah"), question="Do pairs help?")
    alliances = Alliance.objects.filter(pk=world.abbot.pk)
    keep_counts()
    (before,) = briefs_of(alliances, timezone.localdate())

    cluster = record_cluster(programme=world.programme, name="Far", alliances=[], by=None)
    leah = world.person("leah")
    assign(user=leah, role=Role.FACILITATOR, scope=cluster, by=None, starts_on=SINCE)

    (after,) = briefs_of(alliances, timezone.localdate())
    assert after.lately == before.lately - 1


@pytest.mark.parametrize(("clusters", "each"), [(1, 1), (1, 3), (30, 4)])
def test_queries_of_the_dashboard(clusters, each, world, as_person, django_assert_num_queries):
    grown(world, clusters, each)
    keep_counts()
    owen = as_person("owen")

    with django_assert_num_queries(14):
        page = owen.get("/clusters/")

    assert len(shown(page)) == min(clusters * each, ROWS_ON_A_PAGE)
    assert page.context["page"].paginator.count == clusters * each


@pytest.mark.parametrize("each", [1, 3])
def test_queries_of_one_cluster(each, world, as_person, django_assert_num_queries):
    grown(world, 1, each)
    keep_counts()
    owen, cluster = as_person("owen"), world.programme.clusters.get(name="C0")

    with django_assert_num_queries(14):
        owen.get(f"/clusters/{cluster.pk}/")


# ---- claims --------------------------------------------------------------------------------


def test_standing_counts_claims_their_evidence_and_the_strongest(world):
    none = standing_of(world.abbot).claimed
    (trial,) = world.cycle.trials.all()
    claim = claimed(world, **{"evidence.trial": [trial.pk]})
    claimed(world)

    sign_off(claim=claim, seal=stated(claim).seal, by=world.person("leah"))

    assert none == "Nothing claimed yet"
    assert standing_of(world.abbot).claimed == (
        "2 claims, 1 with evidence, at best limited; 1 signed off"
    )
    assert "one claim without evidence" in reasons(world.abbot)


@pytest.mark.parametrize("claims", [1, 3])
def test_claims_are_compared_in_as_many_queries(world, claims, django_assert_num_queries):
    (trial,) = world.cycle.trials.all()
    for _ in range(claims):
        claimed(world, **{"evidence.trial": [trial.pk]})

    with django_assert_num_queries(34):
        standing_of(world.abbot)
