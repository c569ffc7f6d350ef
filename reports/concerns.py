"""Why a facilitator should look at an alliance: the rules of content/concerns.toml, applied."""

from collections.abc import Mapping
from dataclasses import dataclass

from alliances.content import words

SPELT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Concern:
    """A rule: what it is about, what it says of a count, above which count, and its weight."""

    code: str
    title: str
    said: str
    said_of_one: str
    over: int
    weight: int

    def says(self, count: int) -> str:
        """The reason in words; small numbers are spelt out."""
        spelt = SPELT[count] if count < len(SPELT) else str(count)
        return self.said_of_one if count == 1 else self.said.format(n=spelt)


def rules() -> list[Concern]:
    """Every rule, the heaviest first."""
    found = [
        Concern(
            code=item.code,
            title=item.title.format(over=item.extra["over"]),
            said=item.text,
            said_of_one=item.extra["one"],
            over=int(item.extra["over"]),
            weight=int(item.extra["weight"]),
        )
        for item in words("reports", "concerns").values()
    ]
    return sorted(found, key=lambda rule: -rule.weight)


@dataclass(frozen=True)
class Worry:
    """The reasons that apply, the heaviest first, and what they weigh together."""

    reasons: list[str]
    weight: int


def worry_about(counts: Mapping[str, int]) -> Worry:
    """What the rules say of an alliance; ``counts`` gives each rule's number by its code."""
    apply = _applying(rules(), counts)
    said = [rule.says(counts[rule.code]) for rule in apply]
    return Worry(said, sum(rule.weight for rule in apply))


def weight_of(among: list[Concern], counts: Mapping[str, int]) -> int:
    """What those of some rules weigh together that apply, where nobody asks for the reasons."""
    return sum(rule.weight for rule in _applying(among, counts))


def _applying(among: list[Concern], counts: Mapping[str, int]) -> list[Concern]:
    return [rule for rule in among if counts.get(rule.code, 0) > rule.over]
