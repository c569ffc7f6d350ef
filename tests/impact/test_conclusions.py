"""What may and may not be concluded, case by case, and of measures of real alliances."""

from dataclasses import replace

import pytest

from alliances.content import words
from enquiries.models import Enquiry
from impact.conclusions import conclude
from impact.conclusions.rules import RULES
from impact.queries import measures_of
from impact.statistics import Basis, Interval, Kind, Reason, Result, Spread, Unsaid
from impact.values import MeasureValues, Symbol, Tally, Value
from tests import world as cast
from tests.impact.conftest import FILES


def measure(*readings, **fields):
    given = {
        "id": 1,
        "level": "pupil",
        "name": "Reading age",
        "instrument": "test",
        "scale": "",
        "unit": "months",
        "population": "Year 8",
        "group": "",
        "better": "higher",
        "note": "",
        "is_distribution": any(reading.tallies for reading in readings),
    }
    return MeasureValues(readings=readings, **given | fields)


def at(moment, value=None, **fields):
    return Value(moment=moment, when="", value=value, **{"n": 40} | fields)


def counted(moment, n=40, **sizes):
    tallies = tuple(Tally(label.replace("_", " "), size) for label, size in sizes.items())
    return Value(moment=moment, when="", n=n, tallies=tallies)


BEFORE, AFTER = at("baseline", 90), at("outcome", 99)
ROSE = ["better", "no-comparison"]


def codes(conclusion):
    return [code.removeprefix("conclude-") for code in conclusion.codes]


def test_every_rule_has_its_words_and_every_word_its_rule():
    assert set(RULES) == set(words("impact", "conclusions"))


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([BEFORE, AFTER], ROSE),
        ([at("baseline", words="Shy")], ["words"]),
        ([at("outcome", symbol=Symbol.NOT_COLLECTED)], ["nothing"]),
        ([], ["nothing"]),
        ([at("outcome", 0, n=0)], ["nobody"]),
        ([counted("baseline", n=0, A=0), counted("outcome", n=0, A=0)], ["nobody"]),
        ([at("baseline", symbol=Symbol.SUPPRESSED), AFTER], ["withheld"]),
        ([BEFORE], ["baseline-only"]),
        ([BEFORE, at("outcome", symbol=Symbol.NOT_COLLECTED)], ["baseline-only"]),
        ([AFTER], ["outcome-only"]),
        ([at("baseline", symbol=Symbol.NOT_COLLECTED), AFTER], ["outcome-only"]),
        ([at("change", 9)], ["change-only", *ROSE]),
        ([BEFORE, at("change", 9)], ["change-only", *ROSE]),
        ([BEFORE, at("outcome", 80)], ["worse", "no-comparison"]),
        ([BEFORE, at("interim", 80)], ["worse", "no-comparison"]),
        (
            [at("baseline", 5, of=40), at("outcome", 7)],
            ["unlike", "no-comparison"],
        ),
        ([BEFORE, at("outcome", 90)], ["unchanged", "no-comparison"]),
        ([at("baseline", 0), at("outcome", 0)], ["unchanged", "no-comparison"]),
        ([at("baseline", 90, n=36), at("outcome", 99, n=30)], [*ROSE, "numbers-differ"]),
        ([at("baseline", 9, of=36), at("outcome", 9, of=30)], [*ROSE, "numbers-differ"]),
        ([BEFORE, at("interim", 95), AFTER], [*ROSE, "points"]),
        ([at("baseline", 90, n=19), at("outcome", 99, n=19)], [*ROSE, "few"]),
        ([at("baseline", 90, n=20), at("outcome", 99, n=20)], ROSE),
        ([at("baseline", 90, n=1), at("outcome", 99, n=1)], [*ROSE, "one"]),
        ([BEFORE, at("outcome", 99, is_weak=True)], [*ROSE, "weak"]),
        ([at("outcome", 90, n=None)], ["outcome-only"]),
    ],
)
def test_readings_decide(readings, expected):
    assert codes(conclude(measure(*readings))) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"better": "unstated"}, ["no-direction", "no-comparison"]),
        ({"better": "lower"}, ["worse", "no-comparison"]),
        ({"note": "Given as background only"}, ["background", *ROSE]),
        ({"name": "Schools taking part"}, ["reach", *ROSE]),
        ({"note": "The group changed between years"}, [*ROSE, "group-changed"]),
        ({"name": "Gained at least one sub level"}, [*ROSE, "overlap"]),
        ({"name": "Spots words for more effect"}, ROSE),
        ({"population": "Pupils who first rated it low"}, [*ROSE, "earlier-answer"]),
        ({"note": "Hard to reconcile with the table"}, [*ROSE, "doubt"]),
        ({"note": "Worked out here from the table"}, [*ROSE, "derived"]),
    ],
)
def test_words_about_the_measure_decide(fields, expected):
    assert codes(conclude(measure(BEFORE, AFTER, **fields))) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("per cent", ["outcome-only", "number-unknown"]), ("schools", ["outcome-only"])],
)
def test_number_is_missed_only_behind_a_rate(unit, expected):
    assert codes(conclude(measure(at("outcome", 5, n=None), unit=unit))) == expected


