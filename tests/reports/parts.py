"""Small parts to join, and what the structure of a joined file is asked in tests."""

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Pdf

from reports.rendering.joining import Part, Running, join, settled
from reports.rendering.printer import print_document

RUNNING = Running("Themes project 2012-14", "National College")
COVER = {"cover.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>'}
PAGE = """<!doctype html><html lang="en-GB"><head><title>{title}</title></head>
<body>{body}</body></html>"""
TABLE = """<table class="doc-table" id="{key}-table"><caption>Schools</caption>
<thead><tr><th scope="col">School</th><th scope="col">Pupils</th></tr></thead>
<tbody><tr><th scope="row">Hill School</th><td>240</td></tr></tbody></table>"""
MEADOW = "Meadow—Łódź Ω alliance"


def print_part(key: str, title: str, *, pages: int = 1, link: str = "") -> Part:
    """A part of so many pages with a table, a link to it, and a link elsewhere."""
    leaf = f'<div style="break-after: page"><p>{title} goes on.</p></div>'
    body = f"""<main class="doc doc--part"><h2 id="{key}">{title}</h2>
        <p><a href="#{key}-table">The schools</a> {link}</p>
        {leaf * (pages - 1)}{TABLE.format(key=key)}</main>"""
    return Part(key, title, printed(title, body, key)[0])


def print_front(parts: list[Part], starts: dict[str, int], lines: int = 0) -> tuple[bytes, int]:
    """A cover, and contents with a line for each part and as many more as asked for."""
    told = "".join(
        f'<li><a href="#{part.key}">{part.title}</a> {starts[part.key]}</li>' for part in parts
    )
    body = f"""<header class="cover"><h1>Themes project</h1></header>
        <main class="doc doc--part"><h2 id="contents">Contents</h2>
        <ul>{told}{"<li>More</li>" * lines}</ul></main>"""
    return printed("Themes project", body, "front")


def printed(title: str, body: str, key: str) -> tuple[bytes, int]:
    return print_document(PAGE.format(title=title, body=body), COVER, b"0" * 16, key)


def lengths(parts: list[Part], pages: list[int]) -> dict[str, int]:
    return dict(zip([part.key for part in parts], pages, strict=True))


def samples() -> list[Part]:
    """Of one, two and one pages; the last leads to the first, and into the second."""
    link = '<a href="#hill">Hill</a> <a href="#vale-table">Vale</a>'
    return [
        print_part("hill", "Hill alliance"),
        print_part("vale", "Vale alliance", pages=2),
        print_part("meadow", MEADOW, link=link),
    ]


def joined(parts: list[Part]) -> bytes:
    def front(starts):
        return print_front(parts, starts)

    return join(settled(front, lengths(parts, [1, 2, 1]))[0], parts, RUNNING)


# ---- what is asked of a file ---------------------------------------------------------------


def elements(pdf: Pdf) -> Iterator[Dictionary]:
    """Structure elements in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(kids(element)) if "/S" in kid]


def kids(element: Dictionary) -> list[Dictionary]:
    return [kid for kid in element.get("/K", []) if isinstance(kid, Dictionary)]


def owners(pdf: Pdf) -> dict[int, object]:
    """The parent tree: who owns the content of a page, or a link."""
    flat = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(key): owner for key, owner in zip(flat[::2], flat[1::2], strict=True)}


def marked(page: Dictionary) -> list[int]:
    """The numbers of the pieces of a page's content that belong to an element, sorted."""
    content = page.Contents
    streams = list(content) if isinstance(content, Array) else [content]
    drawn = b"\n".join(stream.read_bytes() for stream in streams)
    return sorted(int(number) for number in re.findall(rb"/MCID (\d+)", drawn))
