"""The pack that brings a new lead up to date."""

from typing import Any


def context(data: dict) -> dict[str, Any]:
    """Its title; everything else stands in its parts."""
    return {"title": data["title"]}
