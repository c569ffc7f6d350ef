"""Which way each measure went, as one finding among many, and why where that cannot be told."""

from dataclasses import dataclass

from impact.conclusions import conclude
from impact.statistics import Verdict
from impact.values import MeasureValues

VERDICTS = {
    "conclude-better": Verdict.IMPROVED,
    "conclude-unchanged": Verdict.UNCHANGED,
    "conclude-worse": Verdict.WORSE,
}
# What is no result of an enquiry at all.
NO_FINDING = {"conclude-background", "conclude-reach"}
# Why a verdict cannot be told: the first of these that a measure falls under.
WHY = (
    "conclude-withheld",
    "conclude-words",
    "conclude-nothing",
    "conclude-nobody",
    "conclude-baseline-only",
    "conclude-outcome-only",
    "conclude-no-direction",
    "conclude-unlike",
    "conclude-distribution",
)


@dataclass(frozen=True)
class Finding:
    """A measure's verdict; ``why`` is the rule of conclusions that leaves it untold."""

    level: str
    verdict: Verdict
    why: str = ""


def finding_of(measure: MeasureValues) -> Finding | None:
    """The finding of a measure; None where it is background or tells how many took part."""
    codes = conclude(measure).codes
    if NO_FINDING & {*codes}:
        return None
    told = [VERDICTS[code] for code in codes if code in VERDICTS]
    if told:
        return Finding(measure.level, told[0])
    return Finding(measure.level, Verdict.UNTOLD, next(why for why in WHY if why in codes))
