"""With which words, methods and tables of conversion a report was made."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from impact.months import table_of

WORDS = ("*/content/*.toml",)
METHODS = (
    "impact/statistics/*.py",
    "impact/disclosure/*.py",
    "impact/conclusions/*.py",
    "impact/strength.py",
)


@cache
def made_with() -> dict[str, str]:
    """Fingerprints of 16 hex digits, and the table of months by its name and version."""
    months = table_of()
    return {
        "words": _fingerprint(WORDS),
        "methods": _fingerprint(METHODS),
        "months": f"{months.name}, {months.version}",
    }


def _fingerprint(patterns: tuple[str, ...]) -> str:
    digest = sha256()
    for pattern in patterns:
        for file in sorted(Path(settings.BASE_DIR).glob(pattern)):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
