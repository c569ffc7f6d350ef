"""What a browser says of itself, in plain words."""

import re

# The first that fits: browsers name those they descend from too.
BROWSERS = {
    "Edge": r"Edg(e|A|iOS)?/",
    "Opera": r"OPR/|Opera",
    "Samsung Internet": r"SamsungBrowser/",
    "Firefox": r"Firefox/|FxiOS/",
    "Chrome": r"Chrome/|CriOS/|Chromium/",
    "Safari": r"Safari/",
}
DEVICES = {
    "an iPhone": r"iPhone",
    "an iPad": r"iPad",
    "an Android device": r"Android",
    "a Chromebook": r"CrOS",
    "Windows": r"Windows",
    "a Mac": r"Macintosh",
    "Linux": r"Linux",
}


def browser_of(user_agent: str) -> str:
    """What sent a request, in plain words: Chrome on Windows."""
    browser = _first(BROWSERS, user_agent) or "A browser"
    device = _first(DEVICES, user_agent)
    return f"{browser} on {device}" if device else browser


def _first(names: dict[str, str], user_agent: str) -> str | None:
    return next((name for name, mark in names.items() if re.search(mark, user_agent)), None)
