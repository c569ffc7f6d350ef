"""Statistics of before and after, with and without: numbers in, frozen results out.

Nothing here knows of the site. What cannot be said is an answer with its reason, never a NaN;
input that cannot be true raises ValueError. scipy and statsmodels load when first needed.
"""

from impact.statistics.classes import USUAL_ICC, ClassResult, as_classes, g_of_classes
from impact.statistics.groups import adjusted_g, hedges_g, hedges_g_of_summaries
from impact.statistics.months import Months, MonthsOfProgress, Table, months, months_of
from impact.statistics.ordered import shift, superiority
from impact.statistics.results import (
    Assumed,
    Assumption,
    Basis,
    Interval,
    Kind,
    Reason,
    Result,
    Spread,
    Unsaid,
)
from impact.statistics.samples import Scores, Share, Summary, summary_of
from impact.statistics.shares import difference_of_shares, share
from impact.statistics.single import (
    change_in_baseline_spreads,
    change_of_means,
    correlation_of,
    mean_change,
    share_improved,
    standardised_change,
)
from impact.statistics.synthesis import (
    Pooled,
    Study,
    Verdict,
    Weighed,
    count_findings,
    pool,
    study_of,
)

__all__ = [
    "USUAL_ICC",
    "Assumed",
    "Assumption",
    "Basis",
    "ClassResult",
    "Interval",
    "Kind",
    "Months",
    "MonthsOfProgress",
    "Pooled",
    "Reason",
    "Result",
    "Scores",
    "Share",
    "Spread",
    "Study",
    "Summary",
    "Table",
    "Unsaid",
    "Verdict",
    "Weighed",
    "adjusted_g",
    "as_classes",
    "change_in_baseline_spreads",
    "change_of_means",
    "correlation_of",
    "count_findings",
    "difference_of_shares",
    "g_of_classes",
    "hedges_g",
    "hedges_g_of_summaries",
    "mean_change",
    "months",
    "months_of",
    "pool",
    "share",
    "share_improved",
    "shift",
    "standardised_change",
    "study_of",
    "summary_of",
    "superiority",
]
