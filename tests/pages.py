"""What a test reads off a page of questions."""

import re
from html import unescape
from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, url: str) -> int:
    """How many queries it takes to open a page."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def errors_said(response) -> dict[str, str]:
    """What stands beside each question, by the name of its field."""
    html = response.content.decode()
    found = re.findall(r'<p id="id_([\w.-]+)_error"[^>]*>(.*?)</p>', html, re.DOTALL)
    return {
        name: unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split()[1:])) for name, text in found
    }


def keys(response) -> dict[str, str]:
    """The hidden keys of the page's forms, by the name of their field."""
    found = re.findall(r"<input[^>]*>", response.content.decode())
    hidden = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in found]
    return {tag["name"]: tag["value"] for tag in hidden if tag["name"].endswith("submission")}


def heading(response) -> str:
    """The words of the page's first heading."""
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode())[1])


def text(response) -> str:
    """The words of a page, without its tags, in one line."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def labels(response) -> list[str]:
    """The questions of a page, in their order."""
    html = response.content.decode()
    found = re.findall(r"<(?:label|legend) class=\"[^\"]*--s\"[^>]*>(.*?)</", html, re.DOTALL)
    return [unescape(" ".join(text.split())) for text in found]


class _Boxes(HTMLParser):
    """Gathers the boxes of a page's forms with what stands in them."""

    def __init__(self):
        super().__init__()
        self.found: dict[str, str] = {}
        self.open = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "textarea":
            self.open, self.found[name] = name, ""
        is_picked = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag == "input" and is_picked:
            self.found[name] = given.get("value", "")

    def handle_data(self, data):
        if self.open:
            self.found[self.open] += data

    def handle_endtag(self, tag):
        self.open = "" if tag == "textarea" else self.open


def typed(response) -> dict[str, str]:
    """What a browser would send back from a page of text boxes and radio buttons, untouched."""
    boxes = _Boxes()
    boxes.feed(response.content.decode())
    return {name: text.removeprefix("\n") for name, text in boxes.found.items()}
