"""The body of a document, for the screen and for print alike."""

from typing import Any

from django.template.loader import render_to_string

from reports.rendering import case_study, national
from reports.rendering.typography import typeset

_CONTEXTS = {"case-study": case_study.context, "national": national.context}
FOLDER = "reports/documents"


def context(kind: str, data: dict) -> dict[str, Any]:
    """What a template of the kind is given: the values as ``doc``, and the order of its parts."""
    doc = typeset(data)
    return {"doc": doc, "kind": kind, "folder": folder(kind)} | _CONTEXTS[kind](doc)


def folder(kind: str) -> str:
    return f"{FOLDER}/{kind.replace('-', '_')}"


def body_html(kind: str, data: dict) -> str:
    """The report of ``kind`` ("case-study" or "national") as a fragment of HTML under an h1."""
    return render_to_string(f"{FOLDER}/body.html", context(kind, data))
