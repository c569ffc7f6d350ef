from impact.models.measure import (
    Better,
    Category,
    Claim,
    Count,
    ImpactExample,
    Level,
    Measure,
    Reading,
)

__all__ = [
    "Better",
    "Category",
    "Claim",
    "Count",
    "ImpactExample",
    "Level",
    "Measure",
    "Reading",
]
