from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable

from django.conf import settings

from alliances.content import words
from alliances.models import Programme
from enquiries.models import Cycle, Enquiry
from enquiries.queries import with_whereabouts
from impact.claims.queries import Stated, claims_with_evidence
from impact.claims.sources import Sources
from impact.disclosure import Ledger
from impact.models import ImpactExample
from impact.queries import measures_across, with_measures
from impact.values import MeasureValues, Symbol
from impact.wording import number, printed_dates
from reports.builders.accounts import accounts_of
from reports.builders.claims import WITHHELD, as_told, state_of, statement_line
from reports.builders.groups import in_order, theme_called
from reports.builders.measures import LEVELS, symbols_used
from reports.charts.values import Chart, ChartRow
from reports.values import (
    AllianceAccount,
    AllianceLine,
    AreaOfFocus,
    Example,
    Figure,
    LevelOfImpact,
    Message,
    National,
    Pair,
    StatementLine,
)

MOST_REFLECTIONS = 24
MOST_BEHAVIOURS = 12


def build_national(
    programme: Programme, alliance_ids: list[int], about: str, *, ledger: Ledger | None = None
) -> National:
    """A report over some of a programme's alliances; ``about`` says which, in words.

    With a ``ledger`` it is held against the reports before it.
    """
    ledger = ledger or Ledger(programme.fewest_schools, programme.small_number_threshold)
    enquiries = _enquiries(alliance_ids)
    behaviours = _behaviours(enquiries, alliance_ids, ledger)
    sources = Sources([enquiry.pk for enquiry in enquiries])
    levels, rests_on = _levels(enquiries, sources, programme.small_number_threshold)
    messages = _messages(enquiries)
    lines = [_line(enquiry) for enquiry in enquiries]
    measures = measures_across(programme, [e.pk for e in enquiries if e.title], ledger=ledger)
    accounts = accounts_of(enquiries, measures, sources)
    return National(
        service=settings.SERVICE_NAME,
        agency=settings.AGENCY_NAME,
        programme=programme.title,
        commissioner=programme.commissioner,
        country=programme.country,
        about=about,
        figures=_figures(programme, enquiries, accounts),
        purposes=_facts(programme, "purpose"),
        cohorts=[
            Pair(f"Cohort {c.number}", printed_dates(f"{c.joined}; {c.attended_by}"))
            for c in programme.cohorts.all()
        ],
        events=[Pair(printed_dates(e.held), e.name) for e in programme.events.all()],
        alliances=lines,
        charts=[_by_theme((line.name, line.theme) for line in lines), by_message(messages)],
        levels=levels,
        areas=areas_of(programme.impact_examples.all())
        if _is_whole(programme, alliance_ids)
        else [],
        messages=messages,
        behaviours=behaviours,
        reflections=_reflections(enquiries),
        challenges=_challenges(enquiries),
        facts=[
            Pair(f.text, " ".join(filter(None, [f.value, f.unit])))
            for f in programme.facts.filter(kind__in=("context", "funding", "size"))
        ],
        publications=_publications(programme),
        symbols=_symbols(programme, levels, behaviours, measures),
        threshold=programme.small_number_threshold,
        rests_on=rests_on,
        accounts=accounts,
    )


def _enquiries(alliance_ids: list[int]) -> list[Enquiry]:
    chosen = with_measures(Enquiry.objects.filter(alliance__in=alliance_ids))
    related = ("alliance__theme", "alliance__cohort", "alliance__cluster", "listing")
    return list(
        with_whereabouts(chosen)
        .select_related(*related)
        .prefetch_related("leadership_log", "challenges", "cycles", "lessons", "next_steps")
        .order_by("alliance__name", "pk")
    )


def _line(enquiry: Enquiry) -> AllianceLine:
    alliance, listing = enquiry.alliance, getattr(enquiry, "listing", None)
    return AllianceLine(
        name=alliance.name,
        theme=theme_called(alliance.theme and alliance.theme.number),
        cohort=str(alliance.cohort or ""),
        region=alliance.area if not alliance.region else alliance.region,
        cluster=str(alliance.cluster or ""),
        title=enquiry.title,
        focus=enquiry.focus or (listing.focus if listing else ""),
        question=enquiry.question or (listing.question if listing else ""),
        phase=_phase(enquiry.phase),
        measures=enquiry.measure_count,
        baselines=int(enquiry.has_baseline),
        messages=listing.key_messages if listing else [],
    )


