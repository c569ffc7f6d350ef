"""The parts of a national report, and of the reports on themes and on the programme.

A part is set where it stands: figures and tables are counted in the order of the pages.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, groupby
from operator import itemgetter
from typing import Any

from reports.rendering.measures import WITHHELD, level_in_tables
from reports.rendering.numbering import Section, figures, when


class Counts:
    """The next figure and the next table."""

    def __init__(self):
        self.figure, self.table = count(1), count(1)


@dataclass(frozen=True)
class Part:
    """What a part is called, which data it needs any of, and what its template is given."""

    title: str
    needs: tuple[str, ...]
    given: Callable[[dict, Counts], dict[str, Any]] = lambda _data, _counts: {}
    is_appendix: bool = False

    def has_anything(self, data: dict) -> bool:
        return any(data.get(name) for name in self.needs)


def _alliances(data: dict, counts: Counts) -> dict[str, Any]:
    return {
        "first_chart": figures(data["charts"][:1], counts.figure),
        "alliances_table": when(data["alliances"], counts.table),
    }


def _levels(data: dict, counts: Counts) -> dict[str, Any]:
    return {"levels": [level | {"table": next(counts.table)} for level in data["levels"]]}


def _areas(data: dict, counts: Counts) -> dict[str, Any]:
    areas = [
        area | {"table": next(counts.table), "caption": _area_caption(area)}
        for area in data["areas"]
    ]
    return {"areas": areas}


def _leadership(data: dict, counts: Counts) -> dict[str, Any]:
    behaviours, scarce = _counted_apart(data["behaviours"])
    return {
        "behaviours": behaviours,
        "behaviours_table": when(behaviours, counts.table),
        "scarce_behaviours": scarce,
        "reflections_table": when(data["reflections"], counts.table),
    }


def _counted_apart(pairs: list[dict]) -> tuple[list[dict], list[str]]:
    """Those with how many alliances, and the names of those of which that is withheld."""
    counted = [pair for pair in pairs if pair["second"] != WITHHELD]
    return counted, [pair["first"] for pair in pairs if pair["second"] == WITHHELD]


def _challenges(data: dict, counts: Counts) -> dict[str, Any]:
    return {"challenges_table": when(data["challenges"], counts.table)}


def _national_challenges(data: dict, counts: Counts) -> dict[str, Any]:
    """The table of what was published; that of what was logged, and of what nothing was."""
    known = data["national_challenges"]
    logged = [each | {"title": c["title"]} for c in known for each in c["logged"]]
    return {
        "known_table": next(counts.table),
        "logged_table": when(logged, counts.table),
        "logged": logged,
        "unlogged": [c["title"] for c in known if not c["logged"]],
    }


def _messages(data: dict, counts: Counts) -> dict[str, Any]:
    return {
        "other_charts": figures(data["charts"][1:], counts.figure),
        "uncited": _without_anything(data["messages"]),
    }


def _cross_cutting(data: dict, _counts: Counts) -> dict[str, Any]:
    untagged = _without_anything(data["cross_cutting"])
    is_any_tagged = len(untagged) < len(data["cross_cutting"])
    return {"untagged": untagged, "is_any_tagged": is_any_tagged}


def _without_anything(messages: list[dict]) -> list[str]:
    """Titles of the messages that nobody is cited for and nothing is told of."""
    shown = ("alliances", "examples", "quotations")
    return [
        f"“{message['title']}”"
        for message in messages
        if not any(message.get(name) for name in shown)
    ]


def _affirmed(data: dict, counts: Counts) -> dict[str, Any]:
    research, scarce = _counted_apart(data.get("research", []))
    return {
        "findings_table": when(data.get("findings"), counts.table),
        "research": research,
        "research_table": when(research, counts.table),
        "scarce_research": scarce,
    }


def _matrix(data: dict, counts: Counts) -> dict[str, Any]:
    return {"matrix_table": when(data["matrix"], counts.table)}


def _statements(data: dict, counts: Counts) -> dict[str, Any]:
    """Those of which something is recorded one by one, the others alliance by alliance."""
    recorded = [line for line in data["rests_on"] if not line.get("is_bare")]
    bare = [line for line in data["rests_on"] if line.get("is_bare")]
    by_alliance = groupby(sorted(bare, key=itemgetter("alliance")), itemgetter("alliance"))
    return {
        "recorded": recorded,
        "statements_table": when(recorded, counts.table),
        "bare": [(alliance, list(lines)) for alliance, lines in by_alliance],
        "bare_count": len(bare),
        "bare_table": when(bare, counts.table),
    }


def _programme(data: dict, counts: Counts) -> dict[str, Any]:
    figured = [fact for fact in data["facts"] if fact["second"]]
    return {
        "cohorts_table": when(data["cohorts"], counts.table),
        "events_table": when(data["events"], counts.table),
        "figures_table": when(figured, counts.table),
        "figured": figured,
        "remarks": [fact["first"] for fact in data["facts"] if not fact["second"]],
    }


PARTS = {
    "summary": Part("Summary", ("figures",)),
    "alliances": Part("The alliances and their enquiries", ("alliances",), _alliances),
    "levels": Part("Impact, level by level", ("levels",), _levels),
    "areas": Part("Impact by area of focus", ("areas",), _areas),
    "leadership": Part("Leadership learning", ("behaviours", "reflections"), _leadership),
    "challenges": Part("Challenges and actions", ("challenges",), _challenges),
    "messages": Part("Key messages", ("messages",), _messages),
    "cross-cutting": Part(
        "Messages that hold across the themes", ("cross_cutting",), _cross_cutting
    ),
    "national-challenges": Part(
        "What stood in the way nationally, and what helped",
        ("national_challenges",),
        _national_challenges,
    ),
    "questions": Part("Strategic questions", ("strategic_questions",)),
    "accounts": Part("Alliance by alliance", ()),
    "affirmed": Part("What the enquiries affirm", ("findings", "research"), _affirmed),
    "studies": Part("Case studies", ("studies",), is_appendix=True),
    "matrix": Part("Key messages and the alliances cited", ("matrix",), _matrix, is_appendix=True),
    "statements": Part(
        "What the statements of impact rest on", ("rests_on",), _statements, is_appendix=True
    ),
    "programme": Part(
        "The programme", ("purposes", "cohorts", "events", "facts"), _programme, is_appendix=True
    ),
    "methods": Part("How this report was made", ("service",), is_appendix=True),
}


@dataclass(frozen=True)
class Placed:
    """A part in its place, a passage of the editors' own, or the account of one alliance."""

    key: str
    heading: str
    words: tuple[str, ...] = ()
    account: dict | None = None

    @property
    def part(self) -> Part | None:
        return PARTS.get(self.key)


