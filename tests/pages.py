"""What a test reads off a page of questions."""

import re
from html import unescape


def errors_said(response) -> dict[str, str]:
    """What stands beside each question, by the name of its field."""
    html = response.content.decode()
    found = re.findall(r'<p id="id_([\w-]+)_error"[^>]*>(.*?)</p>', html, re.DOTALL)
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


def labels(response) -> list[str]:
    """The questions of a page, in their order."""
    html = response.content.decode()
    found = re.findall(r"<(?:label|legend) class=\"[^\"]*--s\"[^>]*>(.*?)</", html, re.DOTALL)
    return [unescape(" ".join(text.split())) for text in found]
