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
from impact.models.plans import DataTest, ImpactPlan, MethodPlacing
from impact.models.uploads import Upload

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
    "MethodPlacing",
    "Reading",
    "Upload",
]
