"""What pages count of each enquiry: read where it is kept and still holds, else counted.

The history of an alliance says whether something has changed since. So no action has to know of
what is kept, and nothing out of date is ever shown.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery

from alliances.models import Change, Programme
from enquiries.models import Enquiry
from impact.claims.queries import Stated, claims_by_enquiry
from impact.findings import Finding, finding_of
from impact.queries import measures_across
from impact.statistics import Verdict
from reports.lacking import Lacking
from reports.momentum import WEEKS, logged_weeks
from reports.stood import Stood, stood_of


@dataclass(frozen=True)
class Counted:
    """The counts of one enquiry; ``by_level`` and ``by_strength`` by code and verdict.

    ``left_out`` measures are background or tell who took part.
    """

    by_level: list[tuple[str, str, int]]
    by_strength: list[tuple[str, str, int]]
    reasons: list[tuple[str, int]]
    left_out: int


def counted_of(enquiries: Collection[int]) -> dict[int, Counted]:
    """Of each enquiry, in one query if all that is kept holds."""
    kept = _held("counted", enquiries)
    stale = [pk for pk in enquiries if pk not in kept]
    anew = count(stale, claims_by_enquiry(stale)) if stale else {}
    return {pk: Counted(**told) for pk, told in kept.items()} | anew


def where_stood(enquiries: Collection[int], today: date) -> dict[int, Stood]:
    """Of each enquiry, in one query if all that is kept holds."""
    kept = kept_stood(enquiries)
    stale = [pk for pk in enquiries if pk not in kept]
    return kept | (stood_of(stale, today, claims_by_enquiry(stale)) if stale else {})


def weeks_kept(enquiries: Collection[int], today: date) -> dict[int, list[list]]:
    """Of each enquiry the writers, Mondays and entries of a year, in one query if all holds."""
    kept = _held("weeks", enquiries)
    stale = [pk for pk in enquiries if pk not in kept]
    return kept | (year_of(stale, today) if stale else {})


def year_of(enquiries: Collection[int], today: date) -> dict[int, list[list]]:
    """As JSON keeps it: by whom, the Monday as a text, and how many entries."""
    return {
        pk: [[week.writer, week.monday.isoformat(), week.entries] for week in weeks]
        for pk, weeks in logged_weeks(enquiries, today, WEEKS).items()
    }


def kept_stood(enquiries: Collection[int]) -> dict[int, Stood]:
    """Of those enquiries of which what is kept still holds."""
    return {pk: Stood(**told) for pk, told in _held("stood", enquiries).items()}


def kept_lacks(enquiries: Collection[int]) -> dict[int, Lacking]:
    """Of those enquiries of which what is kept still holds."""
    return {pk: Lacking(**told) for pk, told in _held("lacks", enquiries).items()}


def _held(column: str, enquiries: Collection[int]) -> dict[int, Any]:
    """What is kept of these enquiries and still holds, in one query or none."""
    rows = _kept(Enquiry.objects.filter(pk__in=enquiries), column) if enquiries else ()
    return {pk: told for pk, is_fresh, told in rows if is_fresh}


def out_of_date() -> list[int]:
    """The alliances of enquiries whose counts are not kept, or hold no more."""
    stale = [pk for pk, is_fresh, _ in _kept(Enquiry.objects.all(), "pk") if not is_fresh]
    alliances = Enquiry.objects.filter(pk__in=stale).order_by("alliance")
    return list(alliances.values_list("alliance", flat=True).distinct())


def as_of_now(enquiries: QuerySet[Enquiry]) -> dict[int, str]:
    """What counts that are made now have to name, by enquiry."""
    rows = _with_last(enquiries).values_list("pk", "last", "threshold")
    return {pk: _named(last, threshold) for pk, last, threshold in rows}


def _kept(enquiries: QuerySet[Enquiry], column: str) -> Iterator[tuple[int, bool, Any]]:
    names = ("pk", "last", "threshold", "digest__as_of", f"digest__{column}")
    for pk, last, threshold, as_of, kept in _with_last(enquiries).values_list(*names):
        yield pk, as_of == _named(last, threshold), kept


def _with_last(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    changes = Change.objects.filter(alliance=OuterRef("alliance")).order_by("-pk")
    return enquiries.order_by("pk").annotate(
        last=Subquery(changes.values("pk")[:1]),
        threshold=F("alliance__programme__small_number_threshold"),
    )


def _named(last: int | None, threshold: int) -> str:
    return f"{last or 0}.{threshold}.{_rules()}"


@cache
def _rules() -> str:
    """Changes with each release, whichever code or words it changed."""
    rooms = ("config", "reports", "impact", "enquiries", "alliances")
    names = [f"{room}/**/*.{kind}" for room in rooms for kind in ("py", "toml")]
    sources = [path for name in names for path in Path(settings.BASE_DIR).glob(name)]
    digest = sha256()
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# ---- counting ------------------------------------------------------------------------------


def count(enquiries: Collection[int], claims: Mapping[int, list[Stated]]) -> dict[int, Counted]:
    """Counted anew from all records; as many queries for a hundred as for one of a programme.

    ``claims`` are those of each enquiry.
    """
    verdicts: dict[int, dict[int, Finding | None]] = defaultdict(dict)
    programmes = Programme.objects.filter(alliances__enquiries__in=enquiries).distinct()
    for programme in programmes:
        for pk, measures in measures_across(programme, enquiries).items():
            verdicts[pk] = {measure.id: finding_of(measure) for measure in measures}
    return {pk: _counted(verdicts[pk], claims[pk]) for pk in enquiries}


def _counted(findings: dict[int, Finding | None], claims: list[Stated]) -> Counted:
    told = {pk: finding for pk, finding in findings.items() if finding}
    levels = Counter((finding.level, finding.verdict) for finding in told.values())
    strengths = Counter(
        ((stated.degree or stated.strength.level).code, _verdict(stated, told))
        for stated in claims
        if stated.has_evidence
    )
    return Counted(
        by_level=[(level, verdict, many) for (level, verdict), many in levels.items()],
        by_strength=[(code, verdict, many) for (code, verdict), many in strengths.items()],
        reasons=list(Counter(finding.why for finding in told.values() if finding.why).items()),
        left_out=len(findings) - len(told),
    )


def _verdict(stated: Stated, told: dict[int, Finding]) -> Verdict:
    """Which way its measures went, where they agree."""
    measures = [piece.id for piece in stated.pieces if piece.kind == "measure"]
    went = {told[pk].verdict for pk in measures if pk in told}
    return went.pop() if len(went) == 1 else Verdict.UNTOLD
