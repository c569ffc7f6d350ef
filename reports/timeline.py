"""Everything dated of an enquiry on one line: gates, trials, meetings and readings."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from enquiries.models import Enquiry, MeetingOverview, Passage, Trial
from impact.models import Reading

WIDTH, LEFT, LANE = 640, 90, 34
LANES = ("Gates", "Trials", "Meetings", "Readings")


@dataclass(frozen=True)
class Happening:
    """One dated thing: in which lane it lies, and what it was."""

    on: date
    lane: str
    text: str


def happenings(enquiry: Enquiry) -> list[Happening]:
    """Everything dated that was logged on the site, earliest first."""
    passages = Passage.objects.filter(cycle__enquiry=enquiry).select_related("cycle")
    trials = Trial.objects.filter(enquiry=enquiry)
    meetings = MeetingOverview.objects.filter(enquiry=enquiry, held_on__isnull=False)
    readings = Reading.objects.filter(enquiry=enquiry, held_on__isnull=False)
    found = [
        *(Happening(p.passed_at.date(), "Gates", f"{p.cycle}: {p}") for p in passages),
        *(Happening(t.held_on, "Trials", t.strategy) for t in trials),
        *(Happening(m.held_on, "Meetings", m.next_steps) for m in meetings),
        *(
            Happening(r.held_on, "Readings", f"{r.measure.name}: {r.get_moment_display().lower()}")
            for r in readings.select_related("measure")
        ),
    ]
    return sorted(found, key=lambda happening: (happening.on, LANES.index(happening.lane)))


def drawing(found: list[Happening]) -> dict:
    """Where everything lies, in the units of the picture, with what it says in words."""
    first, last = found[0].on, found[-1].on
    days = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + 8 + (WIDTH - LEFT - 16) * (day - first).days / days, 1)

    lanes = [{"name": name, "y": 20 + LANE * i} for i, name in enumerate(LANES)]
    ys = {lane["name"]: lane["y"] for lane in lanes}
    return {
        "width": WIDTH,
        "height": LANE * len(LANES) + 24,
        "left": LEFT,
        "lanes": lanes,
        "marks": [{"x": x(h.on), "y": ys[h.lane]} for h in found],
        "first": {"x": x(first), "text": date_format(first, "j M Y")},
        "last": {"x": x(last), "text": date_format(last, "j M Y")},
        "foot": LANE * len(LANES) + 14,
        "sentence": _sentence(found),
    }


def _sentence(found: list[Happening]) -> str:
    counts = [f"{sum(h.lane == lane for h in found)} {lane.lower()}" for lane in LANES]
    first, last = (date_format(day, "j F Y") for day in (found[0].on, found[-1].on))
    return f"From {first} to {last}: {', '.join(counts)}."
