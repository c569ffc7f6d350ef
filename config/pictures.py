"""`./run pictures`: the screens that README and docs show, taken anew from the demonstration.

It starts a site of its own, so the pictures show what anybody sees who starts the demonstration.
Each is drawn with few colours, to stay small.
"""

import io
import os
from pathlib import Path

from config import demo, machine
from config.drills.site import empty_site
from config.processes import StackError, say
from config.sharing import BASE

DOCS = BASE / "docs"
WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
COLOURS, LARGEST = 64, 100 * 1024
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
    wanted = [each for each in SHOWN if not arguments or any(a in each[0] for a in arguments)]
    with empty_site() as site:
        say("Loading the demonstration ...")
        demo.run_manage(site.environment, "load_demo")
        demo.run_manage(site.environment, "load_desk")
        site.start_web()
        _take(f"http://localhost:{site.port}", site.environment["DEMO_PASSWORD"], wanted)
    return 0


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
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(small)
    say(f"{path.relative_to(BASE)}: {len(small) // 1024} kB")


def shrunk(picture: bytes) -> bytes:
    """A PNG with so few colours that it is small, and still like the page."""
    from PIL import Image

    out = io.BytesIO()
    found = Image.open(io.BytesIO(picture)).convert("RGB")
    found.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
