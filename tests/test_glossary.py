"""The glossary: every hard word of the forms is in it, and nothing that is not used."""

import re
from html import unescape

import pytest
from django.template import Context, Template
from django.urls import reverse

from alliances.forms import wording_of
from alliances.glossary import explained_in, glossary, spellings
from config.sharing import BASE
from enquiries.sheets import catalogue

# Names of files and of a test, and what their own hint spells out.
KNOWN_ANYWHERE = {"CSV", "NGRT", "PDF", "XLSX", "ZIP", "PNG", "JPEG", "MB", "PIN"}
FORMS = [path for path in BASE.glob("*/content/*.toml") if re.match("forms|sheets", path.stem)]


def words_of(text: str, spelt: str) -> list[str]:
    return re.findall(rf"\b{re.escape(spelt)}\b", text, re.NOFLAG if spelt.isupper() else re.I)


def titles(*texts: str) -> list[str]:
    return [entry.title for entry in explained_in(texts)]


@pytest.mark.parametrize("entry", glossary(), ids=lambda entry: entry.code)
def test_every_entry_is_used_on_a_page_or_by_another(entry):
    content = [path for path in BASE.glob("*/content/*.toml") if path.stem != "glossary"]
    pages = (BASE / "templates").rglob("*.html")
    others = [each.text for each in glossary() if each is not entry]

    text = " ".join([path.read_text() for path in [*content, *pages]] + others)

    assert any(words_of(text, spelt) for spelt in spellings(entry))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_every_abbreviation_on_a_form_is_explained(path):
    used = set(re.findall(r"\b[A-Z]{2,}\b", path.read_text())) - KNOWN_ANYWHERE
    explained = {spelt for entry in glossary() for spelt in spellings(entry)}

    assert used - explained == set()


def test_no_spelling_leads_to_two_entries():
    spelt = [each.casefold() for entry in glossary() for each in spellings(entry)]

    assert sorted(spelt) == sorted(set(spelt))


def test_words_are_explained_in_the_order_of_their_first_use():
    assert titles("Its outcome, against the Baseline", "a second baseline") == [
        "Outcome",
        "Baseline",
    ]


@pytest.mark.parametrize(
    "text",
    ["baselined", "send it", "An alliance", ""],
    ids=["longer", "no capitals", "plain", "none"],
)
def test_words_that_only_look_alike_or_that_all_know_are_not_explained(text):
    assert titles(text) == []


def test_form_explains_its_hard_words(as_person, world):
    url = reverse("sheet-new", args=[world.enquiry.pk, "measure"])

    page = as_person("leah").get(url, follow=True)

    html = unescape(page.content.decode())
    told = re.findall(r"<dt><strong>(.*?)</strong></dt>\s*<dd>(.*?)</dd>", html)
    form = page.context["form"]
    asked = [f"{field.label} {field.help_text}" for field in form.fields.values()]
    entries = explained_in([form.page_title, form.page_intro, *asked])
    assert told == [(entry.title, entry.text) for entry in entries]
    assert "Baseline" in [title for title, _ in told]


def test_form_without_hard_words_says_nothing():
    class Plain:
        page_title, page_intro, fields = "Your name", "", {}

    html = Template("{% load glossary %}{% words_used form %}").render(Context({"form": Plain}))

    assert html.strip() == ""


def test_glossary_is_in_the_order_of_the_alphabet_and_open_to_anybody(as_person, world):
    page = as_person(None).get(reverse("glossary"))

    keys = re.findall(r'summary-list__key">(.*?)</dt>', page.content.decode())
    assert [unescape(key) for key in keys] == sorted(
        (entry.title for entry in glossary()), key=str.casefold
    )


@pytest.mark.parametrize("sheet", catalogue(), ids=lambda sheet: sheet.slug)
def test_list_of_words_of_a_form_fits_a_phone(sheet):
    asked = wording_of(*sheet.form.wording)
    fields = [f"{each['label']} {each.get('hint', '')}" for each in asked["fields"].values()]

    assert len(explained_in([asked["title"], asked.get("intro", ""), *fields])) <= 6
