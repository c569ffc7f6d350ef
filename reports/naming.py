"""What the history calls things: rows, fields and pages by the words that people read on them."""

import re
from functools import cache

from django.db.models import Model

from alliances.content import words
from alliances.forms import AllianceForm, wording_of
from alliances.models import Alliance
from enquiries.models import SheetRecord
from enquiries.sheets import Sheet, catalogue
from enquiries.sheets.forms import labels_of


def page_in_words(page: str) -> str:
    """Where something was done: a page by its title, a task, a command."""
    kind, _, rest = page.partition(" ")
    name, *arguments = rest.split(" ")
    if kind == "task":
        return "by the service itself"
    if kind == "command":
        return f"from the command line ({name})"
    if kind == "sql":
        return "in the database itself"
    return f"on the page “{_title_of_page(name, arguments)}”"


def _title_of_page(name: str, arguments: list[str]) -> str:
    """The title of a page of today; the name of the address of one that is there no more."""
    found = words("reports", "pages").get(f"page-{name}")
    if found is None:
        return re.sub("[-_]", " ", name)
    slugs = (sheet.title for sheet in catalogue() if sheet.slug in arguments)
    return found.title.format(form=next(slugs, "a form"))


def title_of(model: type[Model]) -> str:
    """What a row of a table is called: the form it is filled in on, else its own name."""
    sheets = sheets_of(model)
    if len(sheets) == 1:
        return sheets[0].title
    return str(model._meta.verbose_name).capitalize()


def label_of(model: type[Model], name: str) -> str:
    """How the form asks for a field, else the field's own name."""
    for sheet in sheets_of(model):
        fields = wording_of(*sheet.form.wording).get("fields", {})
        if name in fields:
            return fields[name]["label"]
    fields = wording_of(*AllianceForm.wording)["fields"] if model is Alliance else {}
    return fields[name]["label"] if name in fields else name.replace("_", " ").capitalize()


@cache
def names_of(model: type[Model], name: str) -> dict[str, str]:
    """What the codes of a field are called on the form that asks for it, else in the model."""
    names = {str(code): str(title) for code, title in model._meta.get_field(name).flatchoices}
    for sheet in sheets_of(model):
        names |= labels_of(sheet.form.base_fields.get(name))
    return names


@cache
def sheets_of(model: type[Model]) -> list[Sheet]:
    """The forms that rows of a table are filled in on."""
    if not issubclass(model, SheetRecord):
        return []
    return [sheet for sheet in catalogue() if sheet.model is model]
