"""The formats in which a finished report is offered, and the file in each.

They are made in the request. On two busy cores the workbook and the Word document of a national
report on 98 alliances take less than a second, the others a tenth of it. Only the PDF is made
by the workers.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from alliances.content import words
from impact.spreadsheets.writing import XLSX
from reports import rendering
from reports.models import Kind, Report
from reports.rendering import formats

EDITED_IN_WORD = frozenset(
    {Kind.CASE_STUDY, Kind.INTERIM, Kind.FINAL, Kind.THEME, Kind.OVERARCHING}
)
EVERY = frozenset(Kind)
# So much of what a report is about stands in the names of its files.
LONGEST_SUBJECT = 100


@dataclass(frozen=True)
class Format:
    """``kinds`` are those of which it is made."""

    code: str
    content_type: str
    ending: str
    kinds: frozenset[Kind]

    @property
    def title(self) -> str:
        return words("reports", "formats")[self.code].title

    @property
    def text(self) -> str:
        """What it is for."""
        return words("reports", "formats")[self.code].text


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = (
    Format("docx", WORD, "docx", EDITED_IN_WORD),
    Format("xlsx", XLSX, "xlsx", EVERY),
    Format("csv", "application/zip", "zip", EVERY),
    Format("json", "application/json", "json", EVERY),
)


def offered(report: Report) -> dict[str, Format]:
    """By code, what a finished report can be had as, apart from its PDF."""
    return {each.code: each for each in FORMATS if report.kind in each.kinds}


def file_of(report: Report, wanted: Format) -> bytes:
    """The file; the same report gives the same bytes."""
    return formats.format_of(wanted.code, report.kind, report.data, _imprint(report))


def fingerprint_of(report: Report, wanted: Format) -> str:
    """The hash of what shapes the file, known before it is made."""
    return formats.shaped_format(wanted.code, report.kind, report.data, _imprint(report))


def name_of(report: Report, wanted: Format) -> str:
    """What the file is called when it is saved."""
    return named(report, wanted.ending, "csv" if wanted.code == "csv" else "")


def named(report: Report, ending: str, variant: str = "") -> str:
    """What a file of a report is called: its subject, kind, variant and number."""
    subject = slugify(report.subject)[:LONGEST_SUBJECT].strip("-")
    return "-".join(filter(None, (subject, report.kind, variant, f"{report.pk}.{ending}")))


def _imprint(report: Report) -> formats.Imprint:
    title = rendering.title_of(report.kind, report.data)
    return formats.Imprint(
        kind=report.get_kind_display(),
        subject=_subject(report, title),
        title=title,
        version=report.version,
        corrects=report.corrects.version if report.corrects else 0,
        correction=report.correction,
        asked_on=timezone.localdate(report.asked_at),
        data_hash=report.data_hash,
        made_with=report.made_with,
        signs=formats.SIGNS | {s["first"]: s["second"] for s in report.data.get("symbols", [])},
    )


def _subject(report: Report, title: str) -> str:
    """Whom it tells of and, of an enquiry, which: as all were called when it was frozen."""
    if report.kind == Kind.OVERVIEW:
        return report.data["about"]
    if report.enquiry:
        alliance = report.data["alliance"]
        return alliance if title == alliance else f"{alliance}: {title}"
    if report.cluster:
        return f"{report.data['cluster']}, {report.about}"
    return report.data["about"] if report.theme else report.about or report.data["programme"]
