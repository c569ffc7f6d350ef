"""Fetch the front-end files we ship: `python docs/vendor_assets.py`, with npm on the PATH.

The design system is used outside GOV.UK, so its typeface and its crest are taken out. Every edit
is counted: a new release that changed shape stops the script instead of slipping through.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

GOVUK_FRONTEND = "6.6.0"
AXE_CORE = "4.14.1"

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static" / "vendor" / "govuk-frontend"
TESTS = ROOT / "tests" / "vendor"

# (what, pattern, replacement, how many times it must occur)
CSS_EDITS = [
    ("font files", r"/\*! Copyright \(c\) 2011 [^*]*\*/|@font-face\{[^}]*\}", "", 3),
    ("font name", r"GDS Transport,arial,sans-serif", "var(--service-font,arial,sans-serif)", 58),
    ("crest", r"(?<=[{}])[^{}]*\{[^{}]*govuk-crest\.svg[^{}]*\}", "", 2),
    ("source map", r"\n/\*# sourceMappingURL=\S+ \*/", "", 1),
]
JS_EDITS = [("source map", r"//# sourceMappingURL=\S+", "", 1)]
BRANDING = re.compile(r"GDS Transport|crest\.svg|/assets/|sourceMappingURL")


def fetch(package: str, version: str, into: Path) -> Path:
    """The unpacked npm package."""
    command = ["npm", "pack", "--silent", f"{package}@{version}"]
    archive = subprocess.run(command, cwd=into, check=True, capture_output=True, text=True)
    with tarfile.open(into / archive.stdout.strip()) as packed:
        packed.extractall(into / package, filter="data")
    return into / package / "package"


def edit(text: str, edits: list[tuple[str, str, str, int]]) -> str:
    for what, pattern, replacement, expected in edits:
        text, found = re.subn(pattern, replacement, text)
        if found != expected:
            raise SystemExit(f"{what}: expected {expected} places to edit, found {found}.")
    if left := BRANDING.search(text):
        raise SystemExit(f"{left.group()!r} is still there after the edits.")
    return text.strip() + "\n"


def main() -> None:
    for folder in (STATIC, TESTS):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        dist = fetch("govuk-frontend", GOVUK_FRONTEND, Path(scratch)) / "dist" / "govuk"
        for name, edits in (
            ("govuk-frontend.min.css", CSS_EDITS),
            ("govuk-frontend.min.js", JS_EDITS),
        ):
            (STATIC / name).write_text(edit((dist / name).read_text("utf-8"), edits), "utf-8")
        axe = fetch("axe-core", AXE_CORE, Path(scratch))
        shutil.copyfile(axe / "axe.min.js", TESTS / "axe.min.js")
        shutil.copyfile(axe / "LICENSE", TESTS / "axe-LICENSE.txt")


if __name__ == "__main__":
    main()
