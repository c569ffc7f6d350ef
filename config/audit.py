"""`./run audit`: whether anything that production installs has a known vulnerability.

pip-audit asks the Python package index about each pinned release. It lives in an environment of
its own, so that nothing it needs is ever installed beside the application.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from config.processes import StackError, say
from config.sharing import BASE

LOCK = BASE / "requirements" / "audit.txt"
AUDITED = BASE / "requirements" / "production.txt"
HOME = BASE / ".local" / "audit"


def audit(arguments: list[str]) -> int:
    """0 where nothing is known, 1 where something is; StackError where nobody could be asked."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = [_installed(), "--requirement", AUDITED, "--require-hashes", "--disable-pip"]
        command += ["--format", "json", "--output", answer, "--progress-spinner", "off"]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True)
        told = answer.read_text() if answer.exists() else ""
    found = vulnerabilities(told, done.stderr)
    for line in found:
        say(line)
    say(f"{len(found)} known vulnerabilities in {AUDITED.relative_to(BASE)}.")
    return int(bool(found))


def vulnerabilities(answer: str, complaint: str) -> list[str]:
    """A line for each vulnerability of pip-audit's answer; StackError where there is no answer."""
    try:
        asked = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        last = (complaint.strip().splitlines() or ["it said nothing"])[-1]
        raise StackError(
            f"the advisories could not be asked, so nothing is known: {last}"
        ) from None
    skipped = [each["name"] for each in asked if "skip_reason" in each]
    if skipped or not asked:
        raise StackError(f"nothing is known of: {', '.join(skipped) or 'any package'}")
    return [
        f"{each['name']} {each['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no release yet'}"
        for each in asked
        for hole in each["vulns"]
    ]


def _installed() -> Path:
    """The command, in an environment made anew whenever its lock changes."""
    stamp, mark = HOME / "installed", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != mark:
        say("Installing pip-audit ...")
        venv.create(HOME, clear=True, with_pip=True)
        pip = [HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes"]
        done = subprocess.run([*pip, "--no-deps", "--requirement", LOCK], stdout=sys.stderr)
        if done.returncode:
            raise StackError("pip-audit could not be installed; see the messages above.")
        stamp.write_text(mark)
    return HOME / "bin" / "pip-audit"