@pytest.mark.parametrize(
    ("readings", "unit", "expected"),
    [
        ([counted("outcome", Low=10, High=30)], "pupils", ["outcome-only", "distribution"]),
        (
            [counted("baseline", Low=30, High=10), counted("outcome", Low=10, High=30)],
            "pupils",
            ["no-comparison", "distribution"],
        ),
        (
            [counted("baseline", Low=30), counted("outcome", Low=10, High=30)],
            "pupils",
            ["no-comparison", "distribution", "categories-differ"],
        ),
        ([counted("outcome", A=30, B=30)], "pupils", ["outcome-only", "distribution", "overlap"]),
        ([counted("outcome", A=51, B=51)], "per cent", ["outcome-only", "distribution"]),
        (
            [counted("outcome", A=60, B=60)],
            "per cent",
            ["outcome-only", "distribution", "overlap"],
        ),
        (
            [counted("outcome", at_least_one=20, two=20)],
            "pupils",
            ["outcome-only", "distribution", "overlap"],
        ),
    ],
)
def test_distributions(readings, unit, expected):
    assert codes(conclude(measure(*readings, unit=unit))) == expected


def compared(low, high, basis=Basis.COMPARISON):
    interval = Unsaid(Reason.ONE_CLASS) if basis is Basis.CLASSES else Interval(low, high)
    return Result(Kind.EFFECT_SIZE, 0.4, interval, 80, basis)


def adjusted(low, high):
    return replace(compared(low, high), spread=Spread.POOLED_OUTCOMES)


@pytest.mark.parametrize(
    ("result", "better", "expected", "side"),
    [
        (compared(0.1, 0.7), "higher", "apart", "ended ahead of the comparison"),
        (compared(-0.7, -0.1), "higher", "apart", "ended behind the comparison"),
        (compared(0.1, 0.7), "lower", "apart", "ended behind the comparison"),
        (compared(-0.7, -0.1), "lower", "apart", "ended ahead of the comparison"),
        (compared(-0.7, -0.1), "unstated", "apart", "ended apart from the comparison"),
        (compared(-0.1, 0.7), "higher", "level", "no difference from the comparison"),
        (compared(0, 0, Basis.CLASSES), "higher", "classes", "how the two classes differed"),
    ],
)
def test_comparison_takes_the_place_of_its_absence(result, better, expected, side):
    found = conclude(measure(BEFORE, AFTER, better=better), [result])

    assert codes(found)[1:] == [expected]
    assert side in found.may[1]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([compared(0.1, 0.7), compared(0.2, 0.9)], "apart"),
        ([compared(0.1, 0.7), compared(-0.2, 0.9)], "mixed"),
        ([compared(-0.2, 0.9), compared(0.1, 0.7)], "mixed"),
        ([compared(0.1, 0.7), compared(-0.7, -0.1)], "mixed"),
        ([compared(-0.1, 0.7), compared(-0.2, 0.9)], "level"),
        ([adjusted(-0.1, 0.5), compared(0.1, 0.7)], "level"),
        ([adjusted(0.1, 0.5), compared(-0.1, 0.7), adjusted(-0.2, 0.5)], "mixed"),
    ],
)
def test_no_comparison_is_picked_among_several(results, expected):
    assert codes(conclude(measure(BEFORE, AFTER), results))[1:] == [expected]


