"""A case study in its writers' words, with what they chose to show set in its place."""

from base64 import b64encode
from dataclasses import replace

from django.urls import reverse

from alliances.forms import wording_of
from enquiries.evidence.queries import thumbnails_of
from enquiries.models import Evidence
from impact.disclosure import Ledger
from reports.builders.case_study import build_case_study, trial_note
from reports.builders.claims import (
    behind_any,
    claim_line,
    evidence_lines,
    marked,
    symbols_in,
    with_marks,
)
from reports.builders.measures import LEVELS, measure_tables, symbols_used
from reports.builders.pictures import charts_of
from reports.builders.shelf import Shelf
from reports.manuscript.marks import marks_in, paragraphs
from reports.models import CaseStudyDraft
from reports.values import CaseStudy, Pair, Photo, ToldSection

# What an account of the log tells by itself, and writers show within their sections or not at all.
OUTSIDE_THE_WORDS = (
    "charts",
    "strength",
    "measures",
    "claims",
    "alliance_impact",
    "stated",
    "leadership",
    "sharing",
    "next_steps",
    "quotations",
    "lessons",
)


def build_told_case_study(
    draft: CaseStudyDraft, *, exact: bool = False, ledger: Ledger | None = None
) -> CaseStudy:
    """A case study as its draft tells it; what it neither shows nor cites is left out.

    Small numbers are withheld as ``build_case_study`` does.
    """
    shelf = Shelf(draft.enquiry, exact=exact, ledger=ledger)
    whole = build_case_study(draft.enquiry, exact=exact, ledger=ledger, shelf=shelf)
    sections = [s for name in draft.SECTIONS if (s := _section(draft, name, shelf)).is_told]
    named = {*draft.shown, *(mark for text in draft.texts.values() for mark in marks_in(text))}
    stated = [each for mark, each in shelf.claims.items() if mark in named]
    measures = [m for code, m in shelf.measured.items() if code in draft.shown]
    if ledger:
        ledger.leave_untold_of([m for m in shelf.measures if m not in measures])
    return replace(
        whole,
        title=draft.title or whole.title,
        context="",
        summary=paragraphs(draft.summary),
        told=sections,
        schools=whole.schools if "schools" in draft.shown else [],
        cycles=[replace(c, trials=[]) for c in whole.cycles] if "cycles" in draft.shown else [],
        challenges=whole.challenges if "challenges" in draft.shown else [],
        rests_on=[claim_line(each) for each in stated],
        evidence=evidence_lines(stated, shelf.sources, named & shelf.marks | behind_any(stated)),
        symbols=symbols_used(measures, *symbols_in(stated)),
        **{name: [] for name in OUTSIDE_THE_WORDS},
    )


def _section(draft: CaseStudyDraft, name: str, shelf: Shelf) -> ToldSection:
    codes = getattr(draft, f"{name}_shows")

    def chosen(found: dict) -> list[tuple]:
        return [(code, row) for code, row in found.items() if code in codes]

    measures = [measure for _, measure in chosen(shelf.measured)]
    return ToldSection(
        key=name,
        title=wording_of("reports", "case-study")["fields"][name]["label"],
        paragraphs=paragraphs(getattr(draft, name)),
        charts=charts_of(measures),
        measures=with_marks(measure_tables(measures), shelf.sources),
        claims=[f"{LEVELS[each.claim.level]}: {marked(each)}" for _, each in chosen(shelf.claims)],
        trials=[replace(trial_note(t), mark=mark) for mark, t in chosen(shelf.trials)],
        entries=[Pair(str(e), f"{e.reflection} [{mark}]") for mark, e in chosen(shelf.entries)],
        quotations=[Pair(q.text, f"{q.voice} [{mark}]") for mark, q in chosen(shelf.quotations)],
        photos=_photos(dict(chosen(shelf.photos))),
        tables=[table for table in ("schools", "cycles", "challenges") if table in codes],
    )


def _photos(chosen: dict[str, Evidence]) -> list[Photo]:
    """The photos with their bytes, so that a frozen document needs nothing else."""
    small = thumbnails_of([photo.key for photo in chosen.values()]) if chosen else {}
    return [
        Photo(mark, photo.caption, b64encode(small[_address(photo)]).decode())
        for mark, photo in chosen.items()
    ]


def _address(photo: Evidence) -> str:
    return reverse("evidence-thumbnail", args=[photo.key])
