"""The progress questionnaires as forms: the statements of a version, each on the five points."""

from django import forms

from alliances.content import words
from alliances.roles import Permission
from enquiries.instruments import Question, asked, questions_of, scale
from enquiries.models import Response
from enquiries.sheets import Place, Sheet
from enquiries.sheets.c2l import PLACE_FIELDS
from enquiries.sheets.forms import SheetForm, box


class QuestionnaireForm(SheetForm):
    """Asks what the version of its record asked; a new record has the version of today."""

    wording = ("enquiries", "questionnaire")

    class Meta:
        model = Response
        exclude = [*PLACE_FIELDS, "instrument", "version"]

    @property
    def instrument(self):
        return words("enquiries", "instruments")[self.sheet.slug]

    @property
    def page_title(self) -> str:
        return self.instrument.title

    @property
    def page_intro(self) -> str:
        return self.instrument.text

    def add_cells(self):
        version = self.instance.version if self.instance.pk else self.sheet.begins["version"]
        for question in asked(questions_of(self.sheet.slug), version):
            self.fields[question.name] = _field_of(question)
            self.initial[question.name] = self.instance.value_of(question.name)
        self._offer_the_question()

    def _offer_the_question(self) -> None:
        """What the enquiry says already need not be typed again."""
        name = "answer.pq-implementation-words-1"
        if name in self.fields and not self.initial[name]:
            self.initial[name] = self.enquiry.question or self.enquiry.focus


def _field_of(question: Question) -> forms.Field:
    if question.kind != "agreement":
        return box(question.text, required=question.required)
    return forms.ChoiceField(
        label=question.text,
        choices=scale(),
        widget=forms.RadioSelect,
        required=question.required,
        error_messages={"required": f"Say how far you agree: “{question.text}”"},
    )


FEEDS = {"implementation": "CL, NR", "innovation": "CL, NR", "impact": "IR, PO, NR"}
CODES = {"implementation": "F16", "innovation": "F26", "impact": "F30"}

SHEETS = [
    Sheet(
        CODES[instrument.extra["phase"]],
        instrument.code,
        Response,
        QuestionnaireForm,
        Place.MANY,
        instrument.extra["phase"],
        5,
        FEEDS[instrument.extra["phase"]],
        "Project lead",
        by_cycle=True,
        name=instrument.title,
        fixed={"instrument": instrument.code},
        begins={"version": instrument.extra["version"]},
        write=Permission.REPORT_PROGRESS,
    )
    for instrument in words("enquiries", "instruments").values()
]
