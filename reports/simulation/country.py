"""Draws a country: what the real programme says of its alliances is what is drawn from.

Alliances are listed as real ones are, and enquire as the published projects do; how many schools
each has follows the published numbers, of schools that lie near each other in the register. The
programme tells nobody's cohort and few regions: the cohorts come by turns, the region is the town
of the lead school.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

from django.utils.text import slugify

from impact.exchange.schema import EnquiryDoc, ListedAlliance, ProgrammeDoc

# A project of the programme ran for two and a half years.
PROJECT_YEARS = 2.5
KEY = "simulated"


@dataclass(frozen=True)
class Site:
    """A school of the register."""

    urn: int
    name: str
    town: str
    phase: str


@dataclass(frozen=True)
class Neighbourhood:
    """An alliance to be: as the programme lists it, the project it runs, and its schools.

    The first ``taking_part`` of its schools are in the enquiry, the first of all leads.
    """

    key: str
    name: str
    project: EnquiryDoc
    is_told: bool
    sites: tuple[Site, ...]
    taking_part: int


@dataclass(frozen=True)
class Country:
    """Documents to import, ``told`` by key; ``clusters`` give the keys of each by its name."""

    listed: ProgrammeDoc
    told: Mapping[str, EnquiryDoc]
    neighbourhoods: tuple[Neighbourhood, ...]
    clusters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Known:
    """An alliance that is there already: its key, its name, and whether its project is told."""

    key: str
    name: str
    is_told: bool
    has_cluster: bool


class TooMany(Exception):
    """The register has fewer schools than are asked for, or they do not go round."""


def draw(
    real: ProgrammeDoc,
    projects: Sequence[EnquiryDoc],
    known: Sequence[Known],
    register: Sequence[Site],
    *,
    alliances: int,
    schools: int,
    years: int,
    chance: Random,
) -> Country:
    """A country of so many alliances, of which the ``known`` are the first.

    ``register`` is in the order in which schools are near each other. Raises TooMany.
    """
    chosen = [chance.choice(projects) for _ in range(alliances)]
    by_name = {doc.alliance.name: doc for doc in projects}
    for number, alliance in enumerate(known):
        chosen[number] = by_name.get(alliance.name, chosen[number])
    sites = _cut(register, projects, len(chosen), schools, chance)
    new = _new_names(known, sites[len(known) :])
    listed = [_listed(real, key, name, chance) for key, name in new.items()]
    there = [*known, *(Known(key, name, False, False) for key, name in new.items())]
    places = tuple(
        Neighbourhood(
            key=each.key,
            name=each.name,
            project=doc,
            is_told=each.is_told,
            sites=own,
            taking_part=min(len(doc.schools), len(own)),
        )
        for each, doc, own in zip(there, chosen, sites, strict=True)
    )
    themes = {a.key: a.theme for a in [*real.alliances, *listed]}
    told = {
        place.key: _told(place, themes.get(place.key), _cohort(real, number), years)
        for number, place in enumerate(places)
        if not place.is_told
    }
    return Country(
        listed=_grown(real, listed, alliances),
        told=told,
        neighbourhoods=places,
        clusters=_clusters(real, there, places, chance),
    )


def _cut(
    register: Sequence[Site],
    projects: Sequence[EnquiryDoc],
    alliances: int,
    schools: int,
    chance: Random,
) -> list[tuple[Site, ...]]:
    """The schools of each alliance: neighbours, as many in proportion as real alliances have."""
    least = max(len(doc.schools) for doc in projects)
    if schools > len(register) or schools < least * alliances:
        raise TooMany
    printed = [n for doc in projects if (n := doc.alliance.n_schools_in_alliance)]
    weights = [chance.choice(printed) for _ in range(alliances)]
    spare, whole = schools - least * alliances, sum(weights)
    sizes = [least + spare * weight // whole for weight in weights]
    for number in range(schools - sum(sizes)):
        sizes[number % alliances] += 1
    places = iter(sorted(chance.sample(range(len(register)), schools)))
    return [tuple(register[next(places)] for _ in range(size)) for size in sizes]


def _new_names(known: Sequence[Known], sites: Sequence[tuple[Site, ...]]) -> dict[str, str]:
    """The key and name of each new alliance, called after its lead school."""
    taken = {each.name.casefold() for each in known}
    names = {}
    for number, (lead, *_) in enumerate(sites, 1):
        wanted = f"{lead.name} Teaching School Alliance"[:180]
        others = (f"{wanted}, {lead.town} {n}" for n in count(2))
        options = [wanted, f"{wanted}, {lead.town}"[:190]]
        free = next((each for each in options if each.casefold() not in taken), None)
        name = free or next(each for each in others if each.casefold() not in taken)
        taken.add(name.casefold())
        names[f"{KEY}-{number}-{slugify(lead.name)}"[:60].rstrip("-")] = name
    return names


def _listed(real: ProgrammeDoc, key: str, name: str, chance: Random) -> ListedAlliance:
    """What the programme says of some real alliance, said of this one; themes as it funded them."""
    funded = {t.theme: t.count for t in real.programme.alliances_by_theme if t.theme in (1, 2, 3)}
    theme = chance.choices(list(funded), weights=list(funded.values()))[0]
    own = {"key": key, "name": name, "theme": theme, "aliases": [], "link": None}
    return chance.choice(real.alliances).model_copy(update=own)


def _cohort(real: ProgrammeDoc, number: int) -> int:
    cohorts = real.programme.cohorts
    return cohorts[number % len(cohorts)].cohort


def _told(place: Neighbourhood, theme: int | None, cohort: int, years: int) -> EnquiryDoc:
    """A project as the alliance's own, with as many turns as fit into so many years."""
    doc, lead = place.project, place.sites[0]
    turns = max(1, round(len(doc.cycles) * years / PROJECT_YEARS))
    cycles = [
        doc.cycles[number % len(doc.cycles)].model_copy(
            update={"order": number + 1, "label": f"Cycle {number + 1}"}
        )
        for number in range(turns)
    ]
    alliance = {
        "name": place.name,
        "short_name": "",
        "lead_school": lead.name,
        "region_or_area": lead.town,
        "n_schools_in_alliance": len(place.sites),
    }
    return doc.model_copy(
        update={
            "alliance": doc.alliance.model_copy(update=alliance),
            "project": doc.project.model_copy(update={"theme": theme, "cohort": cohort}),
            "schools": [],
            "cycles": cycles,
        }
    )


