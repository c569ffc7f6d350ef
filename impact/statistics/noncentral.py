"""The noncentral t distribution, turned round: which effects would make a t like this likely."""

import math

from impact.statistics.results import TAIL, Interval

# How far from its first guess the limit is looked for, in parts of the guess.
NEAR = 1e-3
# From here on scipy's distribution fails, and that of the standard deviation is all that matters.
LARGEST = 1000


def effects_behind(t: float, df: float) -> Interval:
    """The noncentralities at whose 2.5 and 97.5 per cent points ``t`` lies.

    ``df`` above 0. Steiger and Fouladi (1997), Noncentrality interval estimation; scipy has the
    distribution and a first guess at its inverse, which is then made exact. For a ``t`` beyond
    1,000 either way the limits are those of the chi distribution, right to about four figures.
    """
    if abs(t) > LARGEST:
        return _of_chi(t, df)
    return Interval(_noncentrality(t, df, 1 - TAIL), _noncentrality(t, df, TAIL))


def _noncentrality(t: float, df: float, share: float) -> float:
    from scipy.optimize import brentq
    from scipy.special import nctdtr, nctdtrinc

    guess = nctdtrinc(df, share, t)
    reach = NEAR * (1 + abs(guess))
    return float(
        brentq(
            lambda nc: nctdtr(df, nc, t) - share,
            guess - reach,
            guess + reach,
            xtol=1e-13,
            rtol=1e-14,
        )
    )


def _of_chi(t: float, df: float) -> Interval:
    """The limits where the normal part of t is nothing beside its divisor."""
    from scipy.special import chdtri

    low, high = sorted(t * math.sqrt(chdtri(df, share) / df) for share in (TAIL, 1 - TAIL))
    return Interval(float(low), float(high))


def small_sample(df: float) -> float:
    """Hedges' factor J that takes the bias out of a standardised difference; ``df`` of 2 or more.

    gamma(df/2) / (sqrt(df/2) gamma((df-1)/2)), Hedges (1981), equation 6e.
    """
    halves = math.lgamma(df / 2) - math.lgamma((df - 1) / 2)
    return math.exp(halves - math.log(df / 2) / 2)
