"""What the pages read across the other apps, whatever its number in the same few queries."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alliances.actions import assign, open_alliance, record_cluster
from alliances.models import Alliance, Programme
from alliances.roles import Role
from enquiries.models import Enquiry, HelpRequest, LeadershipEntry
from impact.queries import measures_of
from impact.values import MeasureValues, Symbol, Value
from reports.actions import ask_for_case_study, ask_for_national, withdraw_publication
from reports.builders import programme_charts
from reports.forms import FilterForm
from reports.queries import (
    AllianceFilter,
    Workplace,
    facts_of,
    filtered,
    headline_figures,
    latest_entries,
    listed,
    measured_levels,
    open_help,
    overview,
    reports_for,
    workplaces,
)
from tests.desk import published
from tests.measuring import add_measure, add_reading
from tests.world import SINCE, log

ABBOT = "George Abbot Teaching School Alliance"
AFFINITY = "Affinity TSA"
BEDFORDSHIRE = "Central Bedfordshire Teaching School Partnership"
JURASSIC = "Jurassic Coast TSA"
EVERYBODY = [AFFINITY, BEDFORDSHIRE, ABBOT, JURASSIC]


def names(alliances) -> list[str]:
    return sorted(alliance.name for alliance in alliances)


# ---- the filter ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, EVERYBODY),
        ({"theme": "3"}, [BEDFORDSHIRE, ABBOT, JURASSIC]),
        ({"theme": "none"}, [AFFINITY]),
        ({"theme": "1"}, []),
        ({"text": "george"}, [ABBOT]),
        ({"text": "George Abbot TSA"}, [ABBOT]),
        ({"text": "DORSET"}, [JURASSIC]),
        ({"text": "trio"}, [JURASSIC]),
        ({"text": "lesson study"}, [AFFINITY, BEDFORDSHIRE]),
        ({"text": "Peer-to-peer"}, [ABBOT]),
        ({"text": "do planning, observing"}, [ABBOT]),
        ({"text": "100%"}, []),
        ({"text": "' OR 1=1 --"}, []),
        ({"theme": "3", "text": "lesson study"}, [BEDFORDSHIRE]),
    ],
)
def test_filter_narrows_by_theme_and_text(world, wanted, found):
    assert names(filtered(world.programme, AllianceFilter(**wanted))) == found


def test_filter_narrows_by_cluster(world):
    wanted = AllianceFilter(cluster=str(world.south.pk))

    assert names(filtered(world.programme, wanted)) == [ABBOT, JURASSIC]


def test_filter_narrows_by_cohort(world):
    Alliance.objects.filter(key="jurassic").update(cohort=world.programme.cohorts.get(number=2))

    found = [filtered(world.programme, AllianceFilter(cohort=n)) for n in ("1", "2")]

    assert [names(each) for each in found] == [[], [JURASSIC]]


def test_filter_gives_each_alliance_once(world):
    assert filtered(world.programme, AllianceFilter(text="o")).count() == 4


def chosen(world, **given) -> AllianceFilter:
    return FilterForm(given, programme=world.programme).chosen()


def test_empty_form_chooses_everything(world):
    assert chosen(world) == AllianceFilter(about="All alliances")


def test_form_says_in_words_what_it_chooses(world):
    south = str(world.south.pk)

    wanted = chosen(world, theme="3", cohort="2", cluster=south, text="  trio ")

    assert wanted == AllianceFilter(
        theme="3",
        cohort="2",
        cluster=south,
        text="trio",
        about="Theme 3: Leadership of great pedagogy; Cohort 2; South; “trio”",
    )


def test_form_says_what_an_unstated_theme_is(world):
    assert chosen(world, theme="none").about == "Theme not stated"


@pytest.mark.parametrize(
    "given",
    [
        {"theme": "9"},
        {"theme": "3; DROP"},
        {"cohort": "x"},
        {"cluster": "0"},
        {"text": "x" * 101},
        {"text": "a\x00b"},
        {"page": "2"},
    ],
)
def test_value_the_form_does_not_know_narrows_nothing(world, given):
    assert chosen(world, **given) == AllianceFilter(about="All alliances")


def test_unknown_value_leaves_the_others_as_they_are(world):
    assert chosen(world, theme="9", text="trio") == AllianceFilter(text="trio", about="“trio”")


def test_quotation_marks_are_searched_for_and_quoted(world):
    assert chosen(world, text='Ofsted\'s "best"').about == '“Ofsted\'s "best"”'


# ---- side by side --------------------------------------------------------------------------


def test_overview_says_where_each_alliance_stands(world):
    told = {
        e.alliance.key: (
            e.phase,
            e.cycle_label,
            e.measure_count,
            e.has_baseline,
            e.help_wanted,
            e.schools_left,
            e.last_logged_at is not None,
        )
        for e in overview(world.programme.alliances.all())
    }

    assert told == {
        "affinity": (None, None, 0, False, 0, 0, False),
        "centralbeds": ("impact", "Year two: lesson study, second cycle", 50, True, 0, 1, False),
        "georgeabbot": ("impact", "Year 2", 21, True, 1, 1, True),
        "jurassic": (None, None, 0, False, 0, 0, False),
    }


def test_overview_is_in_the_order_of_names(world):
    told = overview(world.programme.alliances.all())

    assert [enquiry.alliance.name for enquiry in told] == EVERYBODY


@pytest.mark.parametrize("keys", [["georgeabbot"], ["georgeabbot", "centralbeds", "affinity"]])
def test_overview_takes_one_query(world, keys, django_assert_num_queries):
    with django_assert_num_queries(1):
        told = list(overview(Alliance.objects.filter(key__in=keys)))
        shown = [(e.alliance.theme, e.alliance.cluster, str(e)) for e in told]

    assert len(shown) == len(keys)


def bare_enquiry() -> Enquiry:
    return Enquiry.objects.get(alliance__key="affinity")


def measure(world, name="Reading age", baseline=None):
    return add_measure(
        enquiry=bare_enquiry(),
        by=world.person("leah"),
        baseline=baseline,
        level="pupil",
        name=name,
        instrument="test",
        population="Year 4",
    )


@pytest.mark.parametrize(
    ("baseline", "present"),
    [
        (None, False),
        ({"kind": "x"}, False),
        ({"kind": "text", "text": "Few could."}, True),
        ({"kind": "number", "value": 0}, True),
    ],
)
def test_baseline_is_present_when_it_says_something(world, baseline, present):
    measure(world, baseline=baseline)

    assert overview(Alliance.objects.filter(key="affinity")).get().has_baseline == present


def test_last_entry_may_be_a_measure_or_a_reading(world):
    moments = [timezone.now() + timedelta(days=n) for n in (1, 2)]
    with time_machine.travel(moments[0], tick=False):
        made = measure(world)
    after_measure = last_logged()
    with time_machine.travel(moments[1], tick=False):
        add_reading(
            measure=made, by=world.person("leah"), moment="baseline", kind="number", value=7
        )

    assert [after_measure, last_logged()] == moments


def last_logged():
    return overview(Alliance.objects.filter(key="affinity")).get().last_logged_at


def test_latest_entries_hold_measures_and_readings_beside_the_logs(world):
    start = timezone.now()
    with time_machine.travel(start + timedelta(hours=1), tick=False):
        made = measure(world)
    with time_machine.travel(start + timedelta(hours=2), tick=False):
        add_reading(measure=made, by=world.person("faye"), moment="outcome", kind="number", value=7)
    with time_machine.travel(start + timedelta(hours=3), tick=False):
        log_leadership(world)

    told = latest_entries(bare_enquiry())

    assert [(e.kind, e.text, e.by) for e in told] == [
        ("Leadership", "Trust", "Leah Marsh"),
        ("Outcome", "Reading age", "Faye Osborne"),
        ("Measure", "Reading age", "Leah Marsh"),
    ]


def test_latest_entries_are_ten_at_most(world):
    for number in range(11):
        measure(world, name=f"Measure {number}")

    told = latest_entries(bare_enquiry())

    assert [entry.text for entry in told] == [f"Measure {n}" for n in range(10, 0, -1)]


def log_leadership(world):
    entry = {"behaviour": "Trust", "reflection": "It takes a term."}
    log(LeadershipEntry, enquiry=bare_enquiry(), by=world.person("leah"), **entry)


@pytest.mark.parametrize("number", [1, 3])
def test_latest_entries_take_nine_queries(world, number, django_assert_num_queries):
    for each in range(number):
        measure(world, name=f"Measure {each}", baseline={"kind": "number", "value": 1})
        log_leadership(world)
    enquiry = bare_enquiry()

    with django_assert_num_queries(9):
        latest_entries(enquiry)


def test_open_help_is_of_the_cluster_and_oldest_first(world):
    jurassic = Enquiry.objects.get(alliance__key="jurassic")
    log(HelpRequest, enquiry=jurassic, text="Who can host?", by=world.person("leah"))
    log(HelpRequest, enquiry=bare_enquiry(), text="Elsewhere", by=world.person("leah"))

    told = [request.text for request in open_help(world.south.alliances.all())]

    assert told == ["How do we measure confidence?", "Who can host?"]


@pytest.mark.parametrize("more", [0, 2])
def test_open_help_takes_one_query(world, more, django_assert_num_queries):
    for _ in range(more):
        log(HelpRequest, enquiry=world.enquiry, text="And this?", by=world.person("leah"))

    with django_assert_num_queries(1):
        told = [request.enquiry.alliance.name for request in open_help(world.south.alliances.all())]

    assert len(told) == 1 + more


# ---- figures -------------------------------------------------------------------------------


def test_headline_figures_count_what_is_shown(world):
    shown = world.south.alliances.all()

    assert headline_figures(world.programme, shown, listed(shown)) == [
        {"label": "alliances funded", "value": 98},
        {"label": "alliances shown", "value": 2},
        {"label": "with a full account", "value": 1},
        {"label": "measures recorded", "value": 21},
    ]


def test_programme_charts_count_themes_and_phases(world):
    enquiries = listed(world.programme.alliances.all())

    theme, phase = programme_charts(
        ((each.alliance, each.theme) for each in enquiries),
        ((each.alliance, each.phase) for each in enquiries),
    )

    assert [(row.label, row.values) for row in theme.rows] == [
        ("Theme 3", [3]),
        ("Not stated", [1]),
    ]
    assert theme.sentence == "Theme 3: 3. Not stated: 1."
    assert sorted((row.label, row.values) for row in phase.rows) == [
        ("Impact", [2]),
        ("No cycle logged", [2]),
    ]


def test_measured_levels_of_a_real_enquiry(world):
    assert measured_levels(measures_of(world.enquiry, exact=False)) == [
        {"title": "Pupils", "measures": 2, "baselines": 0, "outcomes": 2},
        {"title": "Teachers", "measures": 18, "baselines": 3, "outcomes": 18},
        {"title": "Schools", "measures": 1, "baselines": 1, "outcomes": 1},
    ]


@pytest.mark.parametrize(
    ("symbol", "counted"),
    [
        (Symbol.NONE, 1),
        (Symbol.SUPPRESSED, 1),
        (Symbol.NOT_APPLICABLE, 1),
        (Symbol.NOT_COLLECTED, 0),
    ],
)
def test_reading_counts_as_taken_unless_it_was_not_collected(symbol, counted):
    told = MeasureValues(
        *(1, "school", "Size", "", "", "", "", "", "unstated", "", False),
        readings=(Value("baseline", "2013", symbol=symbol),),
    )

    assert measured_levels([told]) == [
        {"title": "Schools", "measures": 1, "baselines": counted, "outcomes": 0}
    ]


def test_facts_leave_out_what_is_not_known(world):
    affinity = world.programme.alliances.get(key="affinity")

    assert [fact["key"] for fact in facts_of(affinity)] == ["Theme", "Cluster"]


def test_facts_of_a_well_known_alliance(world):
    told = {fact["key"]: fact["value"] for fact in facts_of(world.abbot)}

    assert (told["Also known as"], told["Theme"], told["Cluster"], told["Lead school"]) == (
        "George Abbot TSA",
        "Theme 3: Leadership of great pedagogy",
        "South",
        "George Abbot School",
    )


# ---- people --------------------------------------------------------------------------------


def test_lead_works_in_one_enquiry(world):
    assert workplaces(world.person("leah")) == [
        Workplace("Enquiry", ABBOT, str(world.enquiry), "enquiry", world.enquiry.pk)
    ]


def test_national_team_works_in_clusters_and_the_programme(world):
    told = [(place.kind, place.name, place.detail) for place in workplaces(world.person("owen"))]

    assert told == [
        ("Cluster", "Midlands", "2 alliances"),
        ("Cluster", "South", "2 alliances"),
        (
            "Programme",
            "Teaching schools R&D network national themes project 2012-14",
            "National College for Teaching and Leadership (NCTL)",
        ),
    ]


def test_partner_who_may_only_see_works_in_an_alliance(world):
    assert [(place.kind, place.name) for place in workplaces(world.person("uma"))] == [
        ("Alliance", ABBOT)
    ]


@pytest.mark.parametrize("nobody", ["zoe", "pat"])
def test_person_without_such_a_role_works_nowhere(world, nobody):
    assert workplaces(world.person(nobody)) == []


@pytest.mark.parametrize("clusters", [1, 3])
def test_workplaces_take_four_queries(world, clusters, django_assert_num_queries):
    other = {"title": "Another programme", "alliances_funded": clusters}
    programme = Programme.objects.create(**other)
    for number in range(clusters):
        record_cluster(programme=programme, name=f"Cluster {number}", alliances=[], by=None)
    zoe = world.person("zoe")
    assign(user=zoe, role=Role.NATIONAL_TEAM, scope=programme, by=None, starts_on=SINCE)

    with django_assert_num_queries(4):
        told = workplaces(zoe)

    assert [place.kind for place in told] == ["Cluster"] * clusters + ["Programme"]


@pytest.fixture
def asked(world):
    """Four reports: of each alliance that has a story, and of the programme."""
    return {
        "abbot": ask_for_case_study(enquiry=world.enquiry, by=world.person("leah")),
        "bedfordshire": ask_for_case_study(enquiry=world.other_enquiry, by=world.person("ravi")),
        "national": ask_for_national(
            programme=world.programme,
            alliances=[world.abbot],
            about="Some",
            by=world.person("nadia"),
        ),
    }


@pytest.mark.parametrize(
    ("person", "may_open"),
    [
        ("leah", ["abbot"]),
        ("hana", ["abbot"]),
        ("faye", ["abbot"]),
        ("ravi", ["bedfordshire"]),
        ("marcus", ["bedfordshire"]),
        ("nadia", ["national"]),
        ("owen", ["national"]),
        ("sam", []),
        ("tom", []),
        ("uma", []),
        ("pat", []),
        ("zoe", []),
    ],
)
def test_reports_are_for_those_who_may_ask_for_them(world, asked, person, may_open):
    told = {report.pk for report in reports_for(world.person(person))}

    assert told == {asked[name].pk for name in may_open}


def test_national_team_opens_an_alliance_to_read_what_is_made_of_its_work(world, asked):
    owen = world.person("owen")

    open_alliance(alliance=world.abbot, reason="A head rang us.", days=1, by=owen)

    assert set(reports_for(owen)) == {asked["national"], asked["abbot"]}


def test_national_staff_read_what_is_published_until_it_is_withdrawn(world):
    nadia = world.person("nadia")
    report = published(world).report

    before = list(reports_for(nadia))
    withdraw_publication(enquiry=world.enquiry, reason="Wrong.", by=world.person("leah"))

    assert (before, list(reports_for(nadia))) == ([report], [])


def test_reports_are_listed_without_their_contents_newest_first(world, asked):
    owen = world.person("owen")
    for alliance in (world.abbot, world.bedfordshire):
        open_alliance(alliance=alliance, reason="A head rang us.", days=1, by=owen)

    told = list(reports_for(owen))

    assert told == [asked["national"], asked["bedfordshire"], asked["abbot"]]
    assert told[0].get_deferred_fields() == {"data"}
