"""What changes how a programme's figures are shown."""

from django.db import transaction

from alliances import audit
from alliances.models import USUAL_THRESHOLD, Programme, User


class ReasonMissing(Exception):
    """A threshold below the usual one needs a reason."""


@transaction.atomic
def set_figures(
    *,
    programme: Programme,
    small_number_threshold: int,
    small_number_reason: str,
    fewest_schools: int,
    shows_months: bool,
    by: User,
) -> None:
    """From how many pupils and schools on figures are shown, and whether in months too.

    A reason is kept only where it is needed.
    """
    is_usual = small_number_threshold >= USUAL_THRESHOLD
    if not is_usual and not small_number_reason:
        raise ReasonMissing
    changed = {
        "small_number_threshold": small_number_threshold,
        "small_number_reason": "" if is_usual else small_number_reason,
        "fewest_schools": fewest_schools,
        "shows_months": shows_months,
    }
    Programme.objects.filter(pk=programme.pk).update(**changed)
    audit.record("set figures", programme, by=by, **changed)