def _figures(
    programme: Programme, enquiries: list[Enquiry], accounts: list[AllianceAccount]
) -> list[Figure]:
    told = {account.id for account in accounts}
    alliances = {enquiry.alliance_id for enquiry in enquiries}
    return [
        Figure(number(programme.alliances_funded), "alliances funded by the programme"),
        Figure(number(len(alliances)), "alliances in this report", "alliances"),
        Figure(number(len(told)), "with a full account of their enquiry", "accounts"),
        Figure(number(sum(e.measure_count for e in enquiries)), "measures recorded", "accounts"),
    ]


def _facts(programme: Programme, kind: str) -> list[str]:
    return [fact.text for fact in programme.facts.filter(kind=kind)]


def _publications(programme: Programme) -> list[Pair]:
    """Each report that sources cite: its number there, and what it is."""
    published = programme.facts.filter(kind="publication")
    return [Pair(fact.source[:3], f"{fact.text} ({fact.value}, {fact.unit})") for fact in published]


def _levels(
    enquiries: list[Enquiry], sources: Sources, threshold: int
) -> tuple[list[LevelOfImpact], list[StatementLine]]:
    """What is printed or signed off as having changed, level by level, and what that rests on."""
    alliances = {enquiry.pk: enquiry.alliance.name for enquiry in enquiries}
    order = {number: place for place, number in enumerate(alliances)}
    told = as_told(claims_with_evidence(list(alliances), sources), threshold)
    shown = [each for each in told if each.is_printed or each.is_signed]
    shown.sort(key=lambda each: (order[each.claim.enquiry_id], each.claim.position))
    found: dict[str, list[Example]] = {level: [] for level in LEVELS}
    rests_on = []
    for level in LEVELS:
        for each in (each for each in shown if each.claim.level == level):
            alliance, mark = alliances[each.claim.enquiry_id], f"S{len(rests_on) + 1}"
            found[level].append(_example(alliance, each, mark))
            rests_on.append(statement_line(each, alliance, mark))
    levels = [LevelOfImpact(level, LEVELS[level], found[level]) for level in LEVELS if found[level]]
    return levels, rests_on


def _example(alliance: str, stated: Stated, mark: str) -> Example:
    claim = stated.claim
    value = "" if claim.value is None else f"{number(claim.value)} {claim.unit}".strip()
    return Example(alliance, claim.statement, value, claim.source or state_of(stated), mark)


def _is_whole(programme: Programme, alliance_ids: list[int]) -> bool:
    """Whether a report leaves out nobody: what names no alliance can be told of all alone."""
    return set(programme.alliances.values_list("pk", flat=True)) <= set(alliance_ids)


def areas_of(examples: Iterable[ImpactExample]) -> list[AreaOfFocus]:
    """Examples of impact by area, in their order."""
    areas: dict[str, AreaOfFocus] = {}
    for row in examples:
        area = areas.setdefault(row.area, AreaOfFocus(row.area, row.area_projects, []))
        area.examples.append(Pair(row.intervention, row.impact))
    return list(areas.values())


def _messages(enquiries: list[Enquiry]) -> list[Message]:
    cited: dict[str, set[str]] = defaultdict(set)
    for enquiry in enquiries:
        if hasattr(enquiry, "listing"):
            cited[enquiry.alliance.name].update(enquiry.listing.key_messages)
    return [
        Message(
            code=item.code,
            number=item.number,
            title=item.title,
            text=item.text,
            level=item.extra["level"],
            alliances=[name for name, codes in cited.items() if item.code in codes],
        )
        for item in words("enquiries", "messages").values()
    ]


def _behaviours(enquiries: list[Enquiry], alliance_ids: list[int], ledger: Ledger) -> list[Pair]:
    """How many alliances drew on each behaviour, most first; last those of which it is withheld."""
    named: dict[str, set[int]] = defaultdict(set)
    for enquiry in enquiries:
        for entry in enquiry.leadership_log.all():
            for drawn_on in entry.drawn_on:
                named[drawn_on.lower()].add(enquiry.alliance_id)
    most = sorted(named, key=lambda behaviour: (-len(named[behaviour]), behaviour))
    told, withheld = [], []
    for behaviour in most[:MOST_BEHAVIOURS]:
        count, title = len(named[behaviour]), behaviour.capitalize()
        if ledger.tell_alliances(f"behaviour {behaviour}", alliance_ids, count):
            told.append(Pair(title, number(count)))
        else:
            withheld.append(Pair(title, WITHHELD))
    return told + sorted(withheld, key=lambda pair: pair.first)


