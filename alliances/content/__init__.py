"""Words live in TOML files beside the code, under codes that never change."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Item:
    """One coded entry of a content file; ``extra`` holds the fields only its list has."""

    code: str
    title: str
    text: str
    number: int
    extra: Mapping[str, str]


@cache
def words(app: str, name: str) -> Mapping[str, Item]:
    """The items of ``<app>/content/<name>.toml`` by code, in the order of the file."""
    source = resources.files(f"{app}.content").joinpath(f"{name}.toml")
    listed = tomllib.loads(source.read_text(encoding="utf-8"))
    return MappingProxyType({code: _item(code, fields) for code, fields in listed.items()})


def _item(code: str, fields: dict[str, Any]) -> Item:
    extra = {k: v for k, v in fields.items() if k not in ("title", "text", "number")}
    return Item(
        code,
        fields["title"],
        fields.get("text", ""),
        fields.get("number", 0),
        MappingProxyType(extra),
    )