def context(data: dict) -> dict[str, Any]:
    """Of a report that nobody edits: every part that has something to tell, in the usual order."""
    placed = [Placed(key, part.title) for key, part in PARTS.items()]
    return {"title": data["programme"], "label": "National report"} | _set(placed, data)


def edition_context(data: dict) -> dict[str, Any]:
    """Of one that has editors: what they left in, under their headings and in their order.

    Whoever tells of impact tells what it rests on, for the marks lead there.
    """
    placed = [
        Placed(passage["part"] or f"own-{place}", passage["heading"], _paragraphs(passage["words"]))
        for place, passage in enumerate(data["passages"], 1)
    ]
    if any(each.key == "levels" for each in placed):
        placed.append(Placed("statements", PARTS["statements"].title))
    return {"title": data["title"], "label": data["label"]} | _set(placed, data)


def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split("\n\n") if part.strip())


def _set(placed: list[Placed], data: dict) -> dict[str, Any]:
    data = data | {"matrix": _cited(data["messages"])}
    spread = [each for part in placed for each in _spread(part, data)]
    told = [each for each in spread if _has_anything(each, data)]
    appendices = [each for each in told if each.part and each.part.is_appendix]
    body = [each for each in told if each not in appendices]
    counts = Counts()
    given: dict[str, Any] = {"matrix": data["matrix"]}
    for each in [*body, *appendices]:
        if each.part and each.part.has_anything(data):
            given |= each.part.given(data, counts)
    letters = iter("ABCDEFGH")
    sections = [_section(each, str(number), data) for number, each in enumerate(body, 1)]
    sections += [_section(each, next(letters), data) for each in appendices]
    given["methods"] = next((each for each in sections if each.key == "methods"), None)
    counted = _counted(data["figures"], given.get("alliances_table"), sections)
    return given | {"sections": sections, "counted": counted}


def _counted(
    figures: list[dict], alliances_table: int | None, sections: list[Section]
) -> list[dict[str, Any]]:
    """The figures of the summary, each with where in the report is shown what it counts."""
    places = {}
    if alliances_table:
        table = {"at": f"table-{alliances_table}", "where": f"Table\u00a0{alliances_table}"}
        places["alliances"] = table
    accounts = [section for section in sections if section.about]
    if accounts:
        places["accounts"] = {"at": accounts[0].key, "where": _from_to(accounts)}
    return [figure | places.get(figure.get("of", ""), {}) for figure in figures]


def _from_to(sections: list[Section]) -> str:
    """In words, sections that follow one another."""
    first, last = sections[0].number, sections[-1].number
    if first == last:
        return f"Section {first}"
    between = "and" if sections[1:] == sections[-1:] else "to"
    return f"Sections {first} {between} {last}"


def _spread(placed: Placed, data: dict) -> list[Placed]:
    """A part as it is; for that of the accounts, a section for each enquiry after its words."""
    if placed.key != "accounts":
        return [placed]
    told = [placed]
    accounts = data.get("accounts", [])
    number = Counter(account["id"] for account in accounts)
    seen: Counter[int] = Counter()
    for account in accounts:
        alliance, name = account["id"], account["alliance"]
        seen[alliance] += 1
        again = f"-{seen[alliance]}" if seen[alliance] > 1 else ""
        heading = f"{name}: {account['title']}" if number[alliance] > 1 else name
        told.append(Placed(f"alliance-{alliance}{again}", heading, account=account))
    return told


def _has_anything(placed: Placed, data: dict) -> bool:
    is_drawn = bool(placed.part and placed.part.has_anything(data))
    return is_drawn or bool(placed.words) or bool(placed.account)


def _section(placed: Placed, number: str, data: dict) -> Section:
    if placed.account:
        about = _account(placed.account, number)
        return Section(placed.key, number, placed.heading, template="account", about=about)
    is_drawn = bool(placed.part and placed.part.has_anything(data))
    return Section(placed.key, number, placed.heading, placed.words, is_drawn)


def _account(account: dict, number: str) -> dict[str, Any]:
    """Its figures and tables are counted within it: it stays as it is when another one changes."""
    figure, table = ((f"{number}.{place}" for place in count(1)) for _ in range(2))
    charts = account["charts"]
    levels = [level_in_tables(each, charts, figure, table) for each in account["measures"]]
    return account | {"levels": levels}


def _area_caption(area: dict) -> str:
    projects = "project" if area["projects"] == 1 else "projects"
    return f"Examples from {area['projects']} {projects} in this area"


def _cited(messages: list[dict]) -> list[dict]:
    """A row for each alliance cited, with its messages marked in the order of the messages."""
    names = sorted({name for message in messages for name in message["alliances"]})
    return [
        {"name": name, "cited": [m["number"] if name in m["alliances"] else None for m in messages]}
        for name in names
    ]
