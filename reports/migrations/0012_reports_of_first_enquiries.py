from django.db import migrations, transaction
from django.db.models import OuterRef, Subquery

BATCH = 1000


def fill_in(apps, _editor):
    """Those of an alliance were made of the first of its enquiries, whichever others it had."""
    enquiries = apps.get_model("enquiries", "Enquiry").objects.order_by("pk")
    first = enquiries.filter(alliance=OuterRef("alliance")).values("pk")[:1]
    reports = apps.get_model("reports", "Report").objects
    left = reports.filter(enquiry=None, alliance__isnull=False).order_by("pk").values("pk")
    _delete_what_could_only_fail(left)
    while batch := list(left.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            reports.filter(pk__in=batch).update(enquiry=Subquery(first))


def _delete_what_could_only_fail(left):
    """An alliance without an enquiry could be asked about; there was nothing to tell of it."""
    hopeless = left.filter(alliance__enquiries=None)
    while batch := list(hopeless.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            left.model.objects.filter(pk__in=batch).delete()


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('reports', '0011_enquiry_of_reports'),
    ]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
