"""Judges one page as it stands in a browser: by axe, by its widths, by text twice as large."""

from dataclasses import dataclass

from tests.journeys.visitor import AXE, Visitor

WIDTHS = (360, 768, 1280)
ZOOMED = (320, 640)  # what 400 and 200 per cent of zoom leave of 1280
HEIGHT = 900
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"
# Movement although none is wanted, and bars that could come to lie over what has the focus.
UNWANTED = """() => [...document.body.querySelectorAll("*")].flatMap((element) => {
  const style = getComputedStyle(element);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  const moves = (names, times) => names !== "none" && lasts(times);
  const faults = [];
  if (moves(style.animationName, style.animationDuration)) faults.push("is animated");
  if (moves(style.transitionProperty, style.transitionDuration)) faults.push("has a transition");
  if (["sticky", "fixed"].includes(style.position)) faults.push("stays over what scrolls");
  return faults.map((fault) => `${element.tagName} .${element.className} ${fault}`);
})"""
# Letters that a box cuts off, but what one types into: it scrolls. What is hidden from eyes on
# purpose has no more than a pixel.
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const cuts = (how) => ["hidden", "clip"].includes(how);
  if (element.closest("svg, input, select, textarea")) return false;
  if (element.clientWidth <= 1 || element.clientHeight <= 1) return false;
  return (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
    || (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
}).map((element) => `${element.tagName} .${element.className} cuts off its text`)"""


@dataclass(frozen=True)
class Fault:
    """What is wrong, and at which width of the window in pixels."""

    width: int
    what: str

    def __str__(self):
        return f"at {self.width} pixels: {self.what}"


def judge(visitor: Visitor) -> list[Fault]:
    """Every fault of the page that is open; it stays open at the widest."""
    page = visitor.page
    visitor.devtools.send("Runtime.evaluate", {"expression": AXE})
    faults = []
    for width in sorted((*ZOOMED, *WIDTHS)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        faults += _too_wide(page, width)
        if width in WIDTHS:
            faults += _by_axe(page, width)
    faults += [Fault(width, what) for what in page.evaluate(UNWANTED)]
    return faults + _with_large_text(page, width)


def _too_wide(page, width: int) -> list[Fault]:
    beyond = page.evaluate(OVERFLOW)
    return [Fault(width, f"scrolls sideways by {beyond} pixels")] if beyond > 0 else []


def _by_axe(page, width: int) -> list[Fault]:
    found = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        Fault(width, f"{rule['id']}: " + "; ".join(node["html"] for node in rule["nodes"]))
        for rule in found["violations"]
    ]


def _with_large_text(page, width: int) -> list[Fault]:
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    return [Fault(width, what) for what in page.evaluate(CUT_OFF)]
