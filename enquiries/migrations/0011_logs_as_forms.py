import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

LOGS = ["trial", "leadershipentry", "challenge", "dissemination", "nextstep", "quotation", "helprequest"]
NUMBERED = ["trial", "helprequest"]
PLAIN = ["duty", "grant", "lesson"]


def to_user(**more):
    return models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, **more)


def as_forms(apps, _editor):
    """The key a row was sent under becomes that of its form; who logged it saved it last."""
    for name in LOGS:
        rows = apps.get_model("enquiries", name).objects
        rows.filter(submission__isnull=False).update(key=models.F("submission"))
        rows.update(saved_at=models.F("logged_at"), saved_by=models.F("logged_by"))


def in_order(apps, _editor):
    """Numbers for the rows that had none, in the order in which they were logged."""
    for name in NUMBERED:
        count = {}
        for row in apps.get_model("enquiries", name).objects.order_by("logged_at", "pk"):
            if name == "trial":
                row.enquiry_id = row.cycle.enquiry_id
            row.position = count[row.enquiry_id] = count.get(row.enquiry_id, 0) + 1
            row.save()


def place(related):
    return models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="%(class)s_set", to=related)


LINES = django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, null=True, size=2)
KEY = models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), unique=True)
SETTLE = migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop)


class Migration(migrations.Migration):

    dependencies = [
        ("enquiries", "0010_meetings_and_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions("trial", {"ordering": ["held_on", "pk"], "default_related_name": "trials"}),
        migrations.AlterField("trial", "cycle", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="enquiries.cycle")),
        migrations.AddField("trial", "enquiry", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="enquiries.enquiry")),
        migrations.AlterField("trial", "logged_by", to_user()),
        migrations.RenameField("helprequest", "asked_at", "logged_at"),
        migrations.RenameField("helprequest", "asked_by", "logged_by"),
        migrations.AlterModelOptions("helprequest", {"ordering": ["-logged_at"], "default_related_name": "help_requests"}),
        migrations.AlterField("helprequest", "enquiry", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="enquiries.enquiry")),
        migrations.AlterField("helprequest", "logged_by", to_user()),
        *(migrations.AddField(name, "source_lines", LINES) for name in NUMBERED),
        *(migrations.AddField(name, "position", models.PositiveSmallIntegerField(null=True)) for name in NUMBERED),
        *(migrations.AddField(name, "key", KEY) for name in LOGS),
        *(migrations.AddField(name, "participation", place("enquiries.participation")) for name in LOGS),
        *(migrations.AddField(name, "cycle", place("enquiries.cycle")) for name in LOGS if name != "trial"),
        *(migrations.AddField(name, "held_on", models.DateField(blank=True, null=True)) for name in LOGS if name != "trial"),
        *(migrations.AddField(name, "saved_at", models.DateTimeField(default=django.utils.timezone.now)) for name in LOGS),
        *(migrations.AddField(name, "saved_by", to_user(related_name="%(class)s_set")) for name in LOGS),
        SETTLE,
        migrations.RunPython(as_forms, migrations.RunPython.noop),
        migrations.RunPython(in_order, migrations.RunPython.noop),
        SETTLE,
        migrations.AlterField("trial", "enquiry", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="enquiries.enquiry")),
        *(migrations.AlterField(name, "position", models.PositiveSmallIntegerField()) for name in NUMBERED),
        *(migrations.AddConstraint(name, models.UniqueConstraint(fields=("enquiry", "position"), name=f"enquiries_{name}_position")) for name in NUMBERED),
        *(migrations.AlterField(name, "key", models.UUIDField(default=uuid.uuid4, unique=True)) for name in LOGS),
        *(migrations.RemoveField(name, "submission") for name in [*LOGS, *PLAIN]),
        migrations.AddField("trial", "feedback", models.CharField(blank=True, max_length=30)),
        migrations.AddField("leadershipentry", "behaviours", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None)),
        migrations.AlterField("leadershipentry", "behaviour", models.CharField(blank=True, max_length=400)),
        *(migrations.AddField("leadershipentry", name, models.TextField(blank=True)) for name in ("evidence", "problems", "decisions", "differed")),
        migrations.AddField("challenge", "kind", models.CharField(blank=True, max_length=30)),
        migrations.AddField("challenge", "owner", models.CharField(blank=True, max_length=200)),
        migrations.AddField("challenge", "helped", models.CharField(blank=True, choices=[("yes", "Yes"), ("partly", "In part"), ("no", "No"), ("unknown", "Too early to say")], max_length=10)),
        migrations.AddField("dissemination", "audience", models.CharField(blank=True, max_length=200)),
        migrations.AddField("dissemination", "channel", models.CharField(blank=True, max_length=10)),
        migrations.AddField("dissemination", "purpose", models.CharField(blank=True, choices=[("awareness", "Raise awareness"), ("interest", "Raise interest"), ("engagement", "Engage others in learning"), ("replication", "Have it taken up elsewhere")], max_length=12)),
        migrations.AddField("dissemination", "take_up", models.TextField(blank=True)),
        migrations.AddField("dissemination", "adopted_by", models.CharField(blank=True, max_length=300)),
    ]
