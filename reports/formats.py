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
from reports.models import Kind, Report
from reports.rendering import formats

EDITED_IN_WORD = frozenset(
    {Kind.CASE_STUDY, Kind.INTERIM, Kind.FINAL, Kind.THEME, Kind.OVERARCHING}
)
WITH_TABLES = EDITED_IN_WORD | {Kind.NATIONAL}


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
    Format("xlsx", XLSX, "xlsx", WITH_TABLES),
    Format("csv", "application/zip", "zip", WITH_TABLES),
    Format("json", "application/json", "json", WITH_TABLES),
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
    kind = f"{report.kind}-csv" if wanted.code == "csv" else report.kind
    return f"{slugify(report.subject)}-{kind}-{report.pk}.{wanted.ending}"


def _imprint(report: Report) -> formats.Imprint:
    return formats.Imprint(
        kind=report.get_kind_display(),
        subject=report.subject,
        title=report.data.get("title") or report.data["programme"],
        version=report.version,
        corrects=report.corrects.version if report.corrects else 0,
        correction=report.correction,
        asked_on=timezone.localdate(report.asked_at),
        data_hash=report.data_hash,
        made_with=report.made_with,
    )
