"""A PDF of each kind of report from the demonstration, and the table of docs/samples/README.md."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from alliances.models import Alliance, Programme
from alliances.terms import calendar_of
from enquiries.models import Cycle
from enquiries.sheets import sheet_called
from reports import rendering
from reports.builders import (
    build_blank_form,
    build_case_study,
    build_cluster_summary,
    build_edition,
    build_impact_report,
    build_national,
    build_overview,
    build_poster,
)
from reports.builders.visit import build_visit
from reports.kinds import KINDS
from reports.models import Kind

# A day in the term for which the demonstration holds meetings, which are made up.
THEN = date(2026, 11, 28)
FOLDER = Path(settings.BASE_DIR) / "docs" / "samples"
OPENING = """# One document of each kind

Drawn from the demonstration, as it stands after `./run` has loaded it; nothing here was written for
the purpose. What nobody has logged there, the documents name as not recorded yet.

`./run manage samples` writes these files and this table anew; the same data give the same bytes.

| Document | About | Pages | Size |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Sample:
    """A document of a kind, as ``rendering`` knows it, and its values."""

    kind: str
    title: str
    about: str
    values: Any


class Command(BaseCommand):
    help = "Write docs/samples anew from the demonstration."

    def add_arguments(self, parser):
        parser.add_argument("--out", type=Path, default=FOLDER)

    def handle(self, *, out: Path, **options):
        out.mkdir(parents=True, exist_ok=True)
        lines = []
        for sample in samples():
            pdf = rendering.render_checked_pdf(sample.kind, plain(sample.values))
            (out / f"{sample.kind}.pdf").write_bytes(pdf.content)
            size = f"{round(len(pdf.content) / 1024)} KB"
            title = f"[{sample.title}]({sample.kind}.pdf)"
            lines.append(f"| {title} | {sample.about} | {pdf.pages} | {size} |\n")
        (out / "README.md").write_text(OPENING + "".join(lines), encoding="utf-8")
        self.stdout.write(f"{len(lines)} documents written.")


def plain(values: Any) -> dict:
    """As a report is frozen."""
    return json.loads(json.dumps(asdict(values)))


def samples() -> Iterator[Sample]:
    """Every kind, from the alliances of the demonstration that show it best."""
    abbot, fairfields = (Alliance.objects.get(key=key) for key in ("georgeabbot", "fairfields"))
    enquiry, other = abbot.enquiries.first(), fairfields.enquiries.first()
    yield _of(Kind.CASE_STUDY, abbot, build_case_study(enquiry))
    yield _of(Kind.INTERIM, fairfields, build_impact_report(other, is_final=False))
    yield _of(Kind.FINAL, abbot, build_impact_report(enquiry, is_final=True))
    poster = build_poster(enquiry)
    yield _of(Kind.POSTER, abbot, poster)
    for code in KINDS[Kind.POSTER].papers:
        yield Sample(f"{Kind.POSTER}-{code}", f"Poster: {code}", abbot.name, poster)
    bedfordshire = Alliance.objects.get(key="centralbeds")
    cycle = Cycle.objects.filter(enquiry__alliance=bedfordshire).last()
    yield _of(Kind.OVERVIEW, bedfordshire, build_overview(cycle.enquiry, cycle))
    yield _cluster_summary(abbot)
    yield _national(abbot.programme)
    for edition in abbot.programme.editions.all():
        label = Kind(edition.kind).label
        yield Sample(edition.kind, label, edition.title, build_edition(edition))
    visit = build_visit(enquiry.participations.first(), "innovation")
    yield Sample("visit", "The paper for a visit", visit.title, visit)
    form = build_blank_form(sheet_called("question"))
    yield Sample("form", "A blank form", f"{form.code} {form.title}", form)


def _of(kind: Kind, alliance: Alliance, values: Any) -> Sample:
    return Sample(kind, kind.label, alliance.name, values)


def _cluster_summary(alliance: Alliance) -> Sample:
    cluster = alliance.cluster
    term = calendar_of(alliance.programme).terms(THEN)[0]
    days = {"since": term.since, "until": term.ends_on}
    values = build_cluster_summary(cluster, about=term.title, **days)
    about = f"{cluster}, {term.title}; its meetings are made up"
    return Sample(Kind.CLUSTER, Kind.CLUSTER.label, about, values)


def _national(programme: Programme) -> Sample:
    numbers = list(programme.alliances.values_list("pk", flat=True))
    values = build_national(programme, numbers, "All alliances")
    return Sample(Kind.NATIONAL, Kind.NATIONAL.label, "All alliances", values)
