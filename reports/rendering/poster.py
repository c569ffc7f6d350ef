"""A poster on its papers: the largest letters that fit, and pages laid out to be folded."""

from typing import Any

# From large to small, as multiples of the poster's own size.
FITS = ("150", "140", "130", "120", "110", "100", "92", "85", "80")
# From so many letters of a title on its own are smaller, the last first.
LONG = ((76, "longer"), (49, "long"))


def context(data: dict) -> dict[str, Any]:
    """The answers by their places: with a picture two stand beside it, and two below."""
    answers = [answer | {"number": i} for i, answer in enumerate(data["answers"], 1)]
    title = data["title"]
    return {
        "title": title,
        "label": "Poster",
        "length": next((name for least, name in LONG if len(title) >= least), ""),
        "answers": answers,
        "done": [answer for answer in answers if answer["code"] in ("po1", "po2")],
        "learnt": [answer for answer in answers if answer["code"] == "po3"],
        "shared": [answer for answer in answers if answer["code"] == "po4"],
    }
