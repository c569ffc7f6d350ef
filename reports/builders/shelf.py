"""Everything of an enquiry that a case study may show, cite or copy from, by its mark."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format

from enquiries.models import Enquiry, Evidence, LeadershipEntry, Quotation, Trial
from enquiries.sheets import sheet_called
from impact.claims.queries import Stated, claims_with_evidence
from impact.claims.sources import Piece, Sources
from impact.disclosure import Ledger
from impact.queries import measures_of
from impact.values import MeasureValues, Symbol
from reports.builders.claims import WITHHELD, as_told
from reports.builders.measures import LEVELS, measure_tables
from reports.values import MeasureLine

# What each section of a case study may show: kinds of what has a mark, or a table by its name.
BELONGS = {
    "context": ("schools", "photo"),
    "implementation": ("quotation", "photo"),
    "innovation": ("cycles", "trial", "quotation", "photo"),
    "impact": ("claim", "measure", "quotation", "photo"),
    "leadership": ("entry", "quotation"),
    "challenges": ("challenges",),
    "sharing": ("quotation", "photo"),
}
TABLES = {
    "schools": "The table of schools",
    "cycles": "The cycles in their order",
    "challenges": "The table of challenges and actions",
}


@dataclass(frozen=True)
class Item:
    """Something logged: ``words`` are there to be copied.

    Under its ``code`` (a mark, or the name of a table) a section may show it; without one it is
    only to be copied from.
    """

    code: str
    kind: str
    title: str
    words: str

    @property
    def label(self) -> str:
        return self.title if self.code in ("", *TABLES) else f"[{self.code}] {self.title}"


class Shelf:
    """What is logged of an enquiry; as it may leave the alliance, unless ``exact``."""

    def __init__(self, enquiry: Enquiry, *, exact: bool = False, ledger: Ledger | None = None):
        self.enquiry = enquiry
        self.sources = Sources([enquiry.pk])
        self.measures = measures_of(enquiry, exact=exact, ledger=ledger)
        stated = claims_with_evidence([enquiry.pk], self.sources)
        if not exact:
            stated = as_told(stated, enquiry.alliance.programme.small_number_threshold)
        self.stated = stated

    @cached_property
    def marks(self) -> set[str]:
        """Every mark that names something that is there; a measure may have its baseline alone."""
        pieces = self.sources.pieces.values()
        return {p.mark for p in pieces if p.counts} | {*self.measured, *self.claims}

    @cached_property
    def claims(self) -> dict[str, Stated]:
        return {each.mark: each for each in self.stated}

    @cached_property
    def measured(self) -> dict[str, MeasureValues]:
        return {self._mark("measure", measure.id): measure for measure in self.measures}

    @cached_property
    def trials(self) -> dict[str, Trial]:
        found = Trial.objects.filter(enquiry=self.enquiry)
        return {self._mark("trial", trial.pk): trial for trial in found}

    @cached_property
    def quotations(self) -> dict[str, Quotation]:
        found = self.enquiry.quotations.agreed()
        return {self._mark("quotation", quotation.pk): quotation for quotation in found}

    @cached_property
    def entries(self) -> dict[str, LeadershipEntry]:
        found = LeadershipEntry.objects.filter(enquiry=self.enquiry)
        return {self._mark("entry", entry.pk): entry for entry in found}

    @cached_property
    def photos(self) -> dict[str, Evidence]:
        """Photos that everybody who reads the enquiry may see."""
        found = Evidence.objects.filter(
            enquiry=self.enquiry, is_private=False, removed_at=None, kind__in=Evidence.PHOTOS
        )
        exact = {photo.pk for photo in found if sheet_called(photo.sheet).exact}
        pieces = {photo.pk: self.sources.pieces["file", photo.pk] for photo in found}
        open_to_all = [p for p in found if pieces[p.pk].counts and p.pk not in exact]
        return {pieces[photo.pk].mark: photo for photo in open_to_all}

    @cached_property
    def unagreed(self) -> dict[str, Piece]:
        """Quotations that are to stay within the alliance, by their marks."""
        pieces = self.sources.pieces.values()
        return {piece.mark: piece for piece in pieces if piece.counts and not piece.may_be_told}

    def _mark(self, kind: str, pk: int) -> str:
        return self.sources.pieces[kind, pk].mark

    def withheld(self) -> set[str]:
        """Marks of measures and claims of which something may not leave the alliance."""
        few = {mark for mark, m in self.measured.items() if _is_withheld(m)}
        return few | {m for m, each in self.claims.items() if each.claim.statement == WITHHELD}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Everything that a section may show, by its code."""
        every = (*self._tables(), *self._stated(), *self._measured(), *self._said())
        return {item.code: item for item in every}

    def offered(self, section: str) -> list[Item]:
        """What a section may show."""
        kinds = BELONGS[section]
        return [item for item in self.items.values() if item.kind in kinds]

    def _tables(self) -> Iterator[Item]:
        present = {
            "schools": self.enquiry.participations.all(),
            "cycles": self.enquiry.cycles.all(),
            "challenges": self.enquiry.challenges.all(),
        }
        for name, rows in present.items():
            if rows:
                yield Item(name, name, TABLES[name], "")

    def _stated(self) -> Iterator[Item]:
        for mark, each in self.claims.items():
            yield Item(mark, "claim", LEVELS[each.claim.level], each.claim.statement)

    def _measured(self) -> Iterator[Item]:
        lines = {line.id: line for t in measure_tables(self.measures) for line in t.lines}
        for mark, measure in self.measured.items():
            line = lines[measure.id]
            title = ", ".join(filter(None, [line.name, line.who]))
            yield Item(mark, "measure", title, _in_words(line))

    def _said(self) -> Iterator[Item]:
        for mark, trial in self.trials.items():
            title = f"{trial.strategy}, {date_format(trial.held_on, 'j F Y')}"
            yield Item(mark, "trial", title, " ".join((trial.done, trial.experienced)))
        for mark, entry in self.entries.items():
            yield Item(mark, "entry", str(entry), entry.reflection)
        for mark, quotation in self.quotations.items():
            yield Item(mark, "quotation", quotation.voice, quotation.text)
        for mark, photo in self.photos.items():
            yield Item(mark, "photo", photo.caption, "")

    # ---- what has no mark ------------------------------------------------------------------

    def copied(self, section: str) -> list[Item]:
        """What was logged for a section and has no mark: its words, for want of a better place."""
        found = getattr(self, f"_{section}", tuple)()
        return [Item("", "words", title, text) for title, text in found if text]

    def _context(self) -> Iterator[tuple[str, str]]:
        yield "The alliance", self.enquiry.alliance.context
        yield "The focus", self.enquiry.shared_focus
        yield "The question", self.enquiry.shared_question

    def _implementation(self) -> Iterator[tuple[str, str]]:
        yield from (("An aim", aim) for aim in self.enquiry.aims)
        yield from (("Who did what", duty.description) for duty in self.enquiry.duties.all())

    def _innovation(self) -> Iterator[tuple[str, str]]:
        for cycle in self.enquiry.cycles.all():
            yield f"{cycle.label}: tried", cycle.tried
            yield f"{cycle.label}: refined", cycle.refinements

    def _challenges(self) -> Iterator[tuple[str, str]]:
        for each in self.enquiry.challenges.all():
            yield "A challenge", " ".join(filter(None, [each.challenge, each.response]))

    def _sharing(self) -> Iterator[tuple[str, str]]:
        yield from (("Shared", shared.text) for shared in self.enquiry.disseminations.all())
        yield from (("A next step", step.text) for step in self.enquiry.next_steps.all())


def _is_withheld(measure: MeasureValues) -> bool:
    cells = [*measure.readings, *(tally for r in measure.readings for tally in r.tallies)]
    return any(cell.symbol is Symbol.SUPPRESSED for cell in cells)


def _in_words(line: MeasureLine) -> str:
    """A measure's figures, or its words, in one line."""
    figures = {
        "baseline": line.baseline,
        "outcome": line.outcome,
        "change": line.change,
    }
    told = [f"{name} {figure}" for name, figure in figures.items() if figure]
    told += [f"number of people {line.n}"] if line.n else []
    text = "; ".join([line.words, *told] if not line.outcome and line.words else told)
    return text[:1].upper() + text[1:]
