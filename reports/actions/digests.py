"""Keeps what pages count, so that they read a row an enquiry and not all of it."""

from dataclasses import asdict

from django.utils import timezone

from alliances.actions.writers import wait_for_writers
from enquiries.models import Enquiry
from impact.claims.queries import claims_by_enquiry
from reports.digests import as_of_now, count, out_of_date, year_of
from reports.lacking import lacking_of
from reports.models import Digest
from reports.stood import stood_of

PATIENCE = 5.0


def keep_counts(patience: float = PATIENCE) -> int:
    """Count anew whatever is out of date, alliance by alliance; of how many.

    None while somebody goes on writing for longer than ``patience``, in seconds: what they wrote
    could be numbered before what is named. Whatever is written later is later than what is named.
    """
    stale = out_of_date()
    as_of = as_of_now(Enquiry.objects.filter(alliance__in=stale))
    if not stale or not wait_for_writers(patience):
        return 0
    for alliance in stale:
        _keep(alliance, as_of)
    return len(stale)


def _keep(alliance: int, as_of: dict[int, str]) -> None:
    enquiries = Enquiry.objects.filter(alliance=alliance, pk__in=as_of).select_related("alliance")
    listed = list(enquiries.order_by("pk"))
    pks, today = [enquiry.pk for enquiry in listed], timezone.localdate()
    claims, weeks = claims_by_enquiry(pks), year_of(pks, today)
    counted, stood = count(pks, claims), stood_of(pks, today, claims)
    for enquiry in listed:
        kept = {
            "as_of": as_of[enquiry.pk],
            "counted": asdict(counted[enquiry.pk]),
            "stood": asdict(stood[enquiry.pk]),
            "lacks": asdict(lacking_of(enquiry)),
            "weeks": weeks[enquiry.pk],
        }
        Digest.objects.update_or_create(enquiry=enquiry, defaults=kept)
