"""Examples from published projects beside hard questions, from content/examples.toml."""

from dataclasses import dataclass

from django.forms import BaseForm

from alliances.content import words


@dataclass(frozen=True)
class Example:
    """What a project could have answered to a question of a form, and which project it was."""

    question: str
    text: str
    project: str


def examples_for(form: BaseForm, name: str) -> list[Example]:
    """Those of the form of that name, for the questions that its reader sees, in their order."""
    order = list(form.fields)
    own = [item for item in words("enquiries", "examples").values() if item.extra["form"] == name]
    seen = [item for item in own if item.extra["field"] in order]
    return [
        Example(form.fields[item.extra["field"]].label, item.text, item.title)
        for item in sorted(seen, key=lambda item: order.index(item.extra["field"]))
    ]
