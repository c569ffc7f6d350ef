"""What sums say of counts that are not known: bounds, made tighter until no sum says more."""

Bounds = dict[int, tuple[int, int]]
# A number and the counts, each added or taken away, that together with it are nothing.
Equation = tuple[int, list[tuple[int, int]]]


def narrowed(equations: list[Equation], bounds: Bounds) -> Bounds | None:
    """The bounds as tight as the equations make them one by one; None where one cannot hold."""
    bounds = dict(bounds)
    is_moving = True
    while is_moving:
        is_moving = False
        for number, counts in equations:
            ends = [_ends(bounds[i], sign) for i, sign in counts]
            least = number + sum(low for low, _ in ends)
            greatest = number + sum(high for _, high in ends)
            if least > 0 or greatest < 0:
                return None
            for (i, sign), (low, high) in zip(counts, ends, strict=True):
                tighter = max(low, high - greatest), min(high, low - least)
                if tighter != (low, high):
                    bounds[i] = _ends(tighter, sign)
                    is_moving = True
    return bounds


def _ends(bounds: tuple[int, int], sign: int) -> tuple[int, int]:
    """The ends of a count that is added, or taken away."""
    low, high = bounds
    return (low, high) if sign > 0 else (-high, -low)
