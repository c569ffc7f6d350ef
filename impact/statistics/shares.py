"""Parts of a whole: one with its interval, and the difference of two."""

from impact.statistics.results import (
    TAIL,
    Basis,
    Interval,
    Kind,
    Reason,
    Result,
    Unsaid,
    nothing_on,
)
from impact.statistics.samples import Share


def share(part: Share, *, kind: Kind = Kind.SHARE) -> Result | Unsaid:
    """A share, from 0 to 1, with its Wilson interval (1927), which stays within 0 and 1."""
    from statsmodels.stats.proportion import proportion_confint

    if not part.of:
        return Unsaid(Reason.NOTHING_MEASURED)
    low, high = proportion_confint(part.count, part.of, alpha=2 * TAIL, method="wilson")
    return Result(kind, part.value, Interval(float(low), float(high)), part.of)


def difference_of_shares(
    before: Share, after: Share, *, basis: Basis = Basis.DESCRIPTIVE
) -> Result | Unsaid:
    """The second share less the first, from -1 to 1, with Newcombe's hybrid score interval (1998).

    It takes the two for different people. Where the same people answered twice, or there is no
    telling, the interval is wider than it need be. For two arms, the comparison goes first.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    if not (before.of and after.of):
        return nothing_on(basis)
    low, high = confint_proportions_2indep(
        after.count,
        after.of,
        before.count,
        before.of,
        method="newcomb",
        compare="diff",
        alpha=2 * TAIL,
    )
    return Result(
        Kind.DIFFERENCE_OF_SHARES,
        after.value - before.value,
        Interval(float(low), float(high)),
        before.of + after.of,
        basis,
    )
