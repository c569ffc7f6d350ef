"""A report of every kind on the cast, made as the site makes it, and everything that is in it."""

import io
import json
from collections.abc import Iterator
from datetime import date

import pikepdf

from alliances.terms import calendar_of
from reports import rendering
from reports.actions import (
    ask_about_cluster,
    ask_about_enquiry,
    ask_for_national,
    begin_edition,
    build_report,
    issue_edition,
)
from reports.formats import file_of, offered
from reports.models import ABOUT, Report
from tests.journeys.visitor import text_of
from tests.reports.unpacked import words_in
from tests.world import World


def issue_every_kind(world: World, on: date) -> dict[str, Report]:
    """By kind; the cluster's is of the term of a day."""
    reports = {report.kind: report for report in _asked(world, on)}
    for report in reports.values():
        build_report(report.pk)
        report.refresh_from_db()
    return reports


def _asked(world: World, on: date) -> Iterator[Report]:
    leah, faye, nadia = (world.person(name) for name in ("leah", "faye", "nadia"))
    for kind in ABOUT["enquiry"]:
        yield ask_about_enquiry(kind=kind, enquiry=world.enquiry, by=leah)
    term = calendar_of(world.programme).terms(on)[0]
    yield ask_about_cluster(cluster=world.south, term=term, by=faye)
    yield ask_for_national(
        programme=world.programme,
        alliances=world.programme.alliances.all(),
        about="All",
        by=nadia,
    )
    for theme in (world.abbot.theme, None):
        edition = begin_edition(programme=world.programme, theme=theme, by=world.person("owen"))
        yield issue_edition(edition=edition, by=world.person("owen"))


def everything(report: Report) -> dict[str, str]:
    """All that can be got of a report, by what it is: its data, its page, each paper and format."""
    papers = {paper.code: paper.rendition for paper in report.papers.all()}
    files = {code: bytes(each.file) for code, each in {"pdf": report.rendition, **papers}.items()}
    return {
        "data": json.dumps(report.data, ensure_ascii=False),
        "page": rendering.body_html(report.kind, report.data),
        **{code: f"{text_of(file)} {unpacked(file)}" for code, file in files.items()},
        **{code: words_in(file_of(report, each)) for code, each in offered(report).items()},
    }


def unpacked(pdf: bytes) -> str:
    """Every string, and every stream without its compression, of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return "\n".join(word for found in document.objects for word in _words(found))


def _words(found: object) -> Iterator[str]:
    """What an object holds itself; those that it points to are told of on their own."""
    if isinstance(found, pikepdf.Stream):
        yield found.read_bytes().decode("latin-1")
    if isinstance(found, pikepdf.String):
        yield str(found)
    for value in _parts(found):
        if not getattr(value, "is_indirect", False):
            yield from _words(value)


def _parts(found: object) -> list:
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return [value for _, value in found.items()]
    return list(found) if isinstance(found, pikepdf.Array) else []
