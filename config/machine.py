"""What the machine itself must bring, and how to say in one line what it lacks."""

import shutil
from ctypes.util import find_library
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_OF_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
TYPESETTING = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
NO_PANGO = (
    "Pango is missing: reports have a print view instead of a PDF. Debian and Ubuntu: apt-get "
    "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation; "
    "macOS: brew install pango."
)
NO_BROWSER = (
    "A Chromium is missing: journeys in a browser cannot be tested. Debian: apt-get install "
    "chromium; Ubuntu and macOS: install Google Chrome."
)

NO_JAVA = (
    "A Java compiler is missing: documents cannot be validated as PDF/UA-1. Debian and Ubuntu: "
    "apt-get install default-jdk-headless; macOS: brew install openjdk."
)


def can_make_pdf() -> bool:
    """Whether the libraries are there that documents are typeset with."""
    return all(map(find_library, TYPESETTING))


def has_java() -> bool:
    """Whether a Java class can be compiled and run."""
    return all(map(shutil.which, ("java", "javac")))


def browser() -> str:
    """The path of a Chromium; an empty string where there is none."""
    for found in map(shutil.which, BROWSERS):
        if found:
            return found
    return str(BROWSER_OF_MACOS) if BROWSER_OF_MACOS.exists() else ""
