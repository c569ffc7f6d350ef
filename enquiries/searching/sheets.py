"""Forms as they are found: by the answers in people's own words that their page shows a reader."""

from collections.abc import Collection, Iterator
from functools import partial

from django import forms
from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Expression, F, Func, OuterRef, Subquery, TextField, Value
from django.utils.text import Truncator

from alliances.roles import Permission
from alliances.searching.expressions import BETWEEN, Joined
from alliances.searching.sources import Branch, Lead, Reader, told_in
from enquiries.models import Answer, Evidence, Judgement
from enquiries.sheets import Sheet, catalogue
from enquiries.sheets.queries import OF_THE_ALLIANCE, private_fields

PLACE = "enquiry__alliance"
# Found otherwise: as what a meeting heard, and with what was answered.
ELSEWHERE = {"cluster-meeting", "help"}
LONGEST_TITLE = 90
KINDS = {"enquiry": "log", "measures": "measure", "claims": "measure"}


class Cells(Func):
    """The words of a column of cells, of those that are named or of all others."""

    template = "(SELECT string_agg(cell.value, ' · ') FROM jsonb_each_text(%(expressions)s))"
    output_field = TextField()

    def __init__(self, names: Collection[str], *, only: bool):
        test = "cell.key = ANY" if only else "cell.key <> ALL"
        self.arg_joiner = f") AS cell WHERE cell.value ~ '[^0-9]' AND {test} ("
        super().__init__(F("cells"), Value(sorted(names), ArrayField(CharField())))


def sheets(reader: Reader) -> Iterator[Branch]:
    """A branch for each form: its words are those its reader's page has, no other."""
    reads = set(reader.over(Permission.READ_ENQUIRY))
    for sheet in catalogue():
        opened = sorted(reads & set(reader.over(sheet.read)))
        if opened and sheet.slug not in ELSEWHERE:
            yield _branch(sheet, opened, reader)


def _branch(sheet: Sheet, opened: list[int], reader: Reader) -> Branch:
    private = private_fields(sheet)
    judging = reader.over(Permission.SEE_JUDGEMENT) if private else []
    own = reader.over(*OF_THE_ALLIANCE) if sheet.exact else []
    asked = _asked_in_words(sheet)
    openly = [name for name in asked if name not in private | sheet.exact]
    model = sheet.model
    short = [name for name in openly if isinstance(model._meta.get_field(name), CharField)]
    by_itself = [
        *(name for name in openly if name not in short[:1]),
        *_in_rows(sheet, private, only=False),
        _captions(is_private=False),
    ]
    for_some = [
        *told_in(PLACE, own, *(F(name) for name in asked if name in sheet.exact)),
        *told_in(PLACE, judging, *(F(name) for name in asked if name in private)),
        *told_in(PLACE, judging, *_in_rows(sheet, private, only=True)),
        *told_in(PLACE, reader.over(Permission.SEE_JUDGEMENT), _captions(is_private=True)),
    ]
    if private:
        shared = reader.over(Permission.SEE_JUDGEMENT, Permission.AGREE_JUDGEMENT)
        by_itself.append(_shared(agreed_at__isnull=False))
        for_some += told_in(PLACE, shared, _shared(agreed_at__isnull=True))
    return Branch(
        KINDS.get(sheet.home, "form"),
        f"sheet {sheet.slug}",
        model.objects.filter(enquiry__alliance__in=opened, **sheet.fixed),
        PLACE,
        title=Joined(*short[:1], Value("", TextField())),
        text=Joined(*by_itself, *for_some),
        lead=partial(_lead, sheet),
        watched=frozenset([*judging, *(a.pk for a in reader.alliances if a.opened)]),
    )


def _asked_in_words(sheet: Sheet) -> list[str]:
    """Columns of the form's model that it asks for in a box to write in."""
    columns = {field.name: field for field in sheet.model._meta.concrete_fields}
    return [
        name
        for name, box in sheet.form.base_fields.items()
        if isinstance(box, forms.CharField) and isinstance(columns.get(name), CharField | TextField)
    ]


def _in_rows(sheet: Sheet, private: Collection[str], *, only: bool) -> list[Expression]:
    """Answers that are kept by name, or as rows of their own: the private ones, or the others."""
    names = {field.name for field in sheet.model._meta.get_fields()}
    by_name = [name for name in private if "." in name]
    if "cells" in names and (by_name or not only):
        return [Cells(by_name, only=only)]
    if "answers" in names and not only:
        given = Answer.objects.filter(response=OuterRef("pk"), value__regex="[^0-9]")
        return [_gathered(given, "response", "value")]
    return []


def _captions(*, is_private: bool) -> Subquery:
    """What the files of a record are called."""
    files = Evidence.objects.filter(record=OuterRef("key"), removed_at=None, is_private=is_private)
    return _gathered(files, "record", "caption")


def _shared(**having) -> Subquery:
    """Private words of a record that its facilitator has shared, as they stood then."""
    said = Func(
        F("words"),
        template="(SELECT string_agg(said.value ->> 1, ' · ') "
        "FROM jsonb_array_elements(%(expressions)s) AS said)",
        output_field=TextField(),
    )
    words = Judgement.objects.filter(record=OuterRef("key"), **having).annotate(said=said)
    return _gathered(words, "record", "said")


def _gathered(rows, by: str, name: str) -> Subquery:
    """A text of all rows, as one text."""
    told = rows.order_by().values(by).annotate(all_told=StringAgg(name, BETWEEN))
    return Subquery(told.values("all_told"), output_field=TextField())


def _lead(sheet: Sheet, keys: list[int]) -> dict[int, Lead]:
    related = ("enquiry", "cycle", "participation__school", *sheet.model.related)
    found = sheet.model.objects.select_related(*related).in_bulk(keys)
    return {pk: Lead(_title(sheet, record), sheet.url_of(record)) for pk, record in found.items()}


def _title(sheet: Sheet, record) -> str:
    about = record.about or (record.participation and str(record.participation.school)) or ""
    return f"{sheet.title}: {Truncator(about).chars(LONGEST_TITLE)}" if about else sheet.title
