"""How far a measure has come from its baseline to its target, in its own good direction."""

from dataclasses import dataclass
from enum import StrEnum

from alliances.content import words
from impact.values import MeasureValues, Symbol, Value
from impact.wording import number, rounded


class State(StrEnum):
    """Whether a share of the way can be told, and if not, why."""

    ON_THE_WAY = "progress-share"
    AWAY = "progress-away"
    MAINTAINED = "progress-maintained"
    LOST = "progress-lost"
    NOT_REPORTED = "progress-not-reported"
    WITHHELD = "progress-withheld"
    NO_BASELINE = "progress-no-baseline"
    NO_TARGET = "progress-no-target"
    TARGET_BEHIND = "progress-target-behind"
    DIRECTION_NOT_STATED = "progress-direction-not-stated"


@dataclass(frozen=True)
class Progress:
    """``share`` of the way: 0.5 is half of it, above 1 beyond the target, below 0 the wrong way."""

    state: State
    share: float | None = None

    @property
    def text(self) -> str:
        """In plain words, such as '50% of the way from the baseline to the target'."""
        share = "" if self.share is None else f"{number(rounded(100 * self.share, whole=100))}%"
        return words("impact", "progress")[self.state].text.format(share=share)


def progress(
    baseline: float | None, actual: float | None, target: float | None, better: str
) -> Progress:
    """Progress of three figures in one unit; ``better`` is higher, lower or unstated.

    (actual - baseline) / (target - baseline), never clamped. Where the target is the baseline
    there is no way to go, only a level to keep.
    """
    if target is None:
        return Progress(State.NO_TARGET)
    if actual is None:
        return Progress(State.NOT_REPORTED)
    if baseline is None:
        return Progress(State.NO_BASELINE)
    if better not in ("higher", "lower"):
        return Progress(State.DIRECTION_NOT_STATED)
    sign = 1 if better == "higher" else -1
    return _gained(sign * (actual - baseline), sign * (target - baseline))


def _gained(gained: float, wanted: float) -> Progress:
    """Progress where more is better: what was gained, of what was wanted."""
    if wanted == 0:
        return Progress(State.MAINTAINED if gained >= 0 else State.LOST)
    if wanted < 0:
        return Progress(State.TARGET_BEHIND)
    return Progress(State.ON_THE_WAY if gained >= 0 else State.AWAY, gained / wanted)


def progress_of(measure: MeasureValues) -> Progress:
    """Progress of a measure's first baseline and its latest figure after it."""
    later = [r for r in measure.readings if r.moment in ("interim", "outcome")]
    reported = [r for r in later if _level(r) is not None]
    baseline = measure.at("baseline")
    last = reported[-1] if reported else None
    held = [baseline, *(later if last is None else [])]
    is_withheld = any(r and r.symbol is Symbol.SUPPRESSED for r in held)
    if measure.is_target_withheld or (measure.target is not None and is_withheld):
        return Progress(State.WITHHELD)
    return progress(
        _level(baseline) if baseline else None,
        _level(last) if last else None,
        measure.target,
        measure.better,
    )


def _level(reading: Value) -> float | None:
    """The figure a target is read against: in per cent where parts of a whole are counted."""
    if reading.value is None or reading.of is None:
        return reading.value
    return 100 * reading.value / reading.of if reading.of else None