def test_descriptive_result_is_no_comparison():
    result = Result(Kind.MEAN_CHANGE, 9, Interval(4, 14), 40)

    found = conclude(measure(BEFORE, AFTER), [result])

    assert codes(found) == ROSE
    assert found.says == [
        "It went from 90 months to 99 months, towards the good end of its scale.",
        "This is descriptive: there is no comparison group.",
        "On average it changed by 9; 95% confidence interval 4 to 14.",
    ]


def test_measure_of_matched_scores_alone_has_values():
    assert codes(conclude(measure(), [compared(0.1, 0.7)])) == ["apart"]
    assert codes(conclude(measure(), [Unsaid(Reason.EMPTY_ARM)])) == ["nothing"]


def test_decline_is_told_as_one():
    found = conclude(measure(BEFORE, at("outcome", 80)))

    assert found.says[0] == (
        "It went from 90 months to 80 months, away from the good end of its scale."
    )
    assert found.may_not[0] == "Leave it out, or tell it as a success: a decline is a finding too."


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ([BEFORE, at("outcome", 90)], "It stayed at 90 months: no change was seen."),
        ([at("change", 1.5)], "It changed by +1.5, towards the good end of its scale."),
    ],
)
def test_how_it_moved(readings, said):
    assert said in conclude(measure(*readings)).says


def test_a_sentence_is_said_once():
    notes = "The group changed, and another cohort came"

    found = conclude(measure(at("baseline", 1, n=30), at("outcome", 2, n=25), note=notes))

    assert len(found.may_not) == len(set(found.may_not))


REAL = [
    (
        "aet",
        "Pupils making two levels of progress in writing by the end of KS2",
        ["background", "worse", "no-comparison", "number-unknown"],
    ),
    (
        "aet",
        "P-level of one pupil with SEND",
        ["better", "no-comparison", "one"],
    ),
    (
        "aet",
        "Average points progress in writing",
        ["change-only", "better", "no-comparison", "number-unknown"],
    ),
    (
        "aet",
        "Confidence: moved from 'not very good' to",
        ["outcome-only", "distribution", "earlier-answer", "number-unknown"],
    ),
    (
        "aet",
        "Pupils gaining one or more sub levels in writing",
        ["outcome-only", "overlap"],
    ),
    (
        "camden",
        "Enthusiasm for mathematics rated 1 (very enthusiastic)",
        ["no-direction", "no-comparison", "number-unknown"],
    ),
    (
        "centralbeds",
        "ALPS rating of the A-level English group",
        ["better", "no-comparison"],
    ),
    (
        "centralbeds",
        "Vectors question",
        ["no-comparison", "distribution", "categories-differ"],
    ),
    (
        "georgeabbot",
        "Self-assessed Ofsted grade, start to end of project",
        ["better", "no-comparison", "group-changed", "number-unknown"],
    ),
    (
        "georgeabbot",
        "Effect of project strand: Coaching",
        ["outcome-only", "distribution", "few"],
    ),
    ("jurassic", "Progress scores of classes in trios", ["words"]),
]


def test_hard_cases_of_real_alliances(programme):
    cast.import_enquiries(cast.enquiry_docs(*FILES.values()), programme=programme, by=None)
    told = [
        (enquiry.alliance.key, each.name, conclude(each))
        for enquiry in Enquiry.objects.select_related("alliance")
        for each in measures_of(enquiry, exact=True)
    ]
    first = {(key, name): conclusion for key, name, conclusion in reversed(told)}

    found = [(key, name, codes(first[key, name])) for key, name, _ in REAL]

    assert found == REAL
    assert [name for _, name, conclusion in told if not conclusion.says] == []
