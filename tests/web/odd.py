"""What no honest person types, and the forms that it is typed into."""

import inspect
from collections.abc import Iterator
from html.parser import HTMLParser

from django.forms.forms import BaseForm
from django.forms.models import BaseModelForm
from django.urls import get_resolver
from django.utils import timezone
from hypothesis import strategies as st

from alliances.roles import Permission
from alliances.searching.sources import reader
from alliances.terms import calendar_of, school_year_of
from enquiries.sheets import catalogue
from enquiries.sheets.forms import SheetForm
from reports.manuscript.standing import standing_of
from tests.impact.matching import matched_set_of
from tests.world import World

OURS = ("alliances", "enquiries", "impact", "reports", "config")
ODD = [
    "\0",
    "\ud800",
    "\u202egnirts",
    "\ufffe\uffff",
    "x" * 100_000,
    "-1",
    "0",
    "9" * 30,
    "-" + "9" * 5_000,
    "1e400",
    "NaN",
    "Infinity",
    "-0.00001",
    "²",
    "\uff11\uff12",
    "31",
    "9999",
    "10000",
    "[]",
    "null",
    '{"a":',
    '{"x": "\\u0000\\ud800"}',
    '{"x": ["1", 2, null, {}]}',
    "💥\r\n\t\x0b\x1b",
    "00000000-0000-0000-0000-000000000000",
    "0000-00-00",
    "=1+1",
]
VALUES = st.sampled_from(ODD) | st.text(max_size=40) | st.integers().map(str)


class Asked(HTMLParser):
    """The names of what a page asks for."""

    def __init__(self, html: str):
        super().__init__()
        self.names: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        name = dict(attrs).get("name")
        if tag in ("input", "select", "textarea") and name:
            self.names.add(name)


def form_classes() -> list[type[BaseForm]]:
    """Every form of the site that asks for something; those made for others to build on are not."""
    _ = get_resolver().url_patterns  # so that all of them are known
    found = {each for each in _below(BaseForm) if each.__module__.split(".")[0] in OURS}
    return sorted(filter(_is_whole, found), key=lambda each: (each.__module__, each.__qualname__))


def _below(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


def _is_whole(form: type[BaseForm]) -> bool:
    """Those for signing in need a request: their pages alone are tried."""
    is_to_sign_in = any(each.__module__.startswith("allauth.") for each in form.__mro__)
    has_words = hasattr(form, "wording") and getattr(form, "_meta", form) is not None
    return has_words and not is_to_sign_in


def made(form: type[BaseForm], world: World) -> list[dict]:
    """What the form is made with: of one of the method, for each sheet that it serves."""
    given = {name: GIVEN[name](world) for name in _needed(form)}
    if not issubclass(form, SheetForm):
        return [given | _row(form)]
    sheets = [sheet for sheet in catalogue() if sheet.form is form]
    place = {"enquiry": world.enquiry}
    return [given | place | {"sheet": each, "instance": each.model(**place)} for each in sheets]


def _row(form: type[BaseForm]) -> dict:
    """The row that it changes, if it is about one."""
    if not issubclass(form, BaseModelForm):
        return {}
    return {"instance": form._meta.model.objects.first()}


def _needed(form: type[BaseForm]) -> set[str]:
    """The arguments without which it cannot be made."""
    inits = [each.__init__ for each in form.__mro__ if "__init__" in vars(each)]
    told = [each for init in inits for each in inspect.signature(init).parameters.values()]
    return {
        each.name
        for each in told
        if each.kind is each.KEYWORD_ONLY and each.default is each.empty and each.name != "sheet"
    }


GIVEN = {
    "alliance": lambda world: world.abbot,
    "allowed": lambda _: set(Permission),
    "answers": lambda _: {"skill": ("Skill", "Low")},
    "assignment": lambda world: world.person("tom").assignments.get(),
    "calendar": lambda world: calendar_of(world.programme),
    "cluster": lambda world: world.south,
    "enquiry": lambda world: world.enquiry,
    "giver": lambda world: world.person("leah"),
    "labels": lambda _: {"priority": "Priority"},
    "matched_set": matched_set_of,
    "may_be_private": lambda _: True,
    "may_place": lambda _: True,
    "membership": lambda _: None,
    "messages": lambda _: [],
    "people": lambda world: [world.person("leah"), world.person("tom")],
    "person": lambda world: world.person("leah"),
    "programme": lambda world: world.programme,
    "reader": lambda world: reader(world.person("leah")),
    "school_year": lambda _: school_year_of(timezone.localdate()),
    "staff": lambda _: [],
    "standing": lambda world: standing_of(world.enquiry),
    "user": lambda world: world.person("leah"),
    "with_reads": lambda _: True,
}
