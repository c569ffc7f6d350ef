"""An alliance's maturity as a profile: what it judged then, and what it judges now."""

from collections.abc import Sequence

from django.utils.formats import date_format

from alliances.content import words
from enquiries.models import MaturityReview
from reports.values import Profile, ProfileLine


def build_profile(now: MaturityReview, then: MaturityReview | None = None) -> Profile:
    """One review, beside an earlier one where there is one."""
    lines = [
        ProfileLine(
            strand=strand.title,
            dimension=strand.extra["dimension"],
            then=level_of(then, strand.code),
            now=level_of(now, strand.code),
            is_priority=strand.code in now.priorities,
        )
        for strand in words("enquiries", "maturity").values()
    ]
    return Profile(
        then=_day(then) if then else "",
        now=_day(now),
        steps=[level.title for level in words("enquiries", "maturity-levels").values()],
        lines=lines,
        sentence=" ".join(_told(line, has_then=then is not None) for line in lines),
    )


def first_before(now: MaturityReview, reviews: Sequence[MaturityReview]) -> MaturityReview | None:
    """What to set beside a review: the first there was, unless it is that one."""
    first = reviews[0] if reviews else now
    return None if first.pk == now.pk else first


def level_of(review: MaturityReview | None, strand: str) -> str:
    """The title of the level a review gives a strand; empty where it was not judged."""
    code = review.value_of(f"level.{strand}") if review else ""
    levels = words("enquiries", "maturity-levels")
    return levels[code].title if code in levels else ""


def _day(review: MaturityReview) -> str:
    return date_format(review.held_on, "j F Y")


def _told(line: ProfileLine, *, has_then: bool) -> str:
    """A strand in words: from which level to which, and whether it is a priority."""
    now = line.now.lower() or "not judged"
    moved = f"from {line.then.lower() or 'not judged'} to {now}" if has_then else now
    return f"{line.strand}: {moved}{', a priority' if line.is_priority else ''}."
