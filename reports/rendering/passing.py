"""What a file has to pass before it is handed out, or kept as a part of one."""

import logging
from collections.abc import Callable

from reports.rendering.press import Pdf, PdfUnavailable

log = logging.getLogger(__name__)


def passed(what: str, pdf: Pdf, problems: Callable[[bytes], list[str]]) -> Pdf:
    """The same file, unless something was found that keeps it from being read aloud."""
    if found := problems(pdf.content):
        log.error("%s is not accessible: %s", what, "; ".join(found))
        raise PdfUnavailable("This PDF could not be made well. Print the page instead.")
    return pdf
