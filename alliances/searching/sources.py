"""What can be found, as each app says: rows, their words, and where one reads them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Case, Expression, QuerySet, TextField, Value, When

from alliances import access
from alliances.models import Alliance, User
from alliances.roles import Permission

# What decides which words of an alliance somebody finds.
ASKED = (
    Permission.SEE_ALLIANCE,
    Permission.READ_ENQUIRY,
    Permission.WRITE_ENQUIRY,
    Permission.SEE_SMALL_NUMBERS,
    Permission.SEE_JUDGEMENT,
    Permission.AGREE_JUDGEMENT,
    Permission.MANAGE_SCHOOLS,
)


@dataclass(frozen=True)
class Reader:
    """Somebody who searches, with the alliances they see; ``narrowed`` where it is some of them."""

    user: User
    alliances: list[Alliance]
    is_narrowed: bool = False

    def over(self, *permissions: Permission) -> list[int]:
        """The alliances over which one of the permissions is held."""
        return [a.pk for a in self.alliances if a.held & set(permissions)]

    def narrowed(self, alliance: str, cluster: str, theme: str) -> "Reader":
        """The same person, who looks in some alliances only; an empty text narrows nothing."""
        wanted = {"pk": alliance, "cluster_id": cluster, "theme_id": theme}
        asked = {name: int(number) for name, number in wanted.items() if number}
        kept = [a for a in self.alliances if all(getattr(a, n) == v for n, v in asked.items())]
        return replace(self, alliances=kept, is_narrowed=bool(asked))


def reader(user: User) -> Reader:
    """What somebody may search."""
    return Reader(user, access.seen_with(user, *ASKED))


@dataclass(frozen=True)
class Lead:
    """A found thing as it is listed: what it is called, and its address."""

    title: str
    url: str


@dataclass(frozen=True)
class Branch:
    """Rows that may be found by their words, all of which the reader may see.

    ``place`` is the path to their alliance, ``lead`` gives titles and addresses by the rows' keys.
    ``watched`` are alliances of which what is shown is private: that it was read is put down.
    """

    kind: str
    name: str
    rows: QuerySet
    place: str
    title: Expression
    text: Expression
    lead: Callable[[list[int]], dict[int, Lead]]
    watched: frozenset[int] = field(default_factory=frozenset)


Source = Callable[[Reader], Iterable[Branch]]
_SOURCES: list[Source] = []


def register(*sources: Source) -> None:
    """Each app adds what can be found in it when it starts."""
    _SOURCES.extend(sources)


def branches(reader: Reader) -> list[Branch]:
    """Everything that the person may find; in some alliances, only what stands there."""
    found = [branch for source in _SOURCES for branch in source(reader)]
    if not reader.is_narrowed:
        return found
    inside = [alliance.pk for alliance in reader.alliances]
    return [
        replace(branch, rows=branch.rows.filter(**{f"{branch.place}__in": inside}))
        for branch in found
        if branch.place
    ]


def told_in(place: str, alliances: list[int], *texts) -> Sequence[Expression]:
    """Texts that are told in some alliances only; none where there is no such alliance."""
    if not alliances:
        return []
    inside = {f"{place}__in": alliances}
    return [
        Case(When(**inside, then=text), default=Value(""), output_field=TextField())
        for text in texts
    ]
