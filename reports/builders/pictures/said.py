"""The words of pictures: what rows are called, what is said of all of them, how figures read."""

from impact.values import MeasureValues, Value
from impact.wording import figure, number

SAID = {"male": "boys", "female": "girls"}
EVERYBODY = "Everybody"
MOMENTS = {
    "baseline": "Baseline",
    "interim": "On the way",
    "outcome": "Outcome",
    "change": "Change",
}


def called(measure: MeasureValues) -> str:
    """A measure's name with its group, unless the name says it."""
    group, name = measure.group.casefold(), measure.name.casefold()
    is_said = group in name or SAID.get(group, group) in name
    return measure.name if is_said else f"{measure.name} ({measure.group})"


def labels(measures: list[MeasureValues]) -> list[str]:
    """What sets measures apart: what follows the words they share, else their group.

    A measure that is alone is told apart from nothing: its name is the title, whose it is the row.
    """
    if len(measures) == 1:
        return [_placed(measures[0])]
    if len({measure.name for measure in measures}) > 1:
        shared = len(_opening(measures))
        return [capital(called(measure)[shared:].lstrip(": ")) for measure in measures]
    groups = [measure.group or EVERYBODY for measure in measures]
    return groups if len(set(groups)) == len(groups) else [_placed(m) for m in measures]


def _placed(measure: MeasureValues) -> str:
    return ", ".join(filter(None, [measure.group, measure.population]))


def about(measures: list[MeasureValues]) -> str:
    """What the rows have in common, for the title: a name, its opening words, or nothing."""
    if len(measures) == 1:
        return called(measures[0])
    names = {measure.name for measure in measures}
    return names.pop() if len(names) == 1 else _opening(measures)


def _opening(measures: list[MeasureValues]) -> str:
    """What all names say before a colon."""
    openings = {measure.name.partition(": ")[0] for measure in measures}
    has_colon = all(": " in measure.name for measure in measures)
    return openings.pop() if has_colon and len(openings) == 1 else ""


def shared_population(measures: list[MeasureValues]) -> str:
    populations = {measure.population for measure in measures}
    return populations.pop() if len(populations) == 1 else ""


def detail(measure: MeasureValues, measures: list[MeasureValues], *sizes: int | None) -> str:
    """Under a row's label: whose it is, unless all rows share that, and how many stand behind."""
    shown = shared_population(measures) or _placed(measure) in labels(measures)
    return ", ".join(filter(None, ["" if shown else measure.population, sized(*sizes)]))


def sized(*sizes: int | None) -> str:
    """'n = 18', or 'n = 36, then 18' where it changed."""
    told = dict.fromkeys(number(size) for size in sizes if size is not None)
    return f"n = {', then '.join(told)}" if told else ""


def note_on(measures: list[MeasureValues], *more: str) -> str:
    """What has to be known to read a picture of several measures."""
    betters = {measure.better for measure in measures}
    parts = [shared_population(measures) if len(measures) > 1 else "", *more]
    if betters == {"lower"}:
        parts.append("A lower figure is better")
    return ". ".join(part.removesuffix(".") for part in parts if part) + ("." if any(parts) else "")


def shown(value: Value | None, unit: str) -> str:
    return figure(value, unit) if value else ""


def symbol(value: Value | None) -> str:
    if value is None:
        return ""
    return str(value.symbol) or ("u" if value.is_weak else "")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def unit_title(unit: str) -> str:
    return unit or "score"
