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
    "impact/claims/*.py",
    "impact/matched/*.py",
    "impact/*.py",
    "reports/builders/**/*.py",
)


@cache
def made_with() -> dict[str, str]:
    """Fingerprints of 16 hex digits, and the table of months by its name and version."""
    months = table_of()
    return {
        "words": fingerprint(WORDS),
        "methods": fingerprint(METHODS),
        "months": f"{months.name}, {months.version}",
    }


def fingerprint(patterns: tuple[str, ...]) -> str:
    """Of the files of this site that the patterns name, with where they lie: 16 hex digits."""
    digest = sha256()
    for pattern in patterns:
        for file in sorted(Path(settings.BASE_DIR).glob(pattern)):
            name = file.relative_to(settings.BASE_DIR)
            digest.update(str(name).encode() + file.read_bytes())
    return digest.hexdigest()[:16]
