"""The one way out for a figure that leaves its alliance: small numbers are withheld here."""

from impact.disclosure.measures import disclose
from impact.disclosure.tables import is_small, protect

__all__ = ["disclose", "is_small", "protect"]
