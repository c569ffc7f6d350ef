"""What the claims of enquiries may rest on, read once for all of them."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator

from enquiries.delivery import Deliveries, Delivery
from enquiries.evidence.queries import attached_to_forms
from enquiries.models import Evidence, LeadershipEntry, Quotation, Trial
from enquiries.sheets import sheet_called
from impact.claims.design import Designs
from impact.matched.evidence import Matched, MatchedEvidence
from impact.models import Claim, Measure, Reading
from impact.strength import Grounds, Strength, strength_of

# The letter of the mark, and what the kind is called.
KINDS = {
    "measure": ("M", "Measures"),
    "trial": ("T", "Trials"),
    "quotation": ("Q", "Quotations"),
    "entry": ("L", "Leadership"),
    "file": ("F", "Files"),
}
BASELINE = Reading.Moment.BASELINE


@dataclass(frozen=True)
class Piece:
    """One thing that claims may rest on. ``mark`` names it within its enquiry, as M2 does.

    ``fault`` says why it does not count, and is empty where it does. ``version`` changes with
    what it says. Unless it ``may_be_told``, its words stay within the alliance.
    """

    kind: str
    id: int
    enquiry: int
    mark: str
    text: str
    url: str
    fault: str
    version: str
    may_be_told: bool = True

    @property
    def counts(self) -> bool:
        return not self.fault


class Sources:
    """Everything of some enquiries that a claim may rest on, withdrawn or not."""

    def __init__(self, enquiries: Collection[int]):
        of_these = {"enquiry__in": enquiries}
        self.designs, self.deliveries = Designs(enquiries), Deliveries(enquiries)
        self.scores = MatchedEvidence(enquiries)
        self.readings: dict[int, list[Reading]] = defaultdict(list)
        self._reading: dict[int | None, Reading] = {}
        found = Reading.everything.filter(**of_these, withdrawn="")
        for reading in found.select_related("measure").order_by("position", "pk"):
            self.readings[reading.measure_id].append(reading)
            self._reading[reading.pk] = reading
        files = list(Evidence.objects.filter(**of_these).order_by("pk"))
        self.pieces: dict[tuple[str, int], Piece] = {
            (piece.kind, piece.id): piece
            for piece in (
                *map(self._measure, Measure.everything.filter(**of_these).select_related("group")),
                *map(_trial, Trial.everything.filter(**of_these)),
                *map(_quotation, _voices(of_these)),
                *map(_entry, LeadershipEntry.everything.filter(**of_these)),
                *_files(files),
            )
        }
        self._of: dict[int, list[Piece]] = defaultdict(list)
        for piece in self.pieces.values():
            self._of[piece.enquiry].append(piece)
        self.attached: dict[UUID, set[int]] = defaultdict(set)
        for file in (file for file in files if not file.is_private):
            self.attached[file.record].add(file.pk)

    def of(self, enquiry: int, kind: str) -> list[Piece]:
        """An enquiry's pieces of a kind, in their order."""
        return [piece for piece in self._of[enquiry] if piece.kind == kind]

    def behind(self, claim: Claim) -> list[Piece]:
        """What a claim rests on: its measures, what was ticked, and the files attached to it."""
        kinds = {kind: set(targets) for kind, targets in claim.backed_by.items()}
        kinds["measure"] = self.measures_of(claim)
        kinds["file"] |= self.attached[claim.key]
        return [piece for piece in self._of[claim.enquiry_id] if piece.id in kinds[piece.kind]]

    def measures_of(self, claim: Claim) -> set[int]:
        """The measures that were ticked, and that of its readings."""
        chosen = self.reading(claim.result_id) or self.reading(claim.baseline_id)
        return claim.backed_by["measure"] | ({chosen.measure_id} if chosen else set())

    def reading(self, pk: int | None) -> Reading | None:
        return self._reading.get(pk)

    def matched(self, claim: Claim) -> Matched | None:
        """What the matched scores of its measures show, at its school if it is of one."""
        return self.scores.of(self._counting(claim), claim.participation_id)

    def strength(self, claim: Claim) -> Strength:
        """How strong the evidence of a claim can be called, as the claim stands.

        Where there are matched scores they count, and not what was stated. A claim of fewer people
        than were measured rests on those it speaks of.
        """
        measures, scores = self._counting(claim), self.matched(claim)
        baseline, result = self.reading(claim.baseline_id), self.reading(claim.result_id)
        before, after = _people(baseline), _people(result)
        lost = 100 * max(before - after, 0) / before if before and after is not None else None
        is_scored = scores and result and self.scores.versions(result.measure_id)
        said = [claim.group_size, scores and scores.people, None if is_scored else after]
        done = Grounds(
            is_measured=any(map(self._has_figures, measures)),
            comparison=scores.comparison if scores else claim.comparison,
            people=min((people for people in said if people is not None), default=None),
            lost=scores.lost if scores else lost,
            **self.designs.tested(measures),
        )
        return strength_of(plan=self.designs.planned(claim.enquiry_id, measures), done=done)

    def _counting(self, claim: Claim) -> set[int]:
        return {pk for pk in self.measures_of(claim) if self.pieces["measure", pk].counts}

    def _has_figures(self, measure: int) -> bool:
        """Whether it was measured in more than words since the baseline."""
        if self.scores.versions(measure):
            return True
        kinds = {r.kind for r in self.readings[measure] if r.moment != BASELINE}
        return bool(kinds - {Reading.Kind.TEXT, Reading.Kind.MISSING})

    def delivery(self, claim: Claim) -> Delivery:
        """Whether what a claim speaks of was done as planned, in its cycle and at its school."""
        place = {"cycle": claim.cycle_id, "participation": claim.participation_id}
        return self.deliveries.of(claim.enquiry_id, **place)

    def _measure(self, measure: Measure) -> Piece:
        after = [r for r in self.readings[measure.pk] if r.moment != BASELINE and not r.missing]
        saved = [[r.pk, r.saved_at.isoformat()] for r in self.readings[measure.pk]]
        scored = self.scores.versions(measure.pk)
        return Piece(
            **_place("measure", measure),
            text=measure.about,
            url=reverse("measure", args=[measure.pk]),
            fault=_fault(measure, is_measured=bool(after or scored)),
            version=json.dumps([measure.saved_at.isoformat(), saved, *scored]),
        )


