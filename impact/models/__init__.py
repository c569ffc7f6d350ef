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
from impact.models.plans import DataTest, ImpactPlan

__all__ = [
    "Better",
    "Category",
    "Claim",
    "Count",
    "DataTest",
    "ImpactExample",
    "ImpactPlan",
    "Level",
    "Measure",
    "Reading",
]
