"""The case study as a form like the others, with what was logged offered beside each section."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.forms.boundfield import BoundField

from alliances.forms import LONGEST_TEXT
from enquiries.sheets import Place, Sheet
from enquiries.sheets.c2l import PLACE_FIELDS
from enquiries.sheets.forms import SheetForm
from reports.builders.shelf import Item, Shelf
from reports.manuscript.advice import LOGGED, advice_on
from reports.models import CaseStudyDraft

SECTIONS = CaseStudyDraft.SECTIONS
# What of the shelf is worth beginning a section with; figures and voices are better chosen.
BEGINS_WITH = {"claim", "entry"}


@dataclass(frozen=True)
class Part:
    """A question for words, what is told of them, and for a section what it may draw on."""

    words: BoundField
    advice: list[str]
    shows: BoundField | None = None
    copied: tuple[Item, ...] = ()

    @property
    def offers(self) -> int:
        """How much lies under the section."""
        return len(self.copied) + (len(self.shows.field.choices) if self.shows else 0)


def _shows() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)


class CaseStudyForm(SheetForm):
    wording = ("reports", "case-study")
    script = "manuscript.js"
    template = "reports/desk/parts.html"
    mark_optional = False

    context_shows = _shows()
    implementation_shows = _shows()
    innovation_shows = _shows()
    impact_shows = _shows()
    leadership_shows = _shows()
    challenges_shows = _shows()
    sharing_shows = _shows()

    class Meta:
        model = CaseStudyDraft
        exclude = PLACE_FIELDS

    @cached_property
    def shelf(self) -> Shelf | None:
        """What is logged of the enquiry; nothing for a blank form on paper."""
        return Shelf(self.enquiry) if self.enquiry.pk else None

    def add_cells(self):
        for section in SECTIONS:
            self.fields[section].widget.attrs["rows"] = 12
            if self.shelf:
                self._offer(section)

    def _offer(self, section: str) -> None:
        items = self.shelf.offered(section)
        codes = {item.code for item in items}
        gone = [c for c in getattr(self.instance, f"{section}_shows") if c not in codes]
        field = self.fields[f"{section}_shows"]
        field.choices = [
            *((item.code, item.label) for item in items),
            *((code, f"[{code}] is no longer there") for code in gone),
        ]
        field.widget.hints = {item.code: item.words for item in items if item.words}

    @property
    def parts(self) -> list[Part]:
        """The questions in their order."""
        heads = [Part(self[name], self._advice(name)) for name in ("title", "summary")]
        return heads + [
            Part(
                self[name],
                self._advice(name),
                self[f"{name}_shows"],
                tuple(self.shelf.copied(name)),
            )
            for name in SECTIONS
        ]

    def _advice(self, name: str) -> list[str]:
        return advice_on(name, self[name].value() or "", self.shelf)


def as_logged(section: str, shelf: Shelf) -> str:
    """A section's beginning: the words of the log, under a line that says so; may be empty."""
    offered = [item for item in shelf.offered(section) if item.kind in BEGINS_WITH]
    told = [
        *(item.words for item in shelf.copied(section)),
        *(f"{item.words} [{item.code}]" for item in offered if item.code not in shelf.withheld()),
    ]
    lines = [LOGGED] if told else []
    for text in told:
        if len("\n\n".join([*lines, text])) <= LONGEST_TEXT:
            lines.append(" ".join(text.split()))
    return "\n\n".join(lines)


CASE_STUDY = Sheet(
    "F33",
    "case-study",
    CaseStudyDraft,
    CaseStudyForm,
    Place.ONCE,
    "impact",
    60,
    "CS",
    "Project lead with school leads",
    home="case-study",
)
