"""A long document in leaves, for the screen: whole sections, as many as one likes to wait for."""

import re

from django.template.loader import render_to_string

from reports.rendering.bodies import FOLDER, Evidence, context

# So many letters of HTML are on a leaf, unless one section alone has more.
LARGEST = 200_000
NAMED, LINKED = re.compile(r'\bid="([^"]+)"'), re.compile(r'<a ([^>]*)href="#([^"]+)"')


def leaves(
    kind: str, data: dict, evidence: Evidence | None = None, *, largest: int = LARGEST
) -> list[str]:
    """The body of a document made of sections, in fragments of HTML.

    A link to what stands on another leaf leads to ``?page=``, the number of that leaf from 1 on.
    """
    told = context(kind, data) | {"open": evidence or Evidence()}
    pieces = [render_to_string(f"{FOLDER}/before.html", told)]
    pieces += [
        render_to_string(f"{FOLDER}/section.html", told | {"section": section})
        for section in told["sections"]
    ]
    found = _filled(pieces, largest)
    places = {name: n for n, html in enumerate(found, 1) for name in NAMED.findall(html)}
    return [_linked(html, n, places) for n, html in enumerate(found, 1)]


def _filled(pieces: list[str], largest: int) -> list[str]:
    found = [""]
    for piece in pieces:
        if found[-1] and len(found[-1]) + len(piece) > largest:
            found.append("")
        found[-1] += piece
    return found


def _linked(html: str, number: int, places: dict[str, int]) -> str:
    def link(match: re.Match) -> str:
        before, name = match.groups()
        at = places.get(name, number)
        return f'<a {before}href="{"" if at == number else f"?page={at}"}#{name}"'

    return LINKED.sub(link, html)
