from django.db import transaction

from alliances import audit
from alliances.models import User
from enquiries.actions import hold
from impact.claims.queries import stated
from impact.models import Claim, SignOff


class NotToBeSigned(Exception):
    """What a claim lacks before it can be signed off, each in words."""

    def __init__(self, reasons: tuple[str, ...]):
        self.reasons = reasons
        super().__init__("; ".join(reasons))


@transaction.atomic
def sign_off(*, claim: Claim, seal: str, by: User) -> SignOff:
    """Sign a claim off for its alliance, as the person read it; signed twice, it is once.

    ``seal`` is that of what they read. Raises NotToBeSigned while something lacks, and where the
    claim or its evidence has changed meanwhile.
    """
    hold(claim.enquiry)
    now = stated(claim)
    if now.seal != seal:
        raise NotToBeSigned(("It has changed since you read it: read it again",))
    if now.lacks:
        raise NotToBeSigned(now.lacks)
    last = claim.sign_offs.first()
    if last and last.seal == seal:
        return last
    signed = SignOff.objects.create(claim=claim, seal=seal, signed_by=by)
    audit.record("signed off", signed, by=by)
    return signed
