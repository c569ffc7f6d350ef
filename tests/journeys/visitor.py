"""A person at a browser, who finds fault with every page they come to."""

import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from playwright.sync_api import expect

from tests.world import PASSWORD

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text() + ";0"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What a narrow screen may break that a wide one does not.
ON_A_PHONE = ["scrollable-region-focusable", "target-size"]
PATIENCE = 20_000
PATIENCE_WITH_WORKER = 60_000
DESKTOP = {"width": 1100, "height": 900}
PHONE = {"width": 360, "height": 740}
# A form sent back with its errors answers 422, which Chromium notes beside the page.
SENT_BACK = re.compile(r"status of 422")
# A folder outside the repository in which to keep a picture of each page, for people to look at.
PICTURES = os.environ.get("JOURNEY_PICTURES", "")


class Visitor:
    """Looks at each page after it has loaded: WCAG, narrow screens, the console, strange hosts."""

    def __init__(self, browser, address: str, journey: str, *, script: bool = True):
        self.address, self.journey, self.script = address, journey, script
        self.faults: list[str] = []
        self.seen = 0
        self.pages = self.answers = 0
        self.context = browser.new_context(
            viewport=DESKTOP, java_script_enabled=script, reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE)
        self._new_tab()

    def _new_tab(self):
        self.page = self.context.new_page()
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._note_request)
        self.devtools = self.context.new_cdp_session(self.page)

    def leave(self):
        self.context.close()
        assert self.faults == [], "\n".join(self.faults)

    # ---- moving about ----

    def open(self, path: str = "/"):
        self.page.goto(f"{self.address}{path}")
        self.look()

    def follow(self, text: str, *, exact: bool = False):
        """Go where a link leads, also one that is drawn as a button."""
        link = self.page.get_by_role("link", name=text, exact=exact)
        drawn_as_button = self.page.get_by_role("button", name=text, exact=exact)
        with self.page.expect_navigation():
            link.or_(drawn_as_button).first.click()
        self.look()

    def press(self, button: str):
        """Send the form that a button belongs to, or do whatever else it does."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()
        self.look()

    def fill(self, **answers: str):
        """Type into boxes: their labels, with underscores for spaces."""
        for label, answer in answers.items():
            self.write(label.replace("_", " "), answer)

    def write(self, label: str, answer: str, *, within: str = ""):
        """Type into the box of a label, of a fieldset or the page."""
        place = self.page.get_by_role("group", name=within) if within else self.page
        place.get_by_label(label).first.fill(answer)
        self.answers += 1

    def choose(self, option: str, *, question: str = ""):
        """Tick a radio button, of a question where two have the same."""
        place = self.page.get_by_role("group", name=question) if question else self.page
        place.get_by_role("radio", name=option).check()
        self.answers += 1

    def date(self, question: str, day: int, month: int, year: int):
        for box, value in (("Day", day), ("Month", month), ("Year", year)):
            self.write(box, str(value), within=question)

    def sign_in(self, name: str):
        """Sign in and go on to where the person works, unless that is in several places."""
        self.page.goto(f"{self.address}/accounts/login/")
        self.give_password(name)
        places = self.page.get_by_role("navigation", name="Where you work").get_by_role("link")
        if places.count() == 1:
            self.follow(places.inner_text(), exact=True)

    def give_password(self, name: str):
        """Answer the sign-in page that has come up."""
        self.page.get_by_label("Email").fill(f"{name}@example.org")
        self.page.get_by_role("textbox", name="Password").fill(PASSWORD)
        self.press("Sign in")

    def reopen(self, path: str):
        """Close the tab without a word, and come back in another."""
        self.page.close()
        self._new_tab()
        self.open(path)

    def back(self):
        """The browser's own button; what had been typed comes back too."""
        self.page.go_back()
        self.look()

    def wait_for(self, condition: Callable[[], bool]):
        """Wait for something that does not show on the page."""
        for _ in range(PATIENCE // 100):
            if condition():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("it did not come")

    def click_twice(self, button: str):
        """Press a button as impatient people do; the second click may break off the first."""
        before = self.path
        self.page.get_by_role("button", name=button, exact=True).first.dblclick()
        self.wait_for(lambda: self.path != before)
        self.look()

    def await_report(self):
        """Stay on a report's page until its worker is done; it shows progress and then the file."""
        ready = self.page.locator('#work-state[data-state="ready"]')
        ready.wait_for(timeout=PATIENCE_WITH_WORKER)
        self.look()

    def download(self, link: str = "Download PDF") -> bytes:
        with self.page.expect_download() as waiting:
            self.page.get_by_text(link).click()
        return Path(waiting.value.path()).read_bytes()

    # ---- reading ----

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def says(self, text: str):
        expect(self.page.locator("main")).to_contain_text(text)

    def column(self, name: str) -> list[str]:
        """The cells of a table's column, top to bottom."""
        cells = self.page.locator(f'td[data-label="{name}"]').all()
        return [" ".join(cell.inner_text().split()) for cell in cells]

    def rows(self) -> list[str]:
        """The row headings of the page's tables, as far as they are not folded away."""
        headings = self.page.locator('th[scope="row"]:visible').all()
        return [heading.inner_text().split("\n")[0] for heading in headings]

    # ---- looking ----

    def look(self):
        """Note what is wrong with the page that has come up."""
        self.pages += 1
        self.page.wait_for_load_state("load")
        if self.page.get_by_role("heading", level=1).count() != 1:
            self.faults.append(f"{self.path} has not one heading of the first level")
        if self.script:
            self._check_accessibility({"type": "tag", "values": STANDARD})
        self.page.set_viewport_size(PHONE)
        self._check_width()
        if self.script:
            self._check_accessibility({"type": "rule", "values": ON_A_PHONE})
        self.page.set_viewport_size(DESKTOP)
        if PICTURES:
            self._take_pictures()

    def forgive(self, words: str):
        """Leave out the faults that say this, and that the journey brought about itself."""
        forgiven = [fault for fault in self.faults if words in fault]
        assert forgiven
        self.faults = [fault for fault in self.faults if fault not in forgiven]

    def _check_width(self):
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            self.faults.append(f"{self.path} is {width} pixels wide on a phone")

    def _check_accessibility(self, rules: dict):
        self.devtools.send("Runtime.evaluate", {"expression": AXE})
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
        for violation in found["violations"]:
            where = "; ".join(node["html"] for node in violation["nodes"])
            self.faults.append(f"{self.path} {violation['id']}: {where}")

    def _note_console(self, message):
        if message.type in ("error", "warning") and not SENT_BACK.search(message.text):
            self.faults.append(f"{self.path} console: {message.text}")

    def _note_request(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"{self.path} asked {request.url}")

    def _take_pictures(self):
        self.seen += 1
        name = f"{self.journey}-{self.seen:02}-{self.path.strip('/').replace('/', '-')[:40]}"
        for screen in (DESKTOP, PHONE):
            self.page.set_viewport_size(screen)
            path = Path(PICTURES) / f"{name}-{screen['width']}.png"
            self.page.screenshot(path=path, full_page=True)
        self.page.set_viewport_size(DESKTOP)


def text_of(pdf: bytes) -> str:
    """The words of a document, with single spaces between them."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())
