"""Pages in another language: the same pages in other words, chosen by their reader."""

import gettext
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.template.base import Lexer, TokenType
from django.urls import reverse
from django.utils import translation

from alliances.content import words
from config import environment
from config.sharing import BASE

LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
TEMPLATES = BASE / "templates"
PAGES = sorted((TEMPLATES / "cy").rglob("*.html"))
CONTENT = sorted(BASE.glob("*/content/cy/*.toml"))
CATALOGUE = BASE / "locale" / "cy" / "LC_MESSAGES"
# Attributes that people read.
SAID = {"alt", "aria-label", "data-label", "title", "content", "lang"}
# Says that a page's main part is in English still, or not any more.
SPOKEN = re.compile(r"{% block spoken %}.*?{% endblock %}")


@pytest.fixture
def two(settings):
    settings.LANGUAGES = LANGUAGES


class Elements(HTMLParser):
    """The start tags of a piece of HTML, with the attributes that nobody reads."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, [(k, v) for k, v in attrs if k not in SAID]))

    def handle_endtag(self, tag):
        self.found.append((f"/{tag}", []))


def skeleton(path: Path) -> list:
    """A template without its words: tags and variables in order, then elements and classes."""
    text = SPOKEN.sub("", path.read_text())
    tokens = Lexer(text).tokenize()
    logic = [
        (token.token_type.name, token.contents)
        for token in tokens
        if token.token_type in (TokenType.BLOCK, TokenType.VAR)
    ]
    elements = Elements()
    elements.feed(re.sub(r"{[%#].*?[%#]}", "", text))
    return [*logic, *elements.found]


def shown(client, url: str) -> tuple[str, str]:
    html = client.get(url).content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL).group(1).strip()
    return re.search(r'<html lang="(.*?)"', html).group(1), heading


def speak(client, language: str, then: str = "/"):
    return client.get(reverse("language", args=[language]), {"next": then})


# A translation is the same page


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_translated_template_differs_from_the_original_in_words_alone(path):
    original = TEMPLATES / path.relative_to(TEMPLATES / "cy")

    assert skeleton(path) == skeleton(original)
    assert path.read_text() != original.read_text()


@pytest.mark.parametrize(
    "drifted",
    [
        '<p class="a">{{ name }}</p><b></b>',
        '<p class="b">{{ name }}</p>',
        '<p class="a">{{ other }}</p>',
        '<p class="a">{% if name %}{{ name }}{% endif %}</p>',
    ],
)
def test_drift_would_be_seen(tmp_path, drifted):
    (tmp_path / "one.html").write_text('<p class="a">{{ name }} one</p>')
    (tmp_path / "same.html").write_text('<p class="a">{{ name }} un</p>')
    (tmp_path / "two.html").write_text(drifted)

    assert skeleton(tmp_path / "same.html") == skeleton(tmp_path / "one.html")
    assert skeleton(tmp_path / "two.html") != skeleton(tmp_path / "one.html")


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: f"{path.parts[-4]}/{path.stem}")
def test_translated_words_stand_under_the_same_codes(path):
    translated = tomllib.loads(path.read_text())
    original = tomllib.loads((path.parent.parent / path.name).read_text())

    assert list(translated) == list(original)
    assert {
        code for code, said in translated.items() if not said.keys() <= original[code].keys()
    } == set()


def test_compiled_catalogue_holds_what_the_readable_one_says():
    pairs = re.findall(
        r'^msgid "(.+)"\nmsgstr "(.+)"$', (CATALOGUE / "django.po").read_text(), re.M
    )
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    assert {said: compiled.gettext(said) for said, _ in pairs} == dict(pairs)


# Who reads which


@pytest.mark.usefixtures("db", "two")
@pytest.mark.parametrize(
    ("url", "english", "welsh"),
    [("/accounts/login/", "Sign in", "Mewngofnodi"), ("/glossary/", "Glossary", "Geirfa")],
)
def test_page_speaks_the_language_that_was_chosen(client, url, english, welsh):
    first = shown(client, url)
    speak(client, "cy")
    second = shown(client, url)
    speak(client, "en-gb")

    assert [first, second, shown(client, url)] == [("en", english), ("cy", welsh), ("en", english)]


def test_words_are_those_of_the_language_and_what_only_codes_say_stays(db):
    english = words("alliances", "glossary")["term-baseline"]
    with translation.override("cy"):
        welsh = words("alliances", "glossary")["term-baseline"]
        untranslated = words("alliances", "themes")

    assert (english.title, welsh.title) == ("Baseline", "Llinell sylfaen")
    assert welsh.extra == english.extra
    assert untranslated == words("alliances", "themes")


def test_page_without_translation_is_english_in_a_welsh_frame(db, two, client):
    speak(client, "cy")

    html = client.get("/cookies/").content.decode()

    assert re.search(r'<html lang="(.*?)"', html).group(1) == "cy"
    assert ">Geirfa</a>" in html
    assert '<main class="govuk-main-wrapper" id="main-content" lang="en">' in html


# The switch


@pytest.mark.parametrize(("languages", "offered"), [(LANGUAGES, ["cy"]), (LANGUAGES[:1], [])])
def test_others_are_offered_where_there_are_any(db, settings, client, languages, offered):
    settings.LANGUAGES = languages

    html = client.get("/glossary/").content.decode()

    assert re.findall(r'href="/language/([\w-]+)/\?next=/glossary/"', html) == offered


@pytest.mark.parametrize(
    ("then", "leads"),
    [
        ("/glossary/", "/glossary/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
    ],
)
def test_switch_leads_back_and_nowhere_else(db, two, client, then, leads):
    assert speak(client, "cy", then).url == leads


def test_language_that_is_not_offered_is_no_page(db, client):
    assert speak(client, "cy").status_code == 404


def test_cookie_of_a_language_that_is_not_offered_any_more_changes_nothing(db, client):
    client.cookies[site.LANGUAGE_COOKIE_NAME] = "cy"

    assert shown(client, "/glossary/") == ("en", "Glossary")


def test_two_languages_do_not_share_a_kept_template(db, two):
    found = []
    for language in ("en-gb", "cy", "en-gb"):
        with translation.override(language):
            found.append(engines["django"].get_template("base.html").origin.name)

    assert [Path(name).relative_to(TEMPLATES).as_posix() for name in found] == [
        "base.html",
        "cy/base.html",
        "base.html",
    ]


def test_language_that_no_page_speaks_is_refused_at_the_start(monkeypatch):
    monkeypatch.setenv("LANGUAGES", "en-gb,fr")

    with pytest.raises(ImproperlyConfigured, match="LANGUAGES may hold en-gb, cy, not 'fr'"):
        environment.languages("LANGUAGES", "en-gb")
