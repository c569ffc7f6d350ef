"""Figures worked out another way: in fractions, in 50 digits, or by integrating a density."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import numpy as np
from scipy import special
from scipy.optimize import brentq

DIGITS = 50
HALF = Decimal("0.5")
SHARES = (0.975, 0.025)
# Gauss and Legendre's points and weights for one stretch of the divisor of t.
POINTS, WEIGHTS = np.polynomial.legendre.leggauss(400)
# A chi divisor is hardly ever, and a normal variable never, farther out than this.
NEVER, FARTHEST = 1e-22, 9


def exact_j(df: int) -> float:
    """Hedges' correction by the binomial coefficient its two gamma functions come down to."""
    half, is_odd = divmod(df, 2)
    if is_odd:
        ratio = Fraction(half * math.comb(2 * half, half), 4**half)
        return float(ratio) * math.sqrt(math.pi / (df / 2))
    return float(Fraction(4 ** (half - 1), math.comb(df - 2, half - 1))) / math.sqrt(math.pi * half)


def exact_correlation(first: list[float], second: list[float]) -> float:
    xx, xy, yy = (_products(one, other) for one, other in _pairs_of(first, second))
    return math.copysign(math.sqrt(xy**2 / (xx * yy)), xy)


def exact_sd(scores: list[float]) -> float:
    return math.sqrt(_products(scores, scores) / (len(scores) - 1))


def exact_mean(scores: list[float]) -> Fraction:
    return sum(map(Fraction, scores)) / len(scores)


def _pairs_of(first, second):
    return (first, first), (first, second), (second, second)


def _products(first: list[float], second: list[float]) -> Fraction:
    """Sum of the products of what both differ from their means by."""
    one, other = exact_mean(first), exact_mean(second)
    pairs = zip(map(Fraction, first), map(Fraction, second), strict=True)
    return sum((x - one) * (y - other) for x, y in pairs)


def regression(rows: list[list[Fraction]], outcomes: list[Fraction]) -> tuple[list, list]:
    """Coefficients of least squares and their squared standard errors: the normal equations."""
    terms = range(len(rows[0]))
    products = [[sum(row[i] * row[j] for row in rows) for j in terms] for i in terms]
    sides = [sum(row[i] * y for row, y in zip(rows, outcomes, strict=True)) for i in terms]
    inverse = _inverse(products)
    found = [sum(inverse[i][j] * sides[j] for j in terms) for i in terms]
    fitted = (sum(b * x for b, x in zip(found, row, strict=True)) for row in rows)
    left = sum((y - at) ** 2 for y, at in zip(outcomes, fitted, strict=True))
    variance = left / (len(rows) - len(terms))
    return found, [variance * inverse[i][i] for i in terms]


def _inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """By elimination; the matrix is that of sums of squares and so needs no change of rows."""
    size = len(matrix)
    rows = [[*row, *(Fraction(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for i in range(size):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(size):
            if j != i:
                factor = rows[j][i]
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[size:] for row in rows]


def noncentralities(t: float, df: int) -> tuple[float, float]:
    """The noncentralities at whose 97.5 and 2.5 per cent points t lies."""
    reach = 12 + abs(t) * (1 + 6 / math.sqrt(df))
    low, high = (
        brentq(
            lambda nc, share=share: _below(t, df, nc) - share,
            t - reach,
            t + reach,
            xtol=1e-14 * max(1, abs(t)),
            rtol=1e-14,
        )
        for share in SHARES
    )
    return low, high


def _below(t: float, df: int, nc: float) -> float:
    """How often noncentral t is below ``t``: the normal's chance, over the density of its divisor.

    Integrated in stretches, one of which is that where the chance goes from none to all.
    """
    least, most = (
        math.sqrt(inverse(df / 2, NEVER) * 2 / df)
        for inverse in (special.gammaincinv, special.gammainccinv)
    )
    turn, width = (nc / t, FARTHEST / abs(t)) if t else (1, 1)
    near = [min(max(edge, least), most) for edge in (turn - width, turn, turn + width)]
    edges = sorted({*near, *np.linspace(least, most, 5)})
    chance = whole = 0.0
    for low, high in pairwise(edges):
        at = (low + high) / 2 + (high - low) / 2 * POINTS
        density = np.exp((df - 1) * np.log(at) - df * (at**2 - 1) / 2) * WEIGHTS * (high - low)
        chance += (density * special.ndtr(t * at - nc)).sum()
        whole += density.sum()
    return float(chance / whole)


class RandomEffects:
    """Paule and Mandel's variance between studies, and what follows from it, in 50 digits."""

    def __init__(self, rows: list[tuple[float, float]]):
        with localcontext(prec=DIGITS):
            self.rows = [(Decimal(effect), Decimal(variance)) for effect, variance in rows]
            self.df = len(rows) - 1
            self.q = self._squares(Decimal(0))[0]
            self.i2 = max(Decimal(0), 1 - self.df / self.q) if self.q else Decimal(0)
            self.tau2 = self._between()
            squares, self.mean, self.weights = self._squares(self.tau2)
            whole = sum(self.weights)
            usual = 1 / whole
            self.error = max(usual, squares / self.df / whole) ** HALF
            self.weights = [weight / whole for weight in self.weights]
            self.error_of_prediction = (self.tau2 + self.error**2) ** HALF

    def _between(self) -> Decimal:
        """Newton's way from 0 comes near from below, for the squares fall ever more slowly."""
        tau2 = Decimal(0)
        for _ in range(200):
            squares, mean, weights = self._squares(tau2)
            surplus = squares - self.df
            if surplus < Decimal(10) ** -(DIGITS - 10):
                return tau2
            falls = sum(
                (weight * (effect - mean)) ** 2
                for weight, (effect, _) in zip(weights, self.rows, strict=True)
            )
            tau2 += surplus / falls
        raise AssertionError("the variance was not found")

    def _squares(self, tau2: Decimal) -> tuple[Decimal, Decimal, list[Decimal]]:
        weights = [1 / (variance + tau2) for _, variance in self.rows]
        effects = [effect for effect, _ in self.rows]
        mean = sum(w * e for w, e in zip(weights, effects, strict=True)) / sum(weights)
        squares = sum(w * (e - mean) ** 2 for w, e in zip(weights, effects, strict=True))
        return squares, mean, weights
