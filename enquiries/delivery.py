"""Whether what was planned was done: told of a school, a cycle or an enquiry."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from alliances.content import words
from enquiries.models import Fidelity

As = Fidelity.Delivered


@dataclass(frozen=True)
class Delivery:
    """How often schools noted that they delivered as planned, in part, otherwise or not at all."""

    as_planned: int = 0
    partly: int = 0
    otherwise: int = 0
    not_at_all: int = 0

    @property
    def noted(self) -> int:
        """How often it was noted."""
        return self.as_planned + self.partly + self.otherwise + self.not_at_all

    @property
    def code(self) -> str:
        """What it comes to, as content/delivery.toml names it."""
        if not self.noted:
            return "delivery-unknown"
        if self.as_planned == self.noted:
            return "delivery-done"
        is_done_somewhere = self.as_planned or self.partly
        return "delivery-partly" if is_done_somewhere else "delivery-not-done"

    @property
    def title(self) -> str:
        return words("enquiries", "delivery")[self.code].title

    @property
    def counted(self) -> str:
        """How many schools did what, in words; empty where nobody has noted it."""
        parts = {
            "as planned": self.as_planned,
            "in part": self.partly,
            "something else": self.otherwise,
            "not at all": self.not_at_all,
        }
        told = ", ".join(f"{n} {how}" for how, n in parts.items() if n)
        return f"Schools noted: {told}." if told else ""

    def means(self, *, nothing_found: bool) -> str:
        """What it says of a result: told apart are what did not work and what was not done."""
        item = words("enquiries", "delivery")[self.code]
        return item.extra["nothing"] if nothing_found else item.text


class Deliveries:
    """What the schools of some enquiries noted, read once."""

    def __init__(self, enquiries: Collection[int]):
        self.noted = list(Fidelity.objects.filter(enquiry__in=enquiries))

    def of(
        self, enquiry: int, *, cycle: int | None = None, participation: int | None = None
    ) -> Delivery:
        """Of an enquiry; where they are given, of one cycle and of one school alone."""
        return _counted(
            noted
            for noted in self.noted
            if noted.enquiry_id == enquiry
            and cycle in (None, noted.cycle_id)
            and participation in (None, noted.participation_id)
        )


def _counted(noted: Iterable[Fidelity]) -> Delivery:
    count = Counter(each.delivered for each in noted)
    return Delivery(
        count[As.AS_PLANNED], count[As.PARTLY], count[As.OTHERWISE], count[As.NOT_AT_ALL]
    )