def _clusters(
    real: ProgrammeDoc,
    there: Sequence[Known],
    places: Sequence[Neighbourhood],
    chance: Random,
) -> dict[str, tuple[str, ...]]:
    """Neighbours by three to five, as the programme says of its clusters; by name."""
    told = next(c for c in real.programme.clusters if c.members_min and c.members_max)
    free = [place for each, place in zip(there, places, strict=True) if not each.has_cluster]
    clusters: dict[str, tuple[str, ...]] = {}
    while free:
        size = chance.randint(told.members_min or 1, told.members_max or 1)
        members, free = free[:size], free[size:]
        name = f"{members[0].sites[0].town or 'England'} {len(clusters) + 1}"
        clusters[name] = tuple(place.key for place in members)
    return clusters


def _grown(real: ProgrammeDoc, listed: list[ListedAlliance], alliances: int) -> ProgrammeDoc:
    """The programme's document with these alliances alone, having funded as many as there are."""
    head = real.programme
    before = head.alliances_funded.value
    if alliances <= before:
        return real.model_copy(update={"alliances": listed})
    by_theme = [
        t.model_copy(update={"count": t.count * alliances // before})
        for t in head.alliances_by_theme
    ]
    funded = head.alliances_funded.model_copy(update={"value": alliances})
    grown = head.model_copy(update={"alliances_by_theme": by_theme, "alliances_funded": funded})
    return real.model_copy(update={"alliances": listed, "programme": grown})
