"""A measure as one finding among many: every one has a verdict or a reason for none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.findings import Finding, finding_of
from impact.statistics import Verdict
from impact.values import Symbol, Tally, Value
from tests.impact.statistics.samples import QUICK
from tests.impact.test_conclusions import AFTER, BEFORE, at, counted, measure


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([BEFORE, AFTER], Finding("pupil", Verdict.IMPROVED)),
        ([BEFORE, at("outcome", 80)], Finding("pupil", Verdict.WORSE)),
        ([BEFORE, at("outcome", 90)], Finding("pupil", Verdict.UNCHANGED)),
        ([at("change", 0)], Finding("pupil", Verdict.UNCHANGED)),
        ([AFTER], Finding("pupil", Verdict.UNTOLD, "conclude-outcome-only")),
        ([BEFORE], Finding("pupil", Verdict.UNTOLD, "conclude-baseline-only")),
        ([], Finding("pupil", Verdict.UNTOLD, "conclude-nothing")),
        (
            [BEFORE.suppressed(), AFTER.suppressed()],
            Finding("pupil", Verdict.UNTOLD, "conclude-withheld"),
        ),
        (
            [counted("baseline", A=3, B=4), counted("outcome", A=2, B=5)],
            Finding("pupil", Verdict.UNTOLD, "conclude-distribution"),
        ),
    ],
)
def test_finding_of_a_measure(readings, expected):
    assert finding_of(measure(*readings)) == expected


@pytest.mark.parametrize("fields", [{"note": "Context figure"}, {"name": "Schools taking part"}])
def test_background_and_reach_are_no_findings(fields):
    assert finding_of(measure(BEFORE, AFTER, **fields)) is None


number = st.one_of(st.none(), st.integers(0, 30))
readings = st.lists(
    st.builds(
        Value,
        moment=st.sampled_from(["baseline", "interim", "outcome", "change"]),
        when=st.just(""),
        value=number,
        of=st.one_of(st.none(), st.integers(30, 40)),
        n=number,
        words=st.sampled_from(["", "Better"]),
        symbol=st.sampled_from([Symbol.NONE, Symbol.NOT_COLLECTED, Symbol.SUPPRESSED]),
        tallies=st.lists(
            st.builds(Tally, label=st.sampled_from("AB"), value=number), max_size=2
        ).map(tuple),
    ),
    max_size=4,
)


@QUICK
@given(readings, st.sampled_from(["higher", "lower", "unstated"]))
def test_every_measure_has_a_verdict_or_a_reason(each, better):
    found = finding_of(measure(*each, better=better))

    assert bool(found.why) == (found.verdict is Verdict.UNTOLD)
