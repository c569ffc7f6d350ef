"""The body of a document, for the screen and for print alike."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string

from reports.rendering import (
    case_study,
    cluster_summary,
    form,
    handover,
    impact_report,
    national,
    poster,
    told,
)
from reports.rendering.folding import folded
from reports.rendering.typography import typeset

FOLDER = "reports/documents"


@dataclass(frozen=True)
class Kind:
    """A kind of document: what its templates are given, and which they are.

    Its templates lie in ``folder``, or in one of its own name.
    One that is set ``in_parts`` is printed section by section, and joined.
    ``fits`` are ways to set it, the roomiest first: that is taken which needs but the ``pages``.
    ``finish`` makes of the printed file another, with its number of pages.
    ``pictures`` are those that its values hold themselves, by name.
    """

    context: Callable[[dict], dict[str, Any]]
    body: str = "body.html"
    page: str = "print.html"
    folder: str = ""
    has_cover: bool = True
    in_parts: bool = False
    fits: tuple[str, ...] = ("",)
    pictures: Callable[[dict], dict[str, bytes]] = lambda _data: {}
    pages: int = 1
    finish: Callable[[bytes], tuple[bytes, int]] | None = None


POSTER = Kind(
    poster.context,
    "poster/body.html",
    "poster/print.html",
    folder="poster",
    fits=poster.FITS,
)
KINDS = {
    "case-study": Kind(case_study.context, pictures=told.pictures),
    "interim-report": Kind(
        impact_report.context_of("Interim impact report"), folder="impact_report"
    ),
    "final-report": Kind(impact_report.context_of("Final impact report"), folder="impact_report"),
    "cluster-summary": Kind(cluster_summary.context),
    "poster": POSTER,
    "poster-a3": POSTER,
    "poster-booklet": replace(POSTER, page="poster/booklet.html", pages=4, finish=folded),
    "national": Kind(national.context, in_parts=True),
    "theme": Kind(national.edition_context, folder="national", in_parts=True),
    "overarching": Kind(national.edition_context, folder="national", in_parts=True),
    "form": Kind(form.context, "form/body.html", "form/print.html", has_cover=False),
    "minutes": Kind(
        form.minutes_context, "minutes/body.html", "minutes/print.html", has_cover=False
    ),
    "handover": Kind(
        handover.context, "handover/body.html", "handover/print.html", has_cover=False
    ),
    "visit": Kind(form.visit_context, "visit/body.html", "visit/print.html", has_cover=False),
    "overview": Kind(
        form.overview_context,
        "form_overview/body.html",
        "form_overview/print.html",
        has_cover=False,
        fits=form.FITS,
    ),
}


def context(kind: str, data: dict) -> dict[str, Any]:
    """What a template of the kind is given: the values as ``doc``, and the order of its parts.

    ``known`` are the marks that the document's lists have.
    """
    doc = typeset(data)
    given = {
        "doc": doc,
        "kind": kind,
        "folder": folder(kind),
        "open": Evidence(),
        "known": _marks_of(doc),
    }
    return given | KINDS[kind].context(doc)


def title_of(kind: str, data: dict) -> str:
    """What stands on the document's first page."""
    return KINDS[kind].context(data)["title"]


def _marks_of(doc: dict) -> set[str]:
    """Those of its claims and of what they rest on; forms on paper have neither."""
    lists = [doc.get("rests_on", []), doc.get("evidence", [])]
    return {line["mark"] for each in lists for line in each if "mark" in line}


def folder(kind: str) -> str:
    return f"{FOLDER}/{KINDS[kind].folder or kind.replace('-', '_')}"


@dataclass(frozen=True)
class Evidence:
    """The numbers of claims and of measures whose pages a reader may open on the site."""

    claims: Collection[int] = ()
    measures: Collection[int] = ()


def body_html(kind: str, data: dict, evidence: Evidence | None = None) -> str:
    """A document of ``kind``, one of KINDS, as a fragment of HTML under an h1.

    It leads to the ``evidence`` that its reader may open.
    """
    told = context(kind, data) | {"open": evidence or Evidence()}
    return render_to_string(f"{FOLDER}/{KINDS[kind].body}", told)


def page_html(kind: str, data: dict) -> str:
    """The whole page that is printed, with its cover and what its head says of it."""
    how = KINDS[kind]
    return render_to_string(f"{FOLDER}/{how.page}", context(kind, data) | {"fit": how.fits[0]})
