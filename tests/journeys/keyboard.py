"""A person without a mouse, who sees where they are at every step."""

from tests.journeys.visitor import Visitor

# More stops than any page of the journeys has.
MOST_STOPS = 150
NAMED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return "";
  const told = focused.labels?.[0]?.innerText || focused.getAttribute("aria-label")
    || focused.innerText || focused.outerHTML;
  return told.split(/\\s+/).join(" ").trim();
}"""
# What is wrong with where the focus is drawn. A box that nobody sees is drawn by its label. Of a
# tall box a part may lie beyond the edge of the window, but as much as a finger covers is seen.
# The mark is the design system's: yellow, and beside it something dark, for white swallows yellow.
# What a script puts the focus on, such as a banner, has the mark that the design system gives it.
DRAWN = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return ["nothing has the focus"];
  const label = focused.labels?.[0];
  const seen = label && getComputedStyle(focused).opacity === "0" ? label : focused;
  const box = seen.getClientRects()[0];
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const enough = (length) => Math.min(length, 24) - 1;
  if (right - left < enough(box.width) || bottom - top < enough(box.height))
    return [`is out of sight: ${[box.left, box.top, box.right, box.bottom].map(Math.round)}`];
  const faults = [];
  const above = document.elementFromPoint(left + 3, (top + bottom) / 2);
  if (!focused.contains(above) && !label?.contains(above))
    faults.push(`lies under ${above?.outerHTML.slice(0, 80)}`);
  const root = getComputedStyle(document.documentElement);
  const probe = document.body.appendChild(document.createElement("i"));
  const [yellow, ...dark] = ["focus", "focus-text", "text"].map((name) => {
    probe.style.color = root.getPropertyValue(`--govuk-${name}-colour`);
    return getComputedStyle(probe).color;
  });
  probe.remove();
  const parts = [[focused], [label], [label, "::before"]].filter(([part]) => part);
  const styles = parts.map((part) => getComputedStyle(...part));
  const lines = styles.flatMap((style) => [
    parseFloat(style.outlineWidth) >= 2 ? style.outlineColor : "", style.boxShadow,
  ]);
  const has = (drawn, colour) => drawn.some((each) => each.includes(colour));
  if (!has([...lines, ...styles.map((style) => style.backgroundColor)], yellow))
    faults.push("is not marked");
  const edges = styles.flatMap((style) => [
    parseFloat(style.borderTopWidth) >= 2 ? style.borderTopColor : "",
    style.backgroundColor === yellow ? style.color : "",
  ]);
  const is_stop = focused.tabIndex >= 0;
  if (is_stop && !dark.some((colour) => has([...lines, ...edges], colour)))
    faults.push("is marked in yellow alone");
  return faults;
}"""


class Keyboard:
    """Moves a visitor by keys alone; each stop that is not seen clearly is a fault of the page."""

    def __init__(self, visitor: Visitor, screen: dict[str, int]):
        self.visitor, self.screen = visitor, screen
        self.keys = visitor.page.keyboard

    def come(self, path: str):
        """Type an address."""
        self.visitor.open(path)
        self.visitor.page.set_viewport_size(self.screen)

    @property
    def at(self) -> str:
        """The name of what has the focus."""
        return self.visitor.page.evaluate(NAMED)

    def step(self, key: str = "Tab") -> str:
        """Go one stop on, or back by Shift+Tab; its name, "" in the frame of the browser."""
        self.keys.press(key)
        if name := self.at:
            self.see()
        return name

    def see(self):
        """Note what is wrong with how it is shown what has the focus."""
        for fault in self.visitor.page.evaluate(DRAWN):
            self.visitor.faults.append(f"{self.visitor.path} {self.at!r} {fault}")

    def to(self, name: str):
        """Step until something whose name begins so has the focus."""
        passed = []
        for _ in range(MOST_STOPS):
            passed.append(self.step())
            if passed[-1].startswith(name):
                return
        raise AssertionError(f"Tab does not reach {name!r}, but {list(dict.fromkeys(passed))}")

    def answer(self, name: str, text: str):
        """Step to a box and type."""
        self.to(name)
        self.keys.type(text)

    def go(self, name: str, *, key: str = "Enter"):
        """Step to a link or button and press it; another page comes."""
        self.to(name)
        self.leave_by(key)

    def leave_by(self, key: str = "Enter"):
        with self.visitor.page.expect_navigation():
            self.keys.press(key)
        self.visitor.look()
        self.visitor.page.set_viewport_size(self.screen)

    def walk_round(self):
        """Step through the whole page and back: nothing holds whoever walks on."""
        while self.step():
            pass
        stops = []
        while name := self.step():
            stops.append(name)
            assert len(stops) < MOST_STOPS, f"{self.visitor.path} lets nobody go on"
        back = [self.step("Shift+Tab") for _ in stops]
        assert back[::-1] == stops, f"{self.visitor.path} has another way back"

    def sign_in(self, name: str, password: str):
        self.come("/")
        self.go("Sign in")
        self.answer("Email", f"{name}@example.org")
        self.answer("Password", password)
        self.leave_by("Enter")
