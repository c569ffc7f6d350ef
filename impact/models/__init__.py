from impact.models.claims import Backing, Claim, SignOff
from impact.models.examples import ImpactExample
from impact.models.groups import Group
from impact.models.matched import MatchedRow, MatchedSet
from impact.models.measure import Better, Category, Level, Measure
from impact.models.plans import DataTest, ImpactPlan, MethodPlacing
from impact.models.readings import Count, Reading
from impact.models.uploads import Upload

__all__ = [
    "Backing",
    "Better",
    "Category",
    "Claim",
    "Count",
    "DataTest",
    "Group",
    "ImpactExample",
    "ImpactPlan",
    "Level",
    "MatchedRow",
    "MatchedSet",
    "Measure",
    "MethodPlacing",
    "Reading",
    "SignOff",
    "Upload",
]
