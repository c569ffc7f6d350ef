"""What a facilitator keeps to themselves is found by nobody else: on no page, in no file."""

import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from uuid import UUID

import pytest
from django import forms
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from alliances.fields import DayMonthYearField
from alliances.models import Mail
from alliances.searching.sources import branches, reader
from alliances.searching.statements import TOLD, Told
from enquiries.models import SheetRecord
from enquiries.sheets import Place, Sheet, catalogue, sheet_called
from enquiries.sheets.queries import private_fields
from reports.actions import (
    ask_for_case_study,
    ask_for_national,
    begin_edition,
    build_report,
    issue_edition,
)
from reports.formats import offered
from reports.models import Kind, Report
from tests.access.cast import gather
from tests.access.of_programs import FOR_PROGRAMS
from tests.access.table import PAGES
from tests.reports.issued import everything, issue_every_kind
from tests.reports.unpacked import words_in
from tests.tokens import Program
from tests.world import PEOPLE, World

PRIVATE = {sheet.slug: names for sheet in catalogue() if (names := private_fields(sheet))}
WITH_THE_RIGHT = "faye"
# The paper of a form is the same for whoever may read it: one of them looks through all of it.
READS_ON_PAPER = "leah"
EVERYBODY = [*PEOPLE, "nobody"]
HELD_ON = date(2026, 3, 3)


class Garden:
    """Plants a marker in every private text of every form, as the facilitator would.

    ``markers`` tells of each where it stands: the form, the field, and whether it was saved,
    replaced by a later save, or left in a draft; ``records`` are the forms they were saved in.
    """

    def __init__(self, world: World, faye: Client):
        self.world, self.faye, self.number = world, faye, count(1000)
        self.markers: dict[str, tuple[str, str, str]] = {}
        self.records: dict[str, SheetRecord] = {}
        self.drafts: list[str] = []

    def plant(self, sheet: Sheet) -> None:
        first, second = self._place(sheet, 0), self._place(sheet, 1)
        for state in ("replaced", "saved"):
            sent = self._answers(sheet, first, state)
            assert self.faye.post(first, sent).status_code == 302, (sheet.slug, state)
        self.faye.post(second, {**self._answers(sheet, second, "drafted"), "draft": "quietly"})
        self.drafts.append(second)
        own = {"saved_by__email": f"{WITH_THE_RIGHT}@example.org", **sheet.fixed}
        self.records[sheet.slug] = sheet.model.objects.get(**own)

    def _place(self, sheet: Sheet, number: int) -> str:
        """The address of the form's first or second record."""
        schools = self.world.enquiry.participations.values_list("pk", flat=True)
        name, last = {
            Place.ONCE: ("sheet", {}),
            Place.SCHOOL: ("sheet-of-school", {"school": schools[number]}),
            Place.MANY: ("sheet-record", {"key": UUID(int=number + 1)}),
        }[sheet.place]
        return reverse(name, kwargs={"pk": self.world.enquiry.pk, "slug": sheet.slug, **last})

    def _answers(self, sheet: Sheet, url: str, state: str) -> dict:
        """What the page asks, answered: the private texts by a marker, each another."""
        form = self.faye.get(url).context["form"]
        sent = {"seen": json.dumps(form.stored())}
        for name in form.names:
            sent |= _answer(name, form.fields[name])
            if name in PRIVATE[sheet.slug] and not isinstance(form.fields[name], forms.ChoiceField):
                sent[name] = f"Quokka{next(self.number)}"
                self.markers[sent[name]] = (sheet.slug, name, state)
        return sent

    def addresses(self) -> Iterator[str]:
        """Every address of the site; of forms and reports, those of each that could tell."""
        yield from self.drafts
        for page in PAGES:
            url = reverse(page.name, args=page.arguments(self.world))
            yield url
            named = resolve(url).kwargs
            for slug, record in self.records.items() if {"pk", "slug"} <= named.keys() else ():
                own = {"slug": slug, "key": record.key, "school": record.participation_id}
                yield reverse(page.name, kwargs={n: own.get(n) or v for n, v in named.items()})
            for report in Report.objects.all() if page.name.startswith("report-") else ():
                codes = offered(report) if page.name == "report-format" else [named.get("code")]
                for code in codes:
                    own = named | {"pk": report.pk} | ({"code": code} if code else {})
                    yield reverse(page.name, kwargs=own)


def _answer(name: str, field: forms.Field) -> dict:
    """An answer of the kind that a question takes."""
    if isinstance(field, DayMonthYearField):
        day = {"day": HELD_ON.day, "month": HELD_ON.month, "year": HELD_ON.year}
        return {f"{name}_{part}": str(number) for part, number in day.items()}
    if isinstance(field, forms.ChoiceField):
        return {name: _first(field.choices)}
    return {name: "6" if isinstance(field, forms.IntegerField) else "Said openly"}


