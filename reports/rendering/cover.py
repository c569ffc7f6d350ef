"""The device on a cover: arcs that always meet, laid out anew for each name."""

from hashlib import sha256

from django.template.loader import render_to_string

ACROSS, DOWN, TILE = 6, 4, 100
RADII = (35, 50, 65)


def device(data: dict) -> bytes:
    """An SVG of 6 by 4 tiles, each with two sets of quarter rings at opposite corners.

    The name is that of the alliance that a document is about, else of the programme.
    """
    name = data.get("alliance") or data["programme"]
    digest = sha256(name.encode()).digest()
    tiles = [
        {"x": x * TILE, "y": y * TILE, "turn": 90 * (digest[y * ACROSS + x] % 2)}
        for y in range(DOWN)
        for x in range(ACROSS)
    ]
    size = {"width": ACROSS * TILE, "height": DOWN * TILE}
    drawn = render_to_string("reports/documents/cover.svg", {"tiles": tiles, "radii": RADII} | size)
    return drawn.encode()
