"""Everything that shapes a file, as one hash: equal hashes, equal bytes."""

import ctypes
import json
from ctypes.util import find_library
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings

from reports import charts
from reports.manuscript import marks

HERE = Path(__file__).parent
ASSETS = HERE.parent / "documents"
DRAWN = Path(charts.__file__).parent
TAGS = HERE.parent / "templatetags"
PACKAGES = ("weasyprint", "pydyf", "pikepdf", "pypdfium2", "python-docx", "openpyxl", "tinyhtml5")


def shaped_by(kind: str, data: dict) -> str:
    """64 hex digits over the values, the templates, style, fonts and code, and the renderer."""
    values = json.dumps([kind, data], sort_keys=True, ensure_ascii=False)
    return sha256(_maker() + values.encode()).hexdigest()


def identifier_of(kind: str, data: dict) -> bytes:
    """The 16 bytes by which a PDF names itself."""
    return bytes.fromhex(shaped_by(kind, data))[:16]


@cache
def _maker() -> bytes:
    digest = sha256()
    for path in _sources():
        digest.update(path.name.encode() + path.read_bytes())
    for package in PACKAGES:
        digest.update(_version(package).encode())
    digest.update(_pango())
    return digest.digest()


def _sources() -> list[Path]:
    templates = Path(settings.BASE_DIR) / "templates"
    documents = templates / "reports" / "documents"
    code = [HERE.rglob("*.py"), DRAWN.glob("*.py"), TAGS.glob("*.py")]
    folders = [documents.rglob("*.*"), ASSETS.rglob("*.*"), *code]
    grid = templates / "enquiries" / "movement.svg"
    return [*sorted(path for paths in folders for path in paths), grid, Path(marks.__file__)]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _pango() -> bytes:
    """The version of the library that breaks lines, without the packages that lean on it."""
    library = find_library("pango-1.0")
    if library is None:
        return b"none"
    version_of = ctypes.CDLL(library).pango_version_string
    version_of.restype = ctypes.c_char_p
    return version_of()
