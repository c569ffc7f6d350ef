"""Keeps what national pages count, so that they read a row an enquiry and not all of it."""

from dataclasses import asdict

from django.db import transaction

from enquiries.models import Enquiry
from reports.digests import as_of_now, count, out_of_date
from reports.models import Digest


def keep_counts() -> int:
    """Count anew whatever is out of date, alliance by alliance; of how many."""
    stale = out_of_date()
    for alliance in stale:
        _keep(alliance)
    return len(stale)


@transaction.atomic
def _keep(alliance: int) -> None:
    """While it counts, nobody writes in the alliance's enquiries: what comes later is later."""
    enquiries = Enquiry.objects.filter(alliance=alliance)
    list(enquiries.order_by("pk").select_for_update())
    as_of = as_of_now(enquiries)
    for pk, counted in count(list(as_of)).items():
        kept = {"as_of": as_of[pk], "counted": asdict(counted)}
        Digest.objects.update_or_create(enquiry_id=pk, defaults=kept)
