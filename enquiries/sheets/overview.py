"""The overviews that write themselves: of the implementation phase (F10) and of the whole (F31)."""

from dataclasses import dataclass

from django.urls import reverse

from alliances.content import words
from enquiries.models import (
    Cycle,
    Enquiry,
    Fidelity,
    ImpactOverview,
    MeetingOverview,
    MethodChoice,
    Participation,
    SchoolPriority,
    Synthesis,
)
from enquiries.sheets import in_cycle
from enquiries.sheets.movement import Movement, innovations_of


@dataclass(frozen=True)
class Cell:
    """What somebody wrote under a heading, and the page where it was written."""

    name: str
    text: str
    url: str


@dataclass(frozen=True)
class SchoolLine:
    """A school's line of the overview, from its priority to its outcomes."""

    school: str
    cells: list[Cell]


@dataclass(frozen=True)
class Overview:
    """One group's whole cycle on one sheet: what it shares, and each school's line."""

    group: list[Cell]
    innovations: Movement
    headings: list[str]
    schools: list[SchoolLine]


@dataclass(frozen=True)
class _Sources:
    """The forms that an overview draws on."""

    enquiry: Enquiry
    cycle: Cycle | None
    meeting: MeetingOverview | None
    impact: ImpactOverview | None
    method: MethodChoice | None
    synthesis: Synthesis | None
    priorities: dict[int, SchoolPriority]
    fidelity: dict[int, Fidelity]
    innovations: Movement

    def address(self, slug: str) -> str:
        """Where a form of the cycle is filled in."""
        return in_cycle(reverse("sheet", args=[self.enquiry.pk, slug]), self.cycle)

    @property
    def meeting_address(self) -> str:
        if self.meeting is None:
            return self.address("meeting-overview")
        args = [self.enquiry.pk, "meeting-overview", self.meeting.key]
        return reverse("sheet-record", args=args)


OUTCOMES = {
    "student": "Student outcomes",
    "professional": "Professional outcomes",
    "organisation": "School outcomes",
}


def overview_of(enquiry: Enquiry, cycle: Cycle | None) -> Overview:
    """The overview of an enquiry's cycle, drawn from the forms; nothing in it is typed twice."""
    here = {"enquiry": enquiry, "cycle": cycle}
    sources = _Sources(
        enquiry=enquiry,
        cycle=cycle,
        meeting=MeetingOverview.objects.filter(**here).last(),
        impact=ImpactOverview.objects.filter(**here).first(),
        method=MethodChoice.objects.filter(**here).first(),
        synthesis=Synthesis.objects.filter(**here).last(),
        priorities={p.participation_id: p for p in SchoolPriority.objects.filter(enquiry=enquiry)},
        fidelity={f.participation_id: f for f in Fidelity.objects.filter(**here)},
        innovations=innovations_of(enquiry, cycle),
    )
    schools = [_line(p, sources) for p in enquiry.participations.select_related("school")]
    headings = [cell.name for cell in schools[0].cells] if schools else []
    return Overview(_group(sources), sources.innovations, headings, schools)


def _group(sources: _Sources) -> list[Cell]:
    enquiry, meeting, impact = sources.enquiry, sources.meeting, sources.impact
    edit = reverse("enquiry-edit", args=[enquiry.pk])
    outcomes = sources.address("impact-overview")
    next_steps = impact or meeting
    return [
        Cell("Collective focus", enquiry.shared_focus, edit),
        Cell("Collective question of enquiry", enquiry.shared_question, edit),
        Cell("Strategy and approach to trial", _approach(sources), sources.address("method")),
        Cell("What works", meeting.working_well if meeting else "", sources.meeting_address),
        Cell("What to revisit", meeting.to_revisit if meeting else "", sources.meeting_address),
        Cell(
            "Agreed next steps",
            next_steps.next_steps if next_steps else "",
            outcomes if impact else sources.meeting_address,
        ),
        Cell(
            "Agreed recommendations and dissemination",
            impact.recommendations if impact else "",
            outcomes,
        ),
        Cell(
            sources.innovations.title,
            "\n".join(sources.innovations.sentences),
            sources.address("innovation"),
        ),
    ]


def _approach(sources: _Sources) -> str:
    """The methods chosen and the way forward last agreed."""
    titles = words("enquiries", "methods")
    chosen = sources.method.methods if sources.method else []
    named = ", ".join(titles[code].title for code in chosen)
    forward = sources.synthesis.way_forward if sources.synthesis else ""
    return ". ".join(filter(None, [named, forward]))


def _line(participation: Participation, sources: _Sources) -> SchoolLine:
    pk = participation.pk
    own = reverse("sheet-of-school", args=[sources.enquiry.pk, "priority", pk])
    priority, meeting, impact = sources.priorities.get(pk), sources.meeting, sources.impact
    delivery = reverse("sheet-of-school", args=[sources.enquiry.pk, "fidelity", pk])
    fidelity = sources.fidelity.get(pk)
    cells = [
        Cell("Own priority", priority.priority if priority else "", own),
        Cell("Enquiry strategies", priority.strategies if priority else "", own),
        Cell(
            "Feedback on strategies",
            meeting.value_of(f"feedback.{pk}") if meeting else "",
            sources.meeting_address,
        ),
        Cell(
            "Delivered",
            fidelity.get_delivered_display() if fidelity else "",
            in_cycle(delivery, sources.cycle),
        ),
    ]
    outcomes = [
        Cell(
            name,
            impact.value_of(f"{column}.{pk}") if impact else "",
            sources.address("impact-overview"),
        )
        for column, name in OUTCOMES.items()
    ]
    return SchoolLine(str(participation.school), cells + outcomes)
