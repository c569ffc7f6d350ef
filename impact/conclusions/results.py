"""Results of statistics as sentences."""

from alliances.content import words
from impact.statistics import Interval, Kind, Pooled, Result, Spread, Unsaid
from impact.statistics.results import Assumption
from impact.wording import number, rounded

SHARES = {Kind.SHARE, Kind.SHARE_IMPROVED, Kind.SUPERIORITY}


def sentence_of(result: Result | Unsaid) -> str:
    """One sentence: the figure and its interval, or why there is none."""
    if isinstance(result, Unsaid):
        return f"{_text('reason', result.reason)}."
    spread = "" if result.spread is Spread.NONE else _text("spread", result.spread)
    shown = _number(result, result.estimate)
    said = _text("figure", result.kind).format(estimate=shown, spread=spread)
    return f"{'; '.join([said, *map(_assumed, result.assumed), _interval(result)])}."


def sentences_of(pooled: Pooled) -> list[str]:
    """The pooled effect, how much the results differ, and where one more may lie."""
    part = f"{number(round(100 * pooled.i2))}%"
    said = [sentence_of(pooled), f"{_text('figure', 'heterogeneity').format(estimate=part)}."]
    if isinstance(pooled.prediction, Interval):
        low, high = (
            _number(pooled, end) for end in (pooled.prediction.low, pooled.prediction.high)
        )
        said.append(f"{_text('figure', 'prediction').format(low=low, high=high)}.")
    return said


def _interval(result: Result) -> str:
    interval = result.interval
    if isinstance(interval, Interval):
        low, high = (_number(result, end) for end in (interval.low, interval.high))
        return f"{interval.level}% confidence interval {low} to {high}"
    why = _text("reason", interval.reason)
    return f"no interval, because {why[0].lower()}{why[1:]}"


def _number(result: Result, value: float) -> str:
    """To two places; shares in per cent and their differences in percentage points, to one.

    To more where a figure would else read as none or as all.
    """
    if result.kind in SHARES:
        return f"{number(rounded(100 * value, 1, whole=100))}%"
    if result.kind is Kind.DIFFERENCE_OF_SHARES:
        return number(rounded(100 * value, 1))
    return number(rounded(value, 2))


def _assumed(assumption: Assumption) -> str:
    return _text("assumed", assumption.what).format(value=number(assumption.value))


def _text(sort: str, code: str) -> str:
    return words("impact", "statistics")[f"{sort}-{code}"].text
