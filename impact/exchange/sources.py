"""Where a statement of the programme was taken from: places in its published documents."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Tag
from pydantic_core import PydanticCustomError

from impact.exchange.fields import Lines, Strict, Text

LONGEST = 100


class Place(Strict):
    doc: Text
    lines: Lines


def citation(source: Place | list[Place]) -> str:
    """Places of the source as 001:854 or 001:854-860, in the order given."""
    return "; ".join(_places(source if isinstance(source, list) else [source]))


def _places(places: list[Place]) -> Iterator[str]:
    for place in places:
        first, last = place.lines
        yield f"{place.doc}:{first}" + (f"-{last}" if last != first else "")


def _citable(source: Any) -> Any:
    if len(citation(source)) > LONGEST:
        raise PydanticCustomError("citable", "names too many places to be cited")
    return source


def _one_or_many(source: Any) -> str:
    return "many" if isinstance(source, list) else "one"


Source = Annotated[
    Annotated[Place, Tag("one")] | Annotated[list[Place], Tag("many")],
    Discriminator(_one_or_many),
]


class Sourced(Strict):
    source: Source


class Cited(Sourced):
    """What is kept with its source."""

    source: Annotated[Source, AfterValidator(_citable)]
