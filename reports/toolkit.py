"""The toolkit by strand: what may be tried, and what others tried there and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q
from django.urls import reverse

from alliances import access
from alliances.content import Item, words
from alliances.models import User
from alliances.roles import Permission
from enquiries.models import Cycle, Enquiry, InterventionChoice
from enquiries.sheets.cluster import described
from impact.models import Claim


@dataclass(frozen=True)
class Entry:
    """One intervention of the toolkit, the other strands it serves, and where it is chosen."""

    title: str
    also: list[str]
    url: str


@dataclass
class Tried:
    """What another alliance tried on a strand, and what it or the programme says came of it.

    ``url`` leads to its enquiry; empty for somebody who may read only what is published.
    """

    alliance: str
    url: str
    tried: list[str] = field(default_factory=list)
    came_of_it: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """A strand with the toolkit's entries and what others tried."""

    code: str
    title: str
    dimension: str
    entries: list[Entry]
    others: list[Tried]


def sections(enquiry: Enquiry, strands: Iterable[str], user: User) -> list[Section]:
    """The strands with all that stands under them, in as many queries whatever their number."""
    chosen = [words("enquiries", "maturity")[code] for code in strands]
    told = _published(enquiry, chosen, user)
    logged = _logged(enquiry, chosen, user)
    return [
        Section(
            strand.code,
            strand.title,
            strand.extra["dimension"],
            _entries(enquiry, strand),
            _others(strand, told, logged),
        )
        for strand in chosen
    ]


def _entries(enquiry: Enquiry, strand: Item) -> list[Entry]:
    titles = words("enquiries", "maturity")
    new = reverse("sheet-new", args=[enquiry.pk, "intervention"])
    return [
        Entry(
            described(entry),
            [titles[code].title for code in entry.extra["strands"] if code != strand.code],
            f"{new}?intervention={entry.code}&strands={strand.code}",
        )
        for entry in words("enquiries", "toolkit").values()
        if strand.code in entry.extra["strands"]
    ]


def _published(enquiry: Enquiry, strands: list[Item], user: User) -> list[Enquiry]:
    """Other enquiries that the programme's reports place on one of the strands.

    Of these only what is printed is read: their listing, printed cycles and reported impact.
    """
    names = _names(strands)
    printed = Q(source_lines__isnull=False)
    found = access.published_to(Enquiry.objects.exclude(pk=enquiry.pk), user)
    return list(
        found.filter(Q(listing__strands__overlap=names) | Q(strands__overlap=names))
        .select_related("alliance", "listing")
        .prefetch_related(
            Prefetch("cycles", Cycle.objects.filter(printed), to_attr="printed_cycles"),
            Prefetch(
                "claims",
                Claim.objects.filter(printed | Q(origin=Claim.Origin.PROGRAMME)),
                to_attr="printed_claims",
            ),
        )
        .order_by("alliance__name")
    )


def _logged(enquiry: Enquiry, strands: list[Item], user: User) -> list[InterventionChoice]:
    """What other alliances that the person may read chose on the strands."""
    others = InterventionChoice.objects.exclude(enquiry=enquiry)
    found = access.within(others, user, Permission.READ_ENQUIRY)
    return list(
        found.filter(strands__overlap=[strand.code for strand in strands])
        .select_related("enquiry__alliance")
        .prefetch_related("enquiry__claims")
        .order_by("enquiry__alliance__name", "pk")
    )


def _others(strand: Item, told: list[Enquiry], logged: list[InterventionChoice]) -> list[Tried]:
    found: dict[int, Tried] = {}
    for enquiry in told:
        if _is_on(enquiry, strand):
            found[enquiry.pk] = _as_printed(enquiry)
    for choice in logged:
        if strand.code in choice.strands:
            own = found.setdefault(choice.enquiry_id, Tried(choice.enquiry.alliance.name, ""))
            own.url = reverse("enquiry", args=[choice.enquiry_id])
            own.tried.append(choice.about)
            own.came_of_it = [claim.statement for claim in choice.enquiry.claims.all()]
    return sorted(found.values(), key=lambda tried: tried.alliance)


def _as_printed(enquiry: Enquiry) -> Tried:
    listing = getattr(enquiry, "listing", None)
    tried = [*(listing.methods if listing else []), *(c.tried for c in enquiry.printed_cycles)]
    return Tried(
        enquiry.alliance.name,
        "",
        tried or ([listing.focus] if listing else []),
        [claim.statement for claim in enquiry.printed_claims],
    )


def _names(strands: list[Item]) -> list[str]:
    return [name for strand in strands for name in strand.extra["known_as"]]


def _is_on(enquiry: Enquiry, strand: Item) -> bool:
    listing = getattr(enquiry, "listing", None)
    listed = {*enquiry.strands, *(listing.strands if listing else [])}
    return not listed.isdisjoint(strand.extra["known_as"])
