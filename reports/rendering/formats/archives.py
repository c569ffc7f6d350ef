"""Files made of files, whose bytes depend on nothing but their content."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date

EARLIEST = (1980, 1, 1, 0, 0, 0)  # that an archive can say
READABLE = 0o644 << 16
UNIX = 3
_SAVED_AT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive of the files in their order, all of the same time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as found:
        for name, content in files:
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr, entry.create_system = READABLE, UNIX
            found.writestr(entry, content)
    return held.getvalue()


def settled(save: Callable[[io.BytesIO], None], on: date) -> bytes:
    """What an office library saves, without the moment at which it did: all is of one day."""
    held = io.BytesIO()
    save(held)
    with zipfile.ZipFile(held) as saved:
        files = [(name, saved.read(name)) for name in saved.namelist()]
    day = on.strftime("%Y-%m-%dT00:00:00Z").encode()
    return archive(
        (name, _SAVED_AT.sub(rb"\g<1>" + day, content) if name == "docProps/core.xml" else content)
        for name, content in files
    )