def _first(choices) -> str:
    """The first code to choose, in a group or by itself."""
    code, label = next(choice for choice in choices if choice[0])
    return label[0][0] if isinstance(label, list | tuple) else code


def readable(response) -> str:
    """Everything an answer says: its headers, and its page or all of its file."""
    return f"{response.headers} {words_in(response.getvalue())}"


def found_by(client: Client, addresses: list[str], markers: Iterable[str]) -> set[str]:
    """The markers that somebody meets who opens every address and sends every form."""
    told = []
    for url in addresses:
        told.append(readable(client.get(url, follow=True)))
        if "/forms/" not in url:
            continue
        with transaction.atomic():
            told.append(readable(client.post(url, INTRUSION)))
            transaction.set_rollback(True)
    return {marker for marker in markers if any(marker in each for each in told)}


# What somebody might send who has seen a form's source elsewhere.
INTRUSION = {"seen": "{}", **{name: "x" for names in PRIVATE.values() for name in names}}


@pytest.fixture
def garden(world, as_person) -> Garden:
    """The world with markers, three reports, all who come to the walk, and mail on its way."""
    planted = Garden(world, as_person(WITH_THE_RIGHT))
    for slug in PRIVATE:
        planted.plant(sheet_called(slug))
    nadia, owen = world.person("nadia"), world.person("owen")
    gather(world)
    everything = world.programme.alliances.all()
    edition = begin_edition(programme=world.programme, theme=None, by=owen)
    asked = [
        ask_for_case_study(enquiry=world.enquiry, by=nadia),
        ask_for_national(programme=world.programme, alliances=everything, about="All", by=nadia),
        issue_edition(edition=edition, by=owen),
    ]
    for report in asked:
        build_report(report.pk)
    return planted


def test_private_words_are_found_by_the_facilitator_and_by_nobody_else(garden, as_person):
    addresses = list(dict.fromkeys(garden.addresses()))
    found = {}

    for name in EVERYBODY:
        client = as_person(None if name == "nobody" else name)
        own = [url for url in addresses if name == READS_ON_PAPER or ".pdf" not in url]
        found[name] = found_by(client, own, garden.markers)

    nothing = {name: set() for name in EVERYBODY}
    assert found == {**nothing, WITH_THE_RIGHT: set(garden.markers)}


def test_private_words_are_told_to_no_program(garden):
    """Not even to one of the facilitator's own."""
    addresses = [page.url(garden.world) for page in FOR_PROGRAMS]

    answers = [Program(garden.world.person(name)).ask(url) for name in PEOPLE for url in addresses]

    told = "".join(answer.content.decode() for answer in answers)
    assert garden.world.enquiry.title in told
    assert [marker for marker in garden.markers if marker in told] == []


def test_private_words_are_found_by_search_by_the_facilitator_and_by_nobody_else(garden):
    """Those that stand now: what was replaced or never saved is found by nobody."""
    found = {}

    for name in PEOPLE:
        everything = Told(branches(reader(garden.world.person(name))))
        rows = everything.ask(
            f"{TOLD} SELECT NULL AS id, concat(title, ' ', text) AS said FROM told"
        )
        said = " ".join(row.said for row in rows)
        found[name] = {marker for marker in garden.markers if marker in said}

    saved = {marker for marker, (*_, state) in garden.markers.items() if state == "saved"}
    assert found == {**{name: set() for name in PEOPLE}, WITH_THE_RIGHT: saved}


def test_private_words_are_in_no_kind_of_report_in_any_format(garden):
    reports = issue_every_kind(garden.world, HELD_ON)

    files = {kind: everything(report) for kind, report in reports.items()}

    found = [
        (kind, form, *garden.markers[marker])
        for kind, forms in files.items()
        for form, told in forms.items()
        for marker in garden.markers
        if marker in told
    ]
    assert sorted(files) == sorted(Kind)
    assert found == []


def test_private_words_are_in_no_mail_and_no_export(garden, tmp_path):
    list(garden.addresses())

    call_command("export_enquiries", out=tmp_path, stdout=io.StringIO())
    exported = "".join(file.read_text() for file in tmp_path.iterdir())
    mailed = "".join(f"{mail.subject} {mail.text} {mail.html}" for mail in Mail.objects.all())

    assert garden.world.enquiry.title in exported
    assert "you are invited" in mailed
    assert [marker for marker in garden.markers if marker in exported + mailed] == []
