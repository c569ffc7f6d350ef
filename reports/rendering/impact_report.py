"""The order of an impact report: the headings of the method that have something to say."""

from collections.abc import Callable
from itertools import count
from typing import Any

from reports.rendering.case_study import impact, split, title_of, turns
from reports.rendering.grounds import grounds
from reports.rendering.numbering import gaps, lettered, numbered, present, when

SECTIONS = {
    "focus": (
        "Focus and question",
        ["focus", "question", "aims", "interventions", "strands", "reasons", "success_criteria"],
    ),
    "research": ("The question and research", ["relations", "research_claims"]),
    "schools": ("Schools and people", ["context", "schools", "partners", "duties", "grants"]),
    "baseline": ("Baseline", ["plans", "measured"]),
    "actions": ("Actions and cycles", ["cycles", "syntheses"]),
    "quality": ("Data and how far they can be trusted", ["tested"]),
    "impact": (
        "Impact, level by level",
        ["findings", "stated", "charts", "levels", "alliance_told", "tracked"],
    ),
    "unexpected": ("Outcomes nobody looked for", ["unexpected"]),
    "leadership": ("Leadership", ["leadership", "quotations", "leadership_answers"]),
    "challenges": ("Challenges and actions", ["challenges"]),
    "next": (
        "What next, and how it is shared",
        ["lessons", "learned", "sharing", "sharing_plans", "next_steps"],
    ),
    "review": ("Questions before this report", ["review"]),
}
APPENDICES = {
    "ethics": ("Ethics", ["ethics"]),
    "evidence": ("Claims and their evidence", ["rests_on", "evidence"]),
}
EXPECTED = {
    "question": "the question",
    "research_claims": "which claims of research the question builds on",
    "schools": "which schools take part",
    "plans": "how impact is to be judged",
    "cycles": "what was tried, cycle by cycle",
    "syntheses": "what the group made of each cycle",
    "tested": "whether the data can be trusted",
    "measures": "what was measured, with baselines and outcomes",
    "challenges": "which challenges were met, and what was done about them",
    "next_steps": "what happens next",
    "review": "the answers to the questions before this report",
}
IN_THE_END = {
    "leadership": "what was learnt about leadership",
    "sharing": "how the learning was shared",
}


def context_of(label: str) -> Callable[[dict], dict[str, Any]]:
    """What gives an impact report with this label its sections, gaps and numbers."""

    def context(data: dict) -> dict[str, Any]:
        figure, table = count(1), count(1)
        levels = split(data["measures"])
        alliance_told = data["alliance_impact"] or levels["alliance_level"] or data["claims"]
        told = data | levels | {"alliance_told": alliance_told}
        expected = EXPECTED | IN_THE_END if data["is_final"] else EXPECTED
        return {
            "title": title_of(data),
            "label": label,
            "sections": numbered(present(SECTIONS, told)) + lettered(present(APPENDICES, told)),
            "gaps": gaps(expected, data),
            "alliance_told": alliance_told,
            "relations_table": when(data["relations"], table),
            "schools_table": when(data["schools"], table),
            "plans_table": when(data["plans"], table),
            "measured_table": when(data["measured"], table),
            **turns(data, figure, table),
            "tested_table": when(data["tested"], table),
            **impact(data, figure, table),
            "leadership_table": when(data["leadership"], table),
            "challenges_table": when(data["challenges"], table),
            **grounds(data, figure, table),
        }

    return context