def _fault(measure: Measure, *, is_measured: bool) -> str:
    """Why a measure shows nothing, if so; ``is_measured`` since the baseline."""
    if measure.withdrawn:
        return "withdrawn"
    return "" if is_measured else "nothing measured after the baseline yet"


def _people(reading: Reading | None) -> int | None:
    """How many people stand behind a reading, where it says so."""
    if reading is None:
        return None
    return reading.n if reading.n is not None else reading.denominator


def _place(kind: str, row: Model) -> dict:
    mark = f"{KINDS[kind][0]}{row.position}"
    return {"kind": kind, "id": row.pk, "enquiry": row.enquiry_id, "mark": mark}


def _voices(of_these: dict) -> QuerySet[Quotation]:
    return Quotation.everything.filter(**of_these).annotate(is_agreed=Quotation.AGREED)


def _logged(kind: str, slug: str, row: Model, text: str, **more: bool) -> Piece:
    return Piece(
        **_place(kind, row),
        text=text,
        url=sheet_called(slug).url_of(row),
        fault="withdrawn" if row.withdrawn else "",
        version=row.saved_at.isoformat(),
        **more,
    )


def _trial(trial: Trial) -> Piece:
    return _logged("trial", "trial", trial, f"{trial.strategy}, {date_format(trial.held_on)}")


def _quotation(quotation: Quotation) -> Piece:
    said = f"“{Truncator(quotation.text).words(14)}” {quotation.attribution}"
    return _logged("quotation", "quotation", quotation, said, may_be_told=quotation.is_agreed)


def _entry(entry: LeadershipEntry) -> Piece:
    return _logged("entry", "leadership", entry, Truncator(entry.reflection).words(14))


def _files(files: list[Evidence]) -> Iterator[Piece]:
    """Those that are not a facilitator's alone, numbered with those that are."""
    standing = {each.evidence.pk for each in attached_to_forms(files)}
    numbers = Counter[int]()
    for file in files:
        numbers[file.enquiry_id] += 1
        if file.is_private:
            continue
        withdrawn = "" if file.pk in standing else "its form was withdrawn"
        yield Piece(
            kind="file",
            id=file.pk,
            enquiry=file.enquiry_id,
            mark=f"F{numbers[file.enquiry_id]}",
            text=file.caption,
            url="" if file.removed_at else reverse("evidence-file", args=[file.key]),
            fault="removed" if file.removed_at else withdrawn,
            version=file.sha256,
        )