def _symbols(
    programme: Programme,
    levels: list[LevelOfImpact],
    behaviours: list[Pair],
    measures: dict[int, list[MeasureValues]],
) -> list[Pair]:
    """The symbols that stand in figures, and what withheld stands for, of pupils and alliances."""
    statements = {example.statement for level in levels for example in level.examples}
    stated = [Symbol.SUPPRESSED] if WITHHELD in statements else []
    symbols = symbols_used([m for own in measures.values() for m in own], *stated)
    if WITHHELD in {pair.second for pair in behaviours}:
        symbols = with_few_alliances(symbols, programme)
    return symbols


def with_few_alliances(symbols: list[Pair], programme: Programme) -> list[Pair]:
    """The symbols, with what withheld stands for of alliances."""
    said = {symbol.first: symbol.second for symbol in symbols}
    of_few = f"could tell of fewer than {programme.fewest_schools} alliances"
    if WITHHELD not in said:
        said[WITHHELD] = f"withheld, because it {of_few}"
    elif of_few not in said[WITHHELD]:
        said[WITHHELD] += f", or {of_few}"
    return [Pair(symbol, text) for symbol, text in said.items()]


def _reflections(enquiries: list[Enquiry]) -> list[Pair]:
    """Reflections without the alliance's name, taken from each in turn."""
    logs = [list(enquiry.leadership_log.all()) for enquiry in enquiries]
    turn = [log[i] for i in range(max(map(len, logs), default=0)) for log in logs if i < len(log)]
    return by_words(Pair(str(e).capitalize(), e.reflection) for e in turn[:MOST_REFLECTIONS])


def _challenges(enquiries: list[Enquiry]) -> list[Pair]:
    """Challenges and what was done, without the alliance's name."""
    return by_words(Pair(c.challenge, c.response) for e in enquiries for c in e.challenges.all())


def by_words(pairs: Iterable[Pair]) -> list[Pair]:
    """In an order that tells nobody whose each is, as that of their alliances would."""
    return sorted(pairs, key=lambda pair: (pair.first.lower(), pair.first, pair.second))


def programme_charts(
    themes: Iterable[tuple[int, int | None]], phases: Iterable[tuple[int, str | None]]
) -> list[Chart]:
    """Alliances by theme and by phase: of each enquiry its alliance and what is known of it."""
    return [
        _by_theme((alliance, theme_called(number)) for alliance, number in themes),
        _by_phase((alliance, _phase(code)) for alliance, code in phases),
    ]


def _phase(code: str | None) -> str:
    return Cycle.Phase(code).label if code else "No cycle logged"


def _alliances_by(pairs: Iterable[tuple[Hashable, str]]) -> Counter[str]:
    """How many alliances each thing is said of, however many of their enquiries say it."""
    return Counter(thing for _, thing in dict.fromkeys(pairs))


def _by_theme(pairs: Iterable[tuple[Hashable, str]]) -> Chart:
    counts = _alliances_by(pairs)
    rows = [(theme, "", counts[theme]) for theme in sorted(counts, key=in_order)]
    return _bars("Alliances by theme", "alliances", rows)


def by_phase(lines: list[AllianceLine]) -> Chart:
    """How many alliances are in each phase."""
    return _by_phase((line.name, line.phase) for line in lines)


def _by_phase(pairs: Iterable[tuple[Hashable, str]]) -> Chart:
    rows = [(phase, "", n) for phase, n in _alliances_by(pairs).most_common()]
    return _bars("Alliances by phase of their latest cycle", "alliances", rows)


def by_message(messages: list[Message]) -> Chart:
    rows = [(f"{m.number} {m.title}", "", len(m.alliances)) for m in messages]
    return _bars("Alliances cited for each key message", "alliances", rows)


def _bars(title: str, unit: str, rows: list[tuple[str, str, int]]) -> Chart:
    return Chart(
        kind="bars",
        title=title,
        sentence=". ".join(f"{label}: {n}" for label, _, n in rows) + ".",
        unit=unit,
        series=[unit.capitalize()],
        low=0,
        high=max((n for _, _, n in rows), default=1) or 1,
        rows=[ChartRow(label, detail, [n], [number(n)]) for label, detail, n in rows],
    )
