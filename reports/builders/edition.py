"""A theme report, or the one across the themes, as its editors arranged it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from uuid import UUID

from alliances.content import words
from enquiries.findings.queries import findings_of
from enquiries.models import Finding, Listing
from impact.disclosure import Ledger, protect
from impact.wording import number
from reports import editions
from reports.builders.claims import WITHHELD
from reports.builders.national import (
    areas_of,
    build_national,
    by_message,
    by_phase,
    by_words,
    with_few_alliances,
)
from reports.manuscript.published import published
from reports.models import Choice, Edition
from reports.values import (
    AreaOfFocus,
    Edited,
    FindingTold,
    KnownChallenge,
    Message,
    National,
    Pair,
    PassageTold,
)

ALL = "All themes"
# What stands in the data for one part alone, and goes where the part is left out.
OWN = {
    "alliances": ("alliances",),
    "areas": ("areas",),
    "levels": ("levels", "rests_on"),
    "leadership": ("behaviours", "reflections"),
    "challenges": ("challenges",),
    "accounts": ("accounts",),
    "cross-cutting": ("cross_cutting",),
    "national-challenges": ("national_challenges",),
    "affirmed": ("findings", "research"),
    "questions": ("strategic_questions",),
    "studies": ("studies",),
    "programme": ("cohorts", "events", "facts"),
}
# How the ledger calls the numbers of such a part.
COUNTED = {"leadership": "behaviour ", "affirmed": "research ", "accounts": "reading "}


def build_edition(edition: Edition, *, ledger: Ledger | None = None) -> Edited:
    """The report as it stands; with a ``ledger`` it is held against those issued before it.

    What its editors leave out is in none of its data: those are read, and compared, as well.
    """
    programme, theme = edition.programme, edition.theme
    ledger = ledger or Ledger(programme.fewest_schools, programme.small_number_threshold)
    alliances = list(editions.alliances_of(edition).values_list("pk", flat=True))
    base = build_national(programme, alliances, str(theme or ALL), ledger=ledger)
    told = Told(edition)
    messages = told.messages(base.messages)
    first = by_phase(base.alliances) if theme else base.charts[0]
    drawn = _drawn(base) | {
        "messages": messages,
        "charts": [first, by_message(messages)],
        "areas": _areas(edition),
        "reflections": told.pairs("leadership", lambda e: (str(e).capitalize(), e.reflection)),
        "challenges": told.pairs("challenge", lambda c: (c.challenge, c.response)),
    }
    findings, research = _findings(edition), _research(alliances, ledger)
    counted = [pair.second for pair in research]
    counted += [answer for f in findings for answer in (f.yes, f.partly, f.no)]
    if WITHHELD in counted:
        drawn["symbols"] = with_few_alliances(base.symbols, programme)
    whole = Edited(
        **drawn,
        title=edition.title,
        label=f"Theme {theme.number} report" if theme else "Overarching report",
        theme=str(theme or ""),
        question=theme.question if theme else "",
        passages=_passages(edition),
        findings=findings,
        research=research,
        studies=_studies(alliances),
        cross_cutting=[] if theme else told.messages(_across_the_themes()),
        national_challenges=[] if theme else told.known_challenges(),
        strategic_questions=[q.title for q in words("reports", "strategic-questions").values()],
    )
    left_out = set(edition.passages.filter(is_included=False).values_list("part", flat=True))
    ledger.leave_untold([COUNTED[part] for part in left_out & COUNTED.keys()])
    return _without(whole, left_out)


def _without(whole: Edited, left_out: set[str]) -> Edited:
    emptied: dict[str, list] = {name: [] for part in left_out for name in OWN.get(part, ())}
    if "messages" in left_out:
        bare = {"examples": [], "quotations": []}
        emptied["messages"] = [replace(message, **bare) for message in whole.messages]
    return replace(whole, **emptied)


def _across_the_themes() -> list[Message]:
    """The messages that hold across the themes; which alliances show them, tags alone say."""
    return [
        Message(item.code, item.number, item.title, item.text, level="", alliances=[])
        for item in words("enquiries", "cross-cutting").values()
    ]


def _areas(edition: Edition) -> list[AreaOfFocus]:
    """Those of the programme; of one theme, those that its own published report tells of."""
    programme, theme = edition.programme, edition.theme
    if not theme:
        return areas_of(programme.impact_examples.all())
    own = programme.facts.filter(kind="publication", text__icontains=f"(theme {theme.number})")
    documents = [source[:3] for source in own.values_list("source", flat=True)]
    told = [each for each in programme.impact_examples.all() if each.source[:3] in documents]
    return areas_of(told)


def _drawn(base: National) -> dict:
    return {field.name: getattr(base, field.name) for field in fields(base)}


def _sentences(points: Iterable[str]) -> str:
    return " ".join(f"{point}." for point in points)


def _passages(edition: Edition) -> list[PassageTold]:
    """What is left in, in its order."""
    included = edition.passages.filter(is_included=True)
    return [PassageTold(p.part, p.heading, p.words) for p in included]


class Told:
    """What an edition tells of what alliances logged, by its editors' choices."""

    def __init__(self, edition: Edition):
        self.edition = edition
        self.choices: dict[UUID, Choice] = editions.choices_of(edition)

    def _records(self, what: str) -> list:
        telling = editions.TELLINGS[what]
        records = editions.records_of(self.edition, telling)
        return [r for r in records if editions.is_told(telling, self.choices.get(r.key))]

    def pairs(self, what: str, as_pair) -> list[Pair]:
        return by_words(Pair(*as_pair(record)) for record in self._records(what))

    def known_challenges(self) -> list[KnownChallenge]:
        """Those that the programme published, with what alliances logged of their kind."""
        logged = defaultdict(list)
        for challenge in self._records("challenge"):
            logged[challenge.kind].append(Pair(challenge.challenge, challenge.response))
        return [
            KnownChallenge(
                title=known.title,
                met=_sentences(known.extra["met"]),
                done=_sentences(known.extra["done"]),
                logged=by_words(logged[known.code]),
            )
            for known in words("enquiries", "challenges").values()
            if known.extra["from"] == "programme"
        ]

    def messages(self, messages: list[Message]) -> list[Message]:
        """Each with its examples, the alliances that they name, and its quotations."""
        examples, named = defaultdict(list), defaultdict(set)
        for example in self._records("example"):
            whose = editions.TELLINGS["example"].signed(example)
            for code in example.messages:
                examples[code].append(Pair(example.text, whose))
                if not example.is_anonymous:
                    named[code].add(whose)
        quotations = defaultdict(list)
        for quotation in self._records("quotation"):
            said = Pair(quotation.text, quotation.voice)
            quotations[self.choices[quotation.key].message].append(said)
        return [
            replace(
                message,
                alliances=sorted({*message.alliances, *named[message.code]}),
                examples=by_words(examples[message.code]),
                quotations=quotations[message.code],
            )
            for message in messages
        ]


