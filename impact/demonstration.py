"""What people of the demonstration claim, and an example of matched scores, by their actions."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from alliances.models import Programme, User
from enquiries.actions import save_sheet
from enquiries.models import Enquiry, Ethics
from enquiries.sheets.forms import plain
from impact.actions import begin_matched, confirm_upload, send_upload, sign_off, take_up
from impact.claims.queries import stated
from impact.models import Claim, DataTest, Measure, Upload

SAID = ("level", "statement", "kind", "justification", "group_size", "strength")
ETHICS = (
    *("confidentiality", "withdraw", "parents", "stored", "who_sees", "protected", "collected"),
    *("permission", "recognised", "sensitive"),
)


def state_claims(programme: Programme, claims: list[dict]) -> None:
    """Each is stated, its data tested, moderated and signed off as far as its entry says."""
    for given in claims:
        enquiry, by = _enquiry(programme, given), _person(given)
        if tested := given.get("test"):
            wanted = {"measure_id": _measure(enquiry, given).pk, **tested}
            save_sheet(DataTest, place=_new(enquiry), seen={}, wanted=wanted, by=by)
        claim = _stated(enquiry, given, by)
        if moderation := given.get("moderation"):
            _moderate(claim, moderation)
        if given.get("is_signed"):
            sign_off(claim=claim, seal=stated(claim).seal, by=by)


def keep_example_scores(programme: Programme, given: dict, folder: Path) -> None:
    """A set of matched scores of nobody, under a measure that says so, sent as a spreadsheet."""
    enquiry, by = _enquiry(programme, given), _person(given)
    ethics = {**dict.fromkeys(ETHICS, given["ethics"]["told"]), "owner": given["ethics"]["owner"]}
    ethics |= {"consent_from": ["parent"], "right_to_withdraw": True}
    ethics |= {"is_published": True, "extra_check": given["ethics"]["extra_check"]}
    save_sheet(Ethics, place={"enquiry": enquiry}, seen={}, wanted=ethics, by=by)
    measure = save_sheet(Measure, place=_new(enquiry), seen={}, wanted=given["measure"], by=by)
    today = timezone.localdate()
    begun = begin_matched(
        enquiry=enquiry,
        by=by,
        measure=measure,
        participation=enquiry.participations.first(),
        before_on=today - timedelta(days=given["days_before"]),
        after_on=today - timedelta(days=given["days_after"]),
        retain_until=today + timedelta(days=given["days_kept"]),
        **{name: given[name] for name in ("instrument", "consent", "phase")},
    )
    upload = send_upload(
        enquiry=enquiry,
        by=by,
        matched_set=begun,
        kind=Upload.Kind.MATCHED,
        name=given["scores"],
        content=(folder / given["scores"]).read_bytes(),
    )
    take_up(upload.pk)
    confirm_upload(upload=upload, by=by)
    take_up(upload.pk)


def _enquiry(programme: Programme, given: dict) -> Enquiry:
    return Enquiry.objects.get(alliance__programme=programme, alliance__key=given["alliance"])


def _person(given: dict) -> User:
    return User.objects.get(email=given["by"])


def _new(enquiry: Enquiry) -> dict:
    return {"enquiry": enquiry, "key": uuid4()}


def _measure(enquiry: Enquiry, given: dict) -> Measure:
    return enquiry.measures.get(name=given["measure"])


def _stated(enquiry: Enquiry, given: dict, by: User) -> Claim:
    measure = _measure(enquiry, given)
    readings = {reading.moment: reading.pk for reading in measure.readings.all()}
    quoted = enquiry.quotations.filter(text__in=given.get("quotations", ()))
    wanted = {
        **{name: given[name] for name in SAID if name in given},
        "baseline_id": readings.get("baseline"),
        "result_id": readings.get("outcome"),
        "evidence.measure": [str(measure.pk)],
        "evidence.quotation": [str(each.pk) for each in quoted],
    }
    place = _new(enquiry) | {"cycle": enquiry.cycles.get(position=given["cycle"])}
    return save_sheet(Claim, place=place, seen={}, wanted=wanted, by=by)


def _moderate(claim: Claim, given: dict) -> None:
    wanted = {"moderated": given["strength"], "moderated_because": given["because"]}
    seen = {name: plain(claim.value_of(name)) for name in wanted}
    place = {"enquiry": claim.enquiry, "key": claim.key}
    save_sheet(Claim, place=place, seen=seen, wanted=wanted, by=_person(given))
