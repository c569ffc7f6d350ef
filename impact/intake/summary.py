"""What a person sees of alliances before they are brought in. No lead is named in it."""

from impact.intake.known import Known
from impact.intake.layout import CLUSTER as CLUSTER_CODE
from impact.intake.layout import COHORT, HEADINGS, LEAD_SCHOOL, REGION, THEME
from impact.intake.steps import Step
from impact.spreadsheets.cells import plain

TITLES = {
    "theme": HEADINGS[THEME],
    "cohort": HEADINGS[COHORT],
    "region": HEADINGS[REGION],
    "cluster": HEADINGS[CLUSTER_CODE],
    "lead_school": HEADINGS[LEAD_SCHOOL].removesuffix(" URN"),
}


def summary_of(steps: list[Step], known: Known) -> dict:
    """What is made, changed and left as it is, and which clusters and leads come new."""
    made = [step for step in steps if step.alliance is None]
    changed = [step for step in steps if step.alliance and step.changes]
    return {
        "rows": len(steps),
        "made": [[each.line.row, each.line.name, _told(each, known)] for each in made],
        "changed": [[each.line.row, str(each.alliance), _told(each, known)] for each in changed],
        "same": len(steps) - len(made) - len(changed),
        "clusters": _new_clusters(steps),
        "leads": sum(step.may_invite for step in steps),
    }


def _told(step: Step, known: Known) -> list[str]:
    """What a row does, a sentence for each thing."""
    told = [_placed(step, name, value) for name, value in step.places.items()]
    if step.joining:
        names = ", ".join(known.register[urn].name for urn in step.joining)
        told.append(f"Joins: {names}" if step.alliance else f"Schools: {names}")
    if step.names_lead:
        told.append("A lead is named")
    return told


def _placed(step: Step, name: str, value: object) -> str:
    before = getattr(step.alliance, name, None)
    instead = f", was {before}" if before else ""
    return f"{TITLES[name]}: {value}{instead}"


def _new_clusters(steps: list[Step]) -> list[str]:
    """Clusters that are not there yet, each once, as the first row spells it."""
    named = [step.places["cluster"] for step in steps if "cluster" in step.places]
    new = {plain(name): name for name in reversed(named) if isinstance(name, str)}
    return sorted(new.values())
