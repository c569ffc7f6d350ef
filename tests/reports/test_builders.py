"""Reports as plain values, of real projects and of one of which little is known."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from enquiries.models import Enquiry
from reports.builders import build_case_study, build_national
from reports.values import CaseStudy, Figure, MeasureLine, National, Pair
from tests.world import DEMO


@pytest.fixture
def abbot(world) -> CaseStudy:
    return build_case_study(world.enquiry)


@pytest.fixture
def bedfordshire(world) -> CaseStudy:
    return build_case_study(world.other_enquiry)


@pytest.fixture
def affinity(world) -> CaseStudy:
    return build_case_study(Enquiry.objects.get(alliance__key="affinity"))


@pytest.fixture
def national(world) -> National:
    numbers = world.programme.alliances.values_list("pk", flat=True)
    return build_national(world.programme, list(numbers), "All alliances")


def line(study: CaseStudy, name: str) -> MeasureLine:
    return next(each for table in study.measures for each in table.lines if each.name == name)


# ---- George Abbot --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "Self-assessed Ofsted grade, start to end of year 1",
            ("1.82", "start of project", "1.57", "end of year 1", "−0.25", "better"),
        ),
        (
            "Self-assessed Ofsted grade, start to end of project",
            ("1.82", "start of project", "1.45", "end of year 2", "−0.37", "better"),
        ),
        ("Teachers taking part", ("36 teachers", "year 1", "18 teachers", "year 2", "−18", "")),
        ("Schools taking part", ("5 schools", "year 1", "3 schools", "year 2", "−2", "")),
        (
            "Cross-phase partners as described in year 2",
            ("", "", "12 teachers", "year 2", "", ""),
        ),
    ],
)
def test_change_is_signed_and_judged_only_where_the_good_end_is_known(abbot, name, shown):
    told = line(abbot, name)

    assert (
        told.baseline,
        told.baseline_when,
        told.outcome,
        told.outcome_when,
        told.change,
        told.verdict,
    ) == shown


def test_distribution_is_told_in_the_order_of_its_scale(abbot):
    told = line(abbot, "Effect of project strand: Cross-phase working")

    note = (
        "No earlier rating; asked at the end only; note says only ten took part in cross-phase work"
    )
    assert told.n == "10"
    assert told.categories == [
        ["rated 1 of 5", "", "0 teachers", note],
        ["rated 2 of 5", "", "2 teachers", note],
        ["rated 3 of 5", "", "1 teacher", note],
        ["rated 4 of 5", "", "3 teachers", note],
        ["rated 5 of 5", "", "4 teachers", note],
    ]


def test_measure_in_words_keeps_its_words(abbot):
    told = line(abbot, "Students' awareness of change in teaching")

    assert (told.baseline, told.outcome, told.change, told.words) == (
        "",
        "",
        "",
        STUDENTS_NOTICED,
    )


STUDENTS_NOTICED = (
    "Students noticed that teachers' behaviour and approach had changed; detailed remarks in "
    "appendix four"
)


def test_measures_stand_in_tables_by_level(abbot):
    assert [(table.title, len(table.lines)) for table in abbot.measures] == [
        ("Pupils", 2),
        ("Teachers", 18),
        ("Schools", 1),
    ]


def test_chart_of_answers_gives_shares_and_says_counts(abbot):
    stacked = next(chart for chart in abbot.charts if chart.kind == "stacked")

    assert stacked.title == "How answers spread: Effect of project strand"
    assert stacked.note == "Teachers at the end of the two years. Number of teachers."
    assert stacked.series == [f"Rated {point} of 5" for point in range(1, 6)]
    assert [(row.label, row.detail, row.values) for row in stacked.rows[:2]] == [
        ("Coaching", "n = 18", [0.0, 16.7, 16.7, 33.3, 33.3]),
        ("Peer planning", "n = 18", [0.0, 0.0, 44.4, 27.8, 27.8]),
    ]
    assert stacked.rows[0].texts == ["0", "3", "3", "6", "6"]


def test_what_the_alliance_says_stands_before_what_the_programme_says(abbot, world):
    assert (abbot.title, abbot.focus, abbot.question) == (
        "Peer-to-peer coaching between and within schools",
        world.enquiry.focus,
        world.enquiry.listing.question,
    )


def test_claims_of_the_programme_and_of_the_alliance_are_kept_apart(abbot):
    assert [claim.first for claim in abbot.claims] == ["Teachers", "The alliance", "The alliance"]
    assert abbot.alliance_impact[0] == (
        "Barriers between the lead school and local primaries were lowered [C4]"
    )


def test_schools_are_told_in_their_order_with_what_became_of_them(abbot):
    assert [(school.name, school.part) for school in abbot.schools] == [
        ("George Abbot School", "Lead school"),
        ("Two secondary schools in year 1 (not named)", "Taking part"),
        ("One special school in year 1 (not named)", "Left"),
        ("Two primary schools (not named)", "Taking part"),
    ]


def test_trial_stands_in_its_cycle_without_who_logged_it(abbot):
    assert [len(cycle.trials) for cycle in abbot.cycles] == [0, 1]
    assert asdict(abbot.cycles[1].trials[0]) == {
        "on": "3 February 2026",
        "strategy": "Paired planning",
        "with_whom": "Year 8, two mixed groups",
        "done": "Planned one lesson together and taught it twice.",
        "experienced": "Pupils asked more questions the second time.",
        "reflection": "Planning together changed what we listened for.",
        "recommendation": "Keep the pairs and change the room.",
        "mark": "",
    }


def test_quotations_say_when_they_are_reported(abbot):
    assert abbot.quotations[0] == Pair(
        "Now looks at pupils, and at observing lessons, in another way.",
        "teacher, on coaching (reported)",
    )


@pytest.mark.parametrize(
    ("started", "ended", "period"),
    [
        ("", "", ""),
        ("2012", "", "2012"),
        ("2013-09", "2014-07", "September 2013 to July 2014"),
        ("", "2014-10", "October 2014"),
    ],
)
def test_period_is_told_in_words(world, started, ended, period):
    world.enquiry.started, world.enquiry.ended = started, ended

    assert build_case_study(world.enquiry).period == period


# ---- small groups --------------------------------------------------------------------------


SMALL = [
    "Behaviour of one pupil premium pupil",
    "Progress of pupil premium pupils as judged by triads",
    "Points progress of two lower ability pupils",
    "Progress of higher attainers",
    "Progress of pupil premium students in A-level English",
    "Pupil premium students completing the vectors question (text, group 1)",
    "Pupil premium students completing the vectors question (text, group 2)",
]


@pytest.mark.parametrize("name", SMALL)
def test_figures_about_few_pupils_are_withheld(bedfordshire, name):
    told = line(bedfordshire, name)

    shown = {told.baseline, told.outcome, told.change, *(c for row in told.categories for c in row)}
    assert shown - {""} == {"[c]"}
    assert (told.n, told.words, told.verdict) == ("", "", "")


def test_two_categories_are_withheld_so_that_neither_can_be_worked_out(bedfordshire):
    told = line(bedfordshire, "Students on A-level English timed essay")

    assert [row[:3] for row in told.categories] == [
        ["grades A and B", "0 students", "17 students"],
        ["grade D", "[c]", "0 students"],
        ["grades E and U", "[c]", "0 students"],
    ]


def test_withheld_size_is_told_nowhere_else(bedfordshire):
    told = json.dumps(asdict(bedfordshire))

    assert "2 at grade D" not in told
    assert "all 17 were D" not in told


def test_symbols_are_explained_where_they_are_used(bedfordshire, abbot):
    assert bedfordshire.symbols == [Pair("[c]", "withheld, because it rests on few pupils")]
    assert abbot.symbols == []


def test_people_of_the_alliance_see_its_small_figures(world):
    exact = build_case_study(world.other_enquiry, exact=True)

    assert exact.symbols == []
    assert [
        row[:3] for row in line(exact, "Students on A-level English timed essay").categories
    ] == [
        ["grades A and B", "0 students", "17 students"],
        ["grade D", "2 students", "0 students"],
        ["grades E and U", "15 students", "0 students"],
    ]


def test_chart_draws_nothing_that_is_withheld(bedfordshire):
    rows = [row for chart in bedfordshire.charts for row in chart.rows]

    withheld = [
        value
        for row in rows
        for value, symbol in zip(row.values, row.symbols, strict=True)
        if symbol == "c"
    ]
    few = {f"{n}{words}" for n in range(1, 6) for words in ("", " student", " students")}
    assert set(withheld) == {None}
    assert len(withheld) > 20
    assert few & {text for row in rows for text in row.texts} == set()


# ---- a bare listing ------------------------------------------------------------------------


STATED = (
    "One school is writing lesson study into its CPD programme, budget and teachers' performance "
    "objectives."
)


def test_bare_listing_tells_what_the_programme_says_and_nothing_else(affinity):
    told = {name: value for name, value in asdict(affinity).items() if value}

    assert told == {
        "service": "Alliance Enquiry",
        "agency": "National College for Teaching and Leadership",
        "programme": "Teaching schools R&D network national themes project 2012-14",
        "alliance": "Affinity TSA",
        "title": "Lesson study.",
        "focus": "Lesson study.",
        "methods": ["lesson study"],
        "claims": [
            {
                "first": "Schools",
                "second": f"{STATED} [C1]",
            }
        ],
        "rests_on": [
            {
                "mark": "C1",
                "statement": STATED,
                "marks": [],
                "strength": "",
                "state": "As printed: 000:760",
                "claim": affinity.rests_on[0].claim,
            }
        ],
        "sources": ["The programme's published reports, where they cite the alliance."],
        "threshold": 6,
    }


def test_sources_name_what_each_account_rests_on(abbot, bedfordshire):
    printed = "The programme's published reports, where they cite the alliance."
    assert abbot.sources == [
        "The alliance's published account of its project, lines 2596 to 3216.",
        printed,
        "Entries, measures and readings logged by the alliance.",
    ]
    assert bedfordshire.sources[1:] == [printed]


# ---- the nation ----------------------------------------------------------------------------


def listed() -> dict[str, dict]:
    programme = json.loads(Path(DEMO / "programme.json").read_text())
    return {alliance["key"]: alliance for alliance in programme["alliances"]}


def test_national_figures_are_of_the_programme_and_of_the_selection(national):
    assert national.figures == [
        Figure("98", "alliances funded by the programme"),
        Figure("4", "alliances in this report", "alliances"),
        Figure("2", "with a full account of their enquiry", "accounts"),
        Figure("71", "measures recorded", "accounts"),
    ]


def test_national_table_says_what_is_not_known(national):
    told = [(a.name, a.theme, a.cohort, a.region, a.phase, a.measures) for a in national.alliances]

    assert told == [
        ("Affinity TSA", "Not stated", "", "", "No cycle logged", 0),
        (
            "Central Bedfordshire Teaching School Partnership",
            "Theme 3",
            "",
            "Central Bedfordshire",
            "Impact",
            50,
        ),
        ("George Abbot Teaching School Alliance", "Theme 3", "", "Surrey", "Impact", 21),
        ("Jurassic Coast TSA", "Theme 3", "", "Dorset", "No cycle logged", 0),
    ]


def test_messages_cite_the_alliances_that_the_programme_cites(national, world):
    numbers = {
        a.name: listed()[a.key]["key_messages_cited"] for a in world.programme.alliances.all()
    }
    cited = {
        name: [message.number for message in national.messages if name in message.alliances]
        for name in numbers
    }

    assert cited == numbers
    assert [message.number for message in national.messages] == list(range(1, 14))


def test_chart_of_messages_counts_their_alliances(national):
    chart = national.charts[-1]

    assert [row.values for row in chart.rows] == [
        [n] for n in (2, 3, 2, 1, 2, 1, 1, 2, 0, 2, 1, 0, 0)
    ]


def test_examples_of_impact_stand_by_level(national, world):
    told = {level.title: len(level.examples) for level in national.levels}
    of_the_programme = [
        (claim["level"], claim["statement"])
        for alliance in world.programme.alliances.all()
        for claim in listed()[alliance.key]["reported_impact"]
    ]

    assert list(told) == [title for title in LEVELS.values() if title in told]
    shown = {
        (level.level, example.statement) for level in national.levels for example in level.examples
    }
    assert set(of_the_programme) - shown == set()


LEVELS = {"pupil": "Pupils", "teacher": "Teachers", "school": "Schools", "alliance": "The alliance"}


def test_reflections_and_challenges_do_not_say_whose_they_are(national, world):
    told = json.dumps([[asdict(each) for each in national.reflections + national.challenges]])

    assert [a.name for a in world.programme.alliances.all() if a.name in told] == []


def test_selection_is_all_that_is_told(world):
    chosen = [world.programme.alliances.get(key="jurassic").pk]

    told = build_national(world.programme, chosen, "“trio”")

    assert ([a.name for a in told.alliances], told.about) == (["Jurassic Coast TSA"], "“trio”")
    assert (told.reflections, told.challenges, told.behaviours) == ([], [], [])
    assert {e.alliance for level in told.levels for e in level.examples} == {"Jurassic Coast TSA"}


def test_dates_of_events_are_in_words(national):
    assert [event.first for event in national.events] == [
        "November 2011",
        "per cohort",
        "2012, 2013 and 2014",
        "November 2014",
    ]


def test_unit_without_a_value_is_not_a_figure(national):
    assert [fact.second for fact in national.facts if fact.second == "GBP"] == []


@pytest.mark.parametrize("keys", [["georgeabbot"], ["affinity", "georgeabbot", "centralbeds"]])
def test_national_report_takes_as_many_queries_for_one_as_for_three(
    world, keys, django_assert_num_queries
):
    numbers = list(world.programme.alliances.filter(key__in=keys).values_list("pk", flat=True))

    with django_assert_num_queries(31):
        build_national(world.programme, numbers, "Some")
