"""The noncentral t distribution, turned round: which effects would make a t like this likely."""

import math

from impact.statistics.results import TAIL, Interval

# How far from its first guess the limit is looked for, in parts of the guess.
NEAR = 1e-3
# From here on scipy's distribution fails, and that of t's divisor decides.
LARGEST = 1000
# Points at which a normal variable is taken, and how far from zero it is ever found.
POINTS, FARTHEST = 60, 10


def effects_behind(t: float, df: float) -> Interval:
    """The noncentralities at whose 2.5 and 97.5 per cent points ``t`` lies.

    ``df`` above 0. Steiger and Fouladi (1997), Noncentrality interval estimation; scipy has the
    distribution and a first guess at its inverse, which is then made exact. For a ``t`` beyond
    1,000 either way the distribution is summed up from that of its divisor.
    """
    if t < -LARGEST:
        mirrored = effects_behind(-t, df)
        return Interval(-mirrored.high, -mirrored.low)
    if t > LARGEST:
        return Interval(_behind_large(t, df, 1 - TAIL), _behind_large(t, df, TAIL))
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


def _behind_large(t: float, df: float, share: float) -> float:
    """The noncentrality that a normal variable Z and t times a chi one together exceed so often.

    With so large a t the chance given Z is smooth in Z, and Gauss and Hermite's sum is exact.
    """
    import numpy as np
    from scipy.optimize import brentq
    from scipy.special import chdtrc, chdtri

    normal, weights = np.polynomial.hermite_e.hermegauss(POINTS)
    weights /= weights.sum()

    def surplus(nc: float) -> float:
        divisor = np.maximum(nc + normal, 0) / t
        return float(weights @ chdtrc(df, df * divisor**2)) - share

    guess = t * math.sqrt(chdtri(df, share) / df)
    reach = FARTHEST + NEAR * guess
    return float(brentq(surplus, guess - reach, guess + reach, xtol=1e-13 * t, rtol=1e-14))


def small_sample(df: float) -> float:
    """Hedges' factor J that takes the bias out of a standardised difference; ``df`` of 2 or more.

    gamma(df/2) / (sqrt(df/2) gamma((df-1)/2)), Hedges (1981), equation 6e.
    """
    halves = math.lgamma(df / 2) - math.lgamma((df - 1) / 2)
    return math.exp(halves - math.log(df / 2) / 2)
