"""What is sent to the pages that take something, enough for each to take it."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alliances.terms import school_year_of, usual_year

SENT = {"submission": str(UUID(int=7))}
AN_EXTENSION = {
    "retain_until_day": "1",
    "retain_until_month": "9",
    "retain_until_year": "2036",
    "because": "The second cohort is compared with it.",
}
A_TRIAL = {
    "held_on_day": "3",
    "held_on_month": "2",
    "held_on_year": "2026",
    "strategy": "Talk partners",
    "done": "Taught twice.",
    "experienced": "More questions.",
    "reflection": "It helped.",
    "recommendation": "Keep it.",
}
A_DAY = {"held_on_day": "3", "held_on_month": "2", "held_on_year": "2026"}
A_MEETING = {**A_DAY, "place": "Guildford"}
A_MEASURE = {
    "level": "pupil",
    "name": "Confidence in writing",
    "instrument": "questionnaire",
    "better": "higher",
    "population": "Year 4",
}
A_JOINING = {
    "name": "Downs Primary",
    "joined_on_day": "3",
    "joined_on_month": "2",
    "joined_on_year": "2026",
    "how_joined": "chose",
}
A_LEAVING = {"on_day": "3", "on_month": "9", "on_year": "2026", "reason": "A new trust"}
A_LOST_DESIGNATION = {
    "status": "lost",
    "since_day": "3",
    "since_month": "2",
    "since_year": "2026",
    "reason": "Inspection",
}
A_QUESTIONNAIRE = {
    "answer.pq-implementation-words-1": "Does talk improve writing?",
    **{f"answer.pq-implementation-{n}": "A" for n in range(1, 6)},
    "seen": "{}",
}
FIGURES = {"small_number_threshold": "10", "small_number_reason": "", "fewest_schools": "4"}
A_SCHOOL_YEAR = {
    f"{span.code}-{end}_{part}": str(getattr(day, part))
    for span in usual_year(school_year_of(timezone.localdate()))
    for end, day in (("starts", span.starts_on), ("ends", span.ends_on))
    for part in ("day", "month", "year")
}
IN_A_MONTH = timezone.localdate() + timedelta(days=30)
A_LOAN = {f"ends_on_{part}": str(getattr(IN_A_MONTH, part)) for part in ("day", "month", "year")}
