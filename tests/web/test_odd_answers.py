"""Whatever is sent to any form is taken whole, or refused beside its fields: it breaks nothing."""

import re
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given
from hypothesis import settings as setting
from hypothesis import strategies as st

from enquiries.models import SheetRecord
from enquiries.sheets import Place, Sheet, catalogue
from tests.access.table import PAGES
from tests.access.walk import Walker, undone
from tests.meetings import planned_once
from tests.web.odd import VALUES, Asked, form_classes, made

FEW = setting(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(alliances|enquiries|impact|reports)_')
# What is put down of a visit whatever becomes of it.
ABOUT_THE_VISIT = re.compile(r'"alliances_(session|sign|read)')


def names_of(form) -> list[str]:
    """The names of all it asks for, each part of a day by itself."""
    return sorted(Asked("".join(str(field) for field in form)).names)


def cut(sent: dict[str, str]) -> str:
    """What was sent, short enough to read."""
    return str({name: value[:30] for name, value in sent.items()})[:700]


def judged(form_class, kwargs) -> dict[str, str]:
    """What went wrong with odd answers, by the answers."""
    wrong = {}
    names = names_of(form_class(**kwargs))

    @FEW
    @given(sent=st.fixed_dictionaries(dict.fromkeys(names, VALUES)))
    def tried(sent):
        try:
            form = form_class(MultiValueDict({n: [v] for n, v in sent.items()}), {}, **kwargs)
            told = form.is_valid() or dict(form.errors)
            str(form.errors)
        except Exception as broken:  # noqa: BLE001 - any is one too many
            wrong[repr(broken)[:200]] = cut(sent)
        else:
            assert told

    tried()
    return wrong


def test_every_form_answers_odd_answers_beside_its_fields(world):
    tried, wrong = [], {}

    for form_class in form_classes():
        for kwargs in made(form_class, world):
            tried.append(form_class)
            if found := judged(form_class, kwargs):
                wrong[form_class.__qualname__] = found

    assert wrong == {}
    assert set(tried) == set(form_classes())


class Breaks(forms.Form):
    number = forms.CharField()

    def clean_number(self):
        return int(self.cleaned_data["number"])


def test_form_that_breaks_is_noticed():
    found = judged(Breaks, {})

    assert {told.partition("(")[0] for told in found} == {"ValueError"}


def posted(walker: Walker, poster: str, url: str, sent: dict[str, str]) -> str:
    """What is wrong with what became of it, which is taken back; an empty text where nothing is."""
    body = urlencode(sent, errors="surrogatepass").encode()
    client = walker.client
    client.cookies.clear()
    client.cookies[settings.SESSION_COOKIE_NAME] = walker.sessions[poster]
    with undone(), CaptureQueriesContext(connection) as asked:
        try:
            response = client.post(url, body, content_type="application/x-www-form-urlencoded")
        except Exception as broken:  # noqa: BLE001 - the client passes on what a page raises
            return repr(broken)[:300]
    statements = [each["sql"] for each in asked.captured_queries]
    written = [sql for sql in statements if WRITES.match(sql) and not ABOUT_THE_VISIT.search(sql)]
    was_undone = any(sql.startswith("ROLLBACK TO SAVEPOINT") for sql in statements[:-1])
    if response.status_code >= 400 and written and not was_undone:
        return f"{response.status_code}, but {written[0][:200]}"
    return ""


def asked_on(walker: Walker, person: str, url: str) -> set[str]:
    """The names of what the page asks this person for; none where they do not get it."""
    response = walker.answer(person, "GET", url, {})
    html = response.content.decode() if response.status_code == 200 else ""
    return Asked(html).names - {"csrfmiddlewaretoken"}


def wrong_with(walker: Walker, poster: str, url: str, names: set[str], usual: dict) -> list[str]:
    """What went wrong with odd answers to all of the names, and to one of them beside the usual."""
    wrong = []

    @setting(FEW, max_examples=2)
    @given(
        all_odd=st.fixed_dictionaries(dict.fromkeys(sorted(names), VALUES)),
        one=st.sampled_from(sorted(names)),
    )
    def tried(all_odd, one):
        both = (usual | all_odd, usual | {one: all_odd[one]})
        found = [(posted(walker, poster, url, sent), sent) for sent in both]
        wrong.extend(f"{told}: {cut(sent)}" for told, sent in found if told)

    tried()
    return wrong


def new_record(sheet: Sheet, world) -> SheetRecord:
    """An unsaved record of a form, where it would stand."""
    own = {
        Place.SCHOOL: {"participation": world.enquiry.participations.first()},
        Place.MEETING: {"meeting": planned_once(world)},
        Place.MANY: {"key": UUID(int=1)},
    }
    return sheet.model(enquiry=world.enquiry, cycle=world.cycle, **own.get(sheet.place, {}))


def test_every_form_of_the_method_takes_what_is_sent_whole_or_not_at_all(gathered):
    walker, wrong, tried = Walker(), {}, []

    for sheet in catalogue():
        url = sheet.url_of(new_record(sheet, gathered))
        asked = {name: asked_on(walker, name, url) for name in ("leah", "faye")}
        writer = max(asked, key=lambda name: len(asked[name]))
        tried += [sheet.slug] * bool(asked[writer])
        if found := wrong_with(walker, writer, url, asked[writer], {}):
            wrong[sheet.slug] = found

    assert wrong == {}
    assert tried == [sheet.slug for sheet in catalogue()]


def test_every_page_takes_what_is_sent_whole_or_not_at_all(gathered):
    walker, wrong = Walker(), {}

    for page in PAGES:
        who = [name for name, got in page.expected("POST").items() if got == page.does]
        if not who or who[0] not in walker.sessions:
            continue
        with undone():
            url = page.url(gathered)
            usual = {name: value for name, value in page.data.items() if isinstance(value, str)}
            names = usual.keys() | asked_on(walker, who[0], url)
            if names and (found := wrong_with(walker, who[0], url, set(names), usual)):
                wrong[str(page)] = found

    assert wrong == {}
