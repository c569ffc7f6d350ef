"""Keeps what pages count, so that they read a row an enquiry and not all of it."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from enquiries.models import Enquiry
from reports.digests import as_of_now, count, out_of_date, year_of
from reports.lacking import lacking_of
from reports.models import Digest
from reports.stood import stood_of


def keep_counts() -> int:
    """Count anew whatever is out of date, alliance by alliance; of how many."""
    stale = out_of_date()
    for alliance in stale:
        _keep(alliance)
    return len(stale)


@transaction.atomic
def _keep(alliance: int) -> None:
    """While it counts, nobody writes in the alliance's enquiries: what comes later is later."""
    enquiries = Enquiry.objects.filter(alliance=alliance).select_related("alliance")
    listed = list(enquiries.order_by("pk").select_for_update(of=["self"]))
    as_of = as_of_now(enquiries)
    pks, today = list(as_of), timezone.localdate()
    counted, stood, weeks = count(pks), stood_of(pks, today), year_of(pks, today)
    for enquiry in listed:
        kept = {
            "as_of": as_of[enquiry.pk],
            "counted": asdict(counted[enquiry.pk]),
            "stood": asdict(stood[enquiry.pk]),
            "lacks": asdict(lacking_of(enquiry)),
            "weeks": weeks[enquiry.pk],
        }
        Digest.objects.update_or_create(enquiry=enquiry, defaults=kept)
