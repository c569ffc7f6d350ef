from django.db import models

from alliances.privacy import Keep
from enquiries.models import Enquiry

# Of rows that the version before this keeps.
NOTHING = models.Value({}, models.JSONField())


class Digest(models.Model):
    """What pages count of one enquiry, kept so that they need not read all of it.

    It holds as long as ``as_of`` names the last change of its alliance's history, the threshold of
    its programme and the code that counted. ``counted`` is a ``reports.digests.Counted``,
    ``stood`` a ``reports.stood.Stood``, ``lacks`` a ``reports.lacking.Lacking``;
    ``weeks`` is told by ``reports.digests.year_of``.
    """

    within = "enquiry__alliance"
    without_history = "is counted from the records, and counted anew once they change"
    not_in_dumps = "is counted anew from the records"
    keeping = {Keep.ALLIANCE: "enquiry as_of counted stood lacks weeks"}

    enquiry = models.OneToOneField(Enquiry, models.CASCADE, related_name="digest")
    as_of = models.CharField(max_length=100)
    counted = models.JSONField()
    stood = models.JSONField(db_default=NOTHING)
    lacks = models.JSONField(db_default=NOTHING)
    weeks = models.JSONField(db_default=NOTHING)

    def __str__(self):
        return f"{self.enquiry_id}, {self.as_of}"
