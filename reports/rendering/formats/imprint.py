"""What a file made of a report says of itself."""

from dataclasses import asdict, dataclass, field
from datetime import date

from impact.wording import SYMBOLS

# The signs that stand in cells instead of a number, and what they mean.
SIGNS = {f"[{symbol}]": meaning for symbol, meaning in SYMBOLS.items()}
SIGNS |= {"0": "a true zero", "–": "nothing recorded"}


@dataclass(frozen=True)
class Imprint:
    """``kind`` in words; ``corrects`` the version that this one corrects, 0 for none.

    ``data_hash`` is the fingerprint of the frozen data, ``made_with`` the versions of words and
    methods and the table of months, empty for a report that is older than they are. ``signs`` say
    what stands for a number that is not told: a report may withhold one for reasons of its own.
    """

    kind: str
    subject: str
    title: str
    version: int
    corrects: int
    correction: str
    asked_on: date
    data_hash: str
    made_with: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=SIGNS.copy)

    def header(self) -> dict:
        """As plain values."""
        return asdict(self) | {"asked_on": self.asked_on.isoformat()}

    def lines(self) -> list[tuple[str, str]]:
        """What it says of itself, name by name, for people."""
        made_with = {NAMES[name]: value for name, value in sorted(self.made_with.items())}
        told = {
            "Kind of report": self.kind,
            "Subject": self.subject,
            "Version": str(self.version),
            **({"Corrects version": str(self.corrects)} if self.corrects else {}),
            **({"What was wrong": self.correction} if self.correction else {}),
            "Asked for on": self.asked_on.isoformat(),
            "Fingerprint of the data": self.data_hash,
            **made_with,
        }
        return list(told.items())


NAMES = {
    "words": "Version of the words",
    "methods": "Version of the methods",
    "months": "Table of months",
}
