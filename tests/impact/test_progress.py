"""From baseline to target: what other systems of this kind get wrong."""

import pytest

from impact.progress import Progress, State, progress, progress_of
from impact.values import MeasureValues, Symbol, Value


@pytest.mark.parametrize(
    ("baseline", "actual", "target", "better", "share"),
    [
        (50, 55, 60, "higher", 0.5),
        (20, 15, 10, "lower", 0.5),
        (50, 45, 60, "higher", -0.5),
        (20, 25, 10, "lower", -0.5),
        (50, 50, 60, "higher", 0),
        (50, 60, 60, "higher", 1),
        (50, 65, 60, "higher", 1.5),
        (10, 0, 0, "lower", 1),
        (0, 0, 10, "higher", 0),
        (-5, 0, 5, "higher", 0.5),
    ],
)
def test_share_of_the_way(baseline, actual, target, better, share):
    found = progress(baseline, actual, target, better)

    assert found == Progress(State.AWAY if share < 0 else State.ON_THE_WAY, share)


@pytest.mark.parametrize(
    ("baseline", "actual", "target", "better", "state"),
    [
        (50, 50, 50, "higher", State.MAINTAINED),
        (0, 0, 0, "lower", State.MAINTAINED),
        (50, 55, 50, "higher", State.MAINTAINED),
        (50, 49, 50, "higher", State.LOST),
        (50, 51, 50, "lower", State.LOST),
        (50, None, 60, "higher", State.NOT_REPORTED),
        (None, None, 60, "higher", State.NOT_REPORTED),
        (None, 55, 60, "higher", State.NO_BASELINE),
        (50, 55, None, "higher", State.NO_TARGET),
        (50, 55, 60, "unstated", State.DIRECTION_NOT_STATED),
        (50, 45, 40, "higher", State.TARGET_BEHIND),
    ],
)
def test_no_share_of_the_way(baseline, actual, target, better, state):
    assert progress(baseline, actual, target, better) == Progress(state)


def measure(*readings, target=60.0, better="higher"):
    return MeasureValues(
        1, "pupil", "Age", "test", "", "", "Year 8", "", better, "", False, readings, target=target
    )


def at(moment, value=None, **fields):
    return Value(moment=moment, when="", value=value, **fields)


BASELINE = at("baseline", 50)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([BASELINE, at("outcome", 55)], Progress(State.ON_THE_WAY, 0.5)),
        ([BASELINE, at("interim", 52), at("interim", 55)], Progress(State.ON_THE_WAY, 0.5)),
        ([BASELINE, at("outcome", 55), at("interim", 60)], Progress(State.ON_THE_WAY, 1)),
        (
            [BASELINE, at("interim", 55), at("outcome", symbol=Symbol.NOT_COLLECTED)],
            Progress(State.ON_THE_WAY, 0.5),
        ),
        ([BASELINE, at("outcome", 0)], Progress(State.AWAY, -5)),
        (
            [at("baseline", 10, of=20), at("outcome", 11, of=20)],
            Progress(State.ON_THE_WAY, pytest.approx(0.5)),
        ),
        ([BASELINE], Progress(State.NOT_REPORTED)),
        ([BASELINE, at("outcome", 0, of=0)], Progress(State.NOT_REPORTED)),
        ([BASELINE, at("change", 3)], Progress(State.NOT_REPORTED)),
        ([BASELINE, at("outcome", symbol=Symbol.SUPPRESSED)], Progress(State.WITHHELD)),
        ([at("baseline", symbol=Symbol.SUPPRESSED), at("outcome", 5)], Progress(State.WITHHELD)),
        ([], Progress(State.NOT_REPORTED)),
    ],
)
def test_progress_of_a_measure(readings, expected):
    assert progress_of(measure(*readings)) == expected


def test_withheld_figure_without_a_target_has_no_target():
    found = progress_of(measure(at("baseline", symbol=Symbol.SUPPRESSED), target=None))

    assert found == Progress(State.NO_TARGET)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Progress(State.ON_THE_WAY, 0.5), "50% of the way from the baseline to the target"),
        (
            Progress(State.AWAY, -0.254),
            "−25% of the way to the target: it is worse than the baseline",
        ),
        (
            Progress(State.AWAY, -0.002),
            "−0.2% of the way to the target: it is worse than the baseline",
        ),
        (Progress(State.ON_THE_WAY, 0.996), "99.6% of the way from the baseline to the target"),
        (Progress(State.ON_THE_WAY, 1.0), "100% of the way from the baseline to the target"),
        (Progress(State.ON_THE_WAY, 0.0), "0% of the way from the baseline to the target"),
        (Progress(State.NO_TARGET), "No target is set"),
    ],
)
def test_progress_in_words(found, text):
    assert found.text == text


@pytest.mark.parametrize("state", State)
def test_every_state_has_words(state):
    assert Progress(state, 0.5).text