def _findings(edition: Edition) -> list[FindingTold]:
    """Published ones; answers that fewer gave than schools have to stand behind are withheld."""
    fewest = edition.programme.fewest_schools
    published = findings_of(edition.programme).filter(state=Finding.State.PUBLISHED)
    return [FindingTold(f.text, *_answers([f.yes, f.partly, f.no], fewest)) for f in published]


def _answers(counts: list[int], fewest: int) -> list[str]:
    withheld = protect(dict(enumerate(counts)), [], fewest)
    return [WITHHELD if i in withheld else number(count) for i, count in enumerate(counts)]


def _studies(alliances: list[int]) -> list[str]:
    """The case studies of these alliances that anybody may read."""
    told = [(version.publication.report, version.title) for version in published()]
    return [f"{r.alliance.name}: {title}" for r, title in told if r.alliance_id in alliances]


def _research(alliances: list[int], ledger: Ledger) -> list[Pair]:
    """How many alliances built on each claim of research, by those that were cited for it."""
    listings = Listing.objects.filter(enquiry__alliance__in=alliances)
    listed = listings.values_list("enquiry__alliance", "claims")
    pairs = {(whose, code) for whose, codes in listed for code in codes}
    cited = Counter(code for _, code in pairs)
    claims = words("enquiries", "claims")
    return [
        Pair(
            f"{claims[code].title}: {claims[code].text}",
            number(cited[code])
            if ledger.tell_alliances(f"research {code}", alliances, cited[code])
            else WITHHELD,
        )
        for code in claims
        if cited[code]
    ]
