"""`./run pictures`: the screens that README and docs show, taken anew from the demonstration.

It starts a site of its own, so the pictures show what anybody sees who starts the demonstration;
those of the first evenings are kept by the tests that walk them. Each is drawn with few colours, to
stay small.
"""

import io
import os
import tempfile
from pathlib import Path

from config import demo, machine
from config.checks import STATIC_FILES, environment_of_tests, run_pytest
from config.drills.site import empty_site
from config.processes import StackError, say
from config.sharing import BASE

DOCS = BASE / "docs"
WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
COLOURS, LARGEST = 64, 100 * 1024
EVENINGS = "tests/journeys/test_first_evening.py"
# Each walk of a first evening: whose it is, and how many pages come up in it.
WALKS = {
    "test_project_lead_logs_a_trial": ("lead", 4),
    "test_facilitator_sees_the_cluster": ("facilitator", 6),
    "test_agency_has_its_first_report": ("nctl", 7),
}
# What is shown: the file, who looks, where, on which screen.
SHOWN = [
    ("screenshot.png", "leah", "/", WIDE),
    ("pictures/facilitator.png", "faye", "/", WIDE),
    ("pictures/national-team.png", "owen", "/", WIDE),
    *((f"pictures/{name}-phone.png", name, "/", PHONE) for name in ("leah", "faye", "owen")),
]


def pictures(arguments: list[str]) -> int:
    """Take every picture; arguments are parts of the names of those that are wanted."""
    if not machine.browser():
        raise StackError(machine.NO_BROWSER)
    # First these: a site of the demonstration stays named in what processes are told.
    if not arguments or any(a in name for a in arguments for name in steps()):
        _of_first_evenings()
    wanted = [each for each in SHOWN if not arguments or any(a in each[0] for a in arguments)]
    if wanted:
        _of_the_demonstration(wanted)
    return 0


def steps(walk: str = "") -> list[str]:
    """The pictures of the pages of a first evening, or of all of them, in their order."""
    walks = [WALKS[walk]] if walk else WALKS.values()
    return [
        f"pictures/first-evening/{who}-{number}.png"
        for who, pages in walks
        for number in range(1, pages + 1)
    ]


def _of_first_evenings() -> None:
    with tempfile.TemporaryDirectory() as folder, environment_of_tests() as environment:
        STATIC_FILES.passes(environment)
        told = {**environment, "JOURNEY_PICTURES": folder, "REQUIRE_ALL": "1"}
        if run_pytest([EVENINGS, "-n", "0", "-q"], told):
            raise StackError(f"a first evening could not be walked; see `./run pytest {EVENINGS}`.")
        for walk in WALKS:
            taken = sorted(Path(folder).glob(f"{walk}-*-{PHONE['width']}.png"))
            for path, name in zip(taken, steps(walk), strict=True):
                _keep(path.read_bytes(), DOCS / name)


def _of_the_demonstration(wanted: list[tuple]) -> None:
    with empty_site() as site:
        say("Loading the demonstration ...")
        demo.run_manage(site.environment, "load_demo")
        demo.run_manage(site.environment, "load_desk")
        site.start_web()
        _take(f"http://localhost:{site.port}", site.environment["DEMO_PASSWORD"], wanted)


def _take(address: str, password: str, wanted: list[tuple]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=machine.browser(),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        for name in dict.fromkeys(who for _, who, _, _ in wanted):
            page = browser.new_context(reduced_motion="reduce").new_page()
            _sign_in(page, address, f"{name}@example.org", password)
            for file, who, path, screen in wanted:
                if who == name:
                    page.set_viewport_size(screen)
                    page.goto(f"{address}{path}")
                    _keep(page.screenshot(), DOCS / file)
        browser.close()


def _sign_in(page, address: str, email: str, password: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).first.click()


def _keep(picture: bytes, path: Path) -> None:
    """As PNG with few colours; an error where even that is large."""
    small = shrunk(picture)
    if len(small) > LARGEST:
        raise StackError(f"{path.name} would take {len(small)} bytes, {LARGEST} at most.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(small)
    say(f"{path.relative_to(BASE)}: {len(small) // 1024} kB")


def shrunk(picture: bytes) -> bytes:
    """A PNG with so few colours that it is small, and still like the page."""
    from PIL import Image

    out = io.BytesIO()
    found = Image.open(io.BytesIO(picture)).convert("RGB")
    found.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
