"""The one way out for a figure that leaves its alliance: small numbers are withheld here."""

from impact.disclosure.issues import Issue, Ledger
from impact.disclosure.measures import disclose, disclose_stated
from impact.disclosure.tables import is_small, protect

__all__ = ["Issue", "Ledger", "disclose", "disclose_stated", "is_small", "protect"]
