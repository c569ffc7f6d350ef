"""What of a file may tell who a pupil is: every text of it is looked through, as of any form.

Nothing of a text is quoted: it may be a name.
"""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from alliances.recognising import Sign, signs
from impact.exchange.faults import Fault

# What is answered with names of organisations and authors looks like a list of names and is none.
NAMED = {"partners", "author"}


def pupil_numbers(doc: BaseModel) -> list[Fault]:
    """Where a pupil's number stands: a file that holds one is refused."""
    return [
        Fault(path, "holds a unique pupil number: take it out")
        for path, found in _signs_in(doc)
        if found is Sign.NUMBER
    ]


def doubtful(doc: BaseModel) -> list[Fault]:
    """Where somebody may be recognisable: whoever imports is to look, and the file is taken."""
    return [
        Fault(path, f"may tell who a pupil is: it looks like a {found}")
        for path, found in _signs_in(doc)
        if found is not Sign.NUMBER
    ]


def _signs_in(doc: BaseModel) -> list[tuple[str, Sign]]:
    """Each kind of sign once at a place, in the order of the file."""
    plain = doc.model_dump(mode="json", by_alias=True)
    return list(
        dict.fromkeys(
            (path, found.sign)
            for path, text in _texts("$", plain)
            for found in signs(text)
            if found.sign is not Sign.NAMES or not NAMED & set(re.findall(r"\w+", path))
        )
    )


def _texts(path: str, here: Any) -> Iterator[tuple[str, str]]:
    if isinstance(here, str):
        yield path, here
    elif isinstance(here, dict):
        for key, value in here.items():
            yield from _texts(f"{path}.{key}", value)
    elif isinstance(here, list):
        for index, value in enumerate(here):
            yield from _texts(f"{path}[{index}]", value)
