"""The poster of an enquiry (F34): four answers from the logs, no longer than the page has room."""

import re
from dataclasses import asdict, replace
from itertools import accumulate

from alliances.content import words
from enquiries.models import Enquiry, Response
from impact.disclosure import Ledger
from impact.models import Claim
from impact.values import MeasureValues
from reports.builders.case_study import build_case_study
from reports.builders.pictures import charts_with_measures
from reports.builders.shelf import Shelf
from reports.charts import NARROW, drawing
from reports.charts.values import Chart
from reports.values import CaseStudy, Pair, Poster, PosterAnswer

# What the smallest letters of a poster have room for, picture and voice included.
LONGEST_ANSWER, MOST_POINTS = 480, 5
LONGEST_TITLE, LONGEST_QUESTION, LONGEST_QUOTATION, MOST_OF_SCHOOLS = 150, 200, 130, 260
TALLEST = 320  # of a picture as wide as a column, in its own units
TELLS_CHANGE = {"slope", "dumbbell", "run", "distribution"}
CUT = "…"


def build_poster(enquiry: Enquiry, *, ledger: Ledger | None = None) -> Poster:
    """What a visitor reads while standing; everything else is in the case study.

    Small numbers are withheld as they are there.
    """
    shelf = Shelf(enquiry, ledger=ledger)
    study = build_case_study(enquiry, ledger=ledger, shelf=shelf)
    answers, cut = fitted(_answers(enquiry, study))
    question = shortened(study.question, LONGEST_QUESTION)
    if question != study.question:
        cut = ["The question of the enquiry", *cut]
    chart, drawn = _headline(enquiry, shelf.measures)
    if ledger:
        ledger.leave_untold_of([measure for measure in shelf.measures if measure not in drawn])
    shown = f"{answers}{chart}"
    schools = [school.name for school in study.schools]
    named = sum(total <= MOST_OF_SCHOOLS for total in accumulate(map(len, schools)))
    return Poster(
        service=study.service,
        agency=study.agency,
        programme=study.programme,
        alliance=study.alliance,
        title=shortened(study.title.rstrip(".") or study.alliance, LONGEST_TITLE),
        theme=": ".join(filter(None, [study.theme, study.theme_title])),
        area=study.area,
        period=study.period,
        question=question,
        schools=schools[:named],
        more_schools=len(schools[named:]),
        answers=answers,
        chart=chart,
        quotation=_voice(study.quotations),
        symbols=[each for each in study.symbols if each.first in shown],
        cut=cut,
    )


def _answers(enquiry: Enquiry, study: CaseStudy) -> list[PosterAnswer]:
    said = Response.objects.filter(enquiry=enquiry, instrument="progress-impact").last()
    points = {
        "po1": [cycle.tried for cycle in study.cycles] or study.interventions or [study.focus],
        "po2": [
            _said(said, "pq-impact-words-1"),
            *(claim.split(": ", 1)[1] for claim in study.stated),
            *study.alliance_impact,
            *(claim.second for claim in study.claims),
        ],
        "po3": [
            _said(said, "pq-impact-words-3"),
            *study.lessons,
            *(learnt.second for learnt in study.leadership),
        ],
        "po4": study.sharing or [_said(said, "pq-impact-words-2")],
    }
    asked = words("reports", "poster")
    return [
        PosterAnswer(code, asked[code].title, told)
        for code, given in points.items()
        if (told := [point for point in given if point])
    ]


def _said(response: Response | None, item: str) -> str:
    return response.value_of(f"answer.{item}") if response else ""


# ---- what fits -----------------------------------------------------------------------------


def fitted(answers: list[PosterAnswer]) -> tuple[list[PosterAnswer], list[str]]:
    """Answers that there is room for, and the questions whose answers were cut for that.

    An answer that is too long loses its last points, and a single point its last sentences.
    """
    kept = [replace(answer, points=_with_room(answer.points)) for answer in answers]
    pairs = zip(answers, kept, strict=True)
    return kept, [answer.question for answer, less in pairs if answer.points != less.points]


def _with_room(points: list[str]) -> list[str]:
    totals = accumulate(map(len, points[:MOST_POINTS]))
    number = sum(total <= LONGEST_ANSWER for total in totals)
    return points[:number] or [shortened(points[0], LONGEST_ANSWER)]


def shortened(text: str, most: int) -> str:
    """As many whole sentences as fit into so many letters, else whole words; then an ellipsis."""
    if len(text) <= most:
        return text
    room = text[: most - len(CUT)]
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)", room)]
    return f"{room[: ends[-1]]} {CUT}" if ends else f"{room.rpartition(' ')[0] or room}{CUT}"


# ---- what is shown -------------------------------------------------------------------------


def _headline(
    enquiry: Enquiry, measures: list[MeasureValues]
) -> tuple[Chart | None, list[MeasureValues]]:
    """A picture that is not tall, with the measures it is drawn from.

    That of what a claim rests on, else of a change, else the first; none where there is none.
    """
    results = Claim.objects.filter(enquiry=enquiry, result__isnull=False)
    claimed = set(results.values_list("result__measure", flat=True))
    low = [
        (chart, drawn)
        for chart, drawn in charts_with_measures(measures)
        if drawing(asdict(chart), NARROW).height <= TALLEST
    ]

    def rank(found: tuple[Chart, list[MeasureValues]]) -> tuple[bool, bool]:
        chart, drawn = found
        return any(measure.id in claimed for measure in drawn), chart.kind in TELLS_CHANGE

    return max(low, key=rank, default=(None, []))


def _voice(quotations: list[Pair]) -> Pair | None:
    """The first that is short enough: nobody's words are cut."""
    return next((each for each in quotations if len(each.first) <= LONGEST_QUOTATION), None)
