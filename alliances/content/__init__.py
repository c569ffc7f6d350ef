"""Words live in TOML files beside the code, under codes that never change."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True)
class Item:
    """One coded entry of a content file; ``extra`` holds the fields only its list has."""

    code: str
    title: str
    text: str
    number: int
    extra: Mapping[str, str]


def spoken() -> str:
    """The language that is spoken now, as its folders are called; empty for English."""
    language = (get_language() or "en").partition("-")[0]
    return "" if language == "en" else language


def words(app: str, name: str) -> Mapping[str, Item]:
    """The items of ``<app>/content/<name>.toml`` by code, in the order of the file.

    In the language that is spoken, as far as ``content/<language>`` has their words.
    """
    return _words(app, name, spoken())


@cache
def _words(app: str, name: str, language: str) -> Mapping[str, Item]:
    listed = written(app, f"{name}.toml")
    translated = written(app, f"{language}/{name}.toml") if language else {}
    return MappingProxyType(
        {code: _item(code, fields | translated.get(code, {})) for code, fields in listed.items()}
    )


def written(app: str, file: str) -> dict[str, dict[str, Any]]:
    """What a content file says, by code; nothing where there is no such file."""
    source = resources.files(f"{app}.content").joinpath(file)
    return tomllib.loads(source.read_text(encoding="utf-8")) if source.is_file() else {}


def _item(code: str, fields: dict[str, Any]) -> Item:
    extra = {k: v for k, v in fields.items() if k not in ("title", "text", "number")}
    return Item(
        code,
        fields["title"],
        fields.get("text", ""),
        fields.get("number", 0),
        MappingProxyType(extra),
    )
