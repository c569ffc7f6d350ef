"""Which evidence somebody may see, of one record or of the whole enquiry."""

from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from alliances.roles import Permission
from enquiries.models import Enquiry, Evidence, EvidenceFile, SheetRecord
from enquiries.sheets import catalogue, sheet_called


@dataclass(frozen=True)
class Attached:
    """A piece of evidence with the form it is attached to; ``form_url`` is where that is read."""

    evidence: Evidence
    form: str
    form_url: str


def evidence_in(enquiry: Enquiry, allowed: set[Permission], **having) -> list[Evidence]:
    """What somebody with these permissions may see, the latest first, removed ones among it.

    What is attached to a form is read by those who may open the form.
    """
    opened = {Permission.READ_ENQUIRY, *allowed}
    closed = [sheet.slug for sheet in catalogue() if sheet.read not in opened]
    found = enquiry.evidence.filter(**having).exclude(sheet__in=closed)
    found = found.select_related("attached_by", "removed_by")
    return list(found if Permission.SEE_JUDGEMENT in allowed else found.filter(is_private=False))


def evidence_of(record: SheetRecord, allowed: set[Permission]) -> list[Evidence]:
    """What is attached to a record now, as far as somebody with these permissions may see it."""
    return evidence_in(record.enquiry, allowed, record=record.key, removed_at=None)


def thumbnails_of(keys: list[str]) -> dict[str, bytes]:
    """The small JPEGs of photos, by their address on the site."""
    found = EvidenceFile.objects.filter(evidence__key__in=keys)
    return {
        reverse("evidence-thumbnail", args=[key]): bytes(small)
        for key, small in found.values_list("evidence__key", "thumbnail")
    }


def attached_to_forms(evidence: list[Evidence]) -> list[Attached]:
    """Each piece with its form, but for those of records that were withdrawn."""
    read_at = {}
    for slug in {each.sheet for each in evidence}:
        sheet = sheet_called(slug)
        keys = [each.record for each in evidence if each.sheet == slug]
        for record in sheet.model.objects.filter(key__in=keys).select_related("cycle"):
            read_at[record.key] = sheet.title, sheet.url_of(record)
    return [Attached(each, *read_at[each.record]) for each in evidence if each.record in read_at]


def limits() -> dict[str, str | int]:
    """How large a file, how many on one record, and all of an enquiry may be, for people."""
    return {
        "size": _size(settings.EVIDENCE_LARGEST),
        "most": settings.EVIDENCE_MOST,
        "total": _size(settings.EVIDENCE_TOTAL),
    }


def _size(count: int) -> str:
    return filesizeformat(count).replace(".0", "")
