import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

FORMS = ["measure", "reading"]
KEY = models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), unique=True)
SETTLE = migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop)


def place(related):
    return models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="%(class)s_set", to=related)


def to_user(**more):
    return models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, **more)


def of_enquiry(**more):
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="enquiries.enquiry", **more)


def as_forms(apps, _editor):
    """The key a row was sent under becomes that of its form; who logged it saved it last."""
    for name in FORMS:
        rows = apps.get_model("impact", name).objects
        rows.filter(submission__isnull=False).update(key=F("submission"))
        rows.update(saved_at=F("logged_at"), saved_by=F("logged_by"))


def in_order(apps, _editor):
    """Readings are numbered within their enquiry, as they were within their measure."""
    count = {}
    readings = apps.get_model("impact", "reading").objects
    for row in readings.select_related("measure").order_by("measure__position", "position"):
        row.enquiry_id = row.measure.enquiry_id
        row.position = count[row.enquiry_id] = count.get(row.enquiry_id, 0) + 1
        row.save()


def as_groups(apps, _editor):
    """Each name of a group becomes a row of its enquiry."""
    group_of = apps.get_model("impact", "group").objects
    for measure in apps.get_model("impact", "measure").objects.exclude(group_name="").order_by("position"):
        last = group_of.filter(enquiry=measure.enquiry).count()
        measure.group, _ = group_of.get_or_create(enquiry=measure.enquiry, name=measure.group_name, defaults={"position": last + 1})
        measure.save()


class Migration(migrations.Migration):

    dependencies = [
        ("enquiries", "0012_withdrawing"),
        ("impact", "0008_matched_scores"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("source_lines", django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, null=True, size=2)),
                ("logged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("held_on", models.DateField(blank=True, null=True)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn", models.TextField(blank=True)),
                ("name", models.CharField(max_length=100)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("cycle", place("enquiries.cycle")),
                ("enquiry", of_enquiry()),
                ("logged_by", to_user()),
                ("part_of", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="parts", to="impact.group")),
                ("participation", place("enquiries.participation")),
                ("saved_by", to_user(related_name="%(class)s_set")),
            ],
            options={"ordering": ["position"], "abstract": False, "default_related_name": "groups"},
        ),
        migrations.AddConstraint("group", models.UniqueConstraint(fields=("enquiry", "position"), name="impact_group_position")),
        migrations.AddConstraint("group", models.UniqueConstraint(condition=Q(("withdrawn", "")), fields=("enquiry", "name"), name="impact_group_once")),
        migrations.AddConstraint("group", models.CheckConstraint(condition=~Q(part_of=F("pk")), name="impact_group_not_in_itself")),
        *(migrations.AddField(name, "key", KEY) for name in FORMS),
        *(migrations.AddField(name, "participation", place("enquiries.participation")) for name in FORMS),
        *(migrations.AddField(name, "cycle", place("enquiries.cycle")) for name in FORMS),
        migrations.AddField("measure", "held_on", models.DateField(blank=True, null=True)),
        *(migrations.AddField(name, "saved_at", models.DateTimeField(default=django.utils.timezone.now)) for name in FORMS),
        *(migrations.AddField(name, "saved_by", to_user(related_name="%(class)s_set")) for name in FORMS),
        *(migrations.AddField(name, "withdrawn", models.TextField(blank=True)) for name in FORMS),
        *(migrations.AddField(name, "because", models.TextField(blank=True)) for name in FORMS),
        migrations.AddField("measure", "criterion", models.TextField(blank=True)),
        migrations.AddField("measure", "target", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
        migrations.AddField("measure", "target_on", models.DateField(blank=True, null=True)),
        migrations.RemoveConstraint("measure", "impact_measure_once"),
        migrations.RenameField("measure", "group", "group_name"),
        migrations.AddField("measure", "group", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, to="impact.group")),
        migrations.RenameField("reading", "on", "held_on"),
        migrations.AddField("reading", "is_weak", models.BooleanField(default=False)),
        migrations.AddField("reading", "source_lines", django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, null=True, size=2)),
        migrations.AddField("reading", "enquiry", of_enquiry(null=True)),
        migrations.RemoveConstraint("reading", "impact_reading_position"),
        migrations.AlterField("reading", "logged_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AlterField("reading", "logged_by", to_user()),
        migrations.AlterField("reading", "measure", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impact.measure")),
        migrations.AlterField("reading", "missing", models.CharField(blank=True, choices=[("x", "Not collected"), ("z", "Not applicable"), ("c", "Withheld where it was collected")], max_length=1)),
        SETTLE,
        migrations.RunPython(as_forms, migrations.RunPython.noop),
        migrations.RunPython(in_order, migrations.RunPython.noop),
        migrations.RunPython(as_groups, migrations.RunPython.noop),
        SETTLE,
        migrations.RemoveField("measure", "group_name"),
        *(migrations.RemoveField(name, "submission") for name in FORMS),
        *(migrations.AlterField(name, "key", models.UUIDField(default=uuid.uuid4, unique=True)) for name in FORMS),
        migrations.AlterField("reading", "enquiry", of_enquiry()),
        migrations.AlterField("reading", "position", models.PositiveIntegerField()),
        migrations.AlterModelOptions("reading", {"ordering": ["position"], "default_related_name": "readings"}),
        migrations.AddConstraint("reading", models.UniqueConstraint(fields=("enquiry", "position"), name="impact_reading_position")),
        migrations.AddConstraint("reading", models.CheckConstraint(condition=Q(("missing", ""), ("is_weak", False), _connector="OR"), name="impact_reading_weak_value")),
        migrations.AddConstraint("measure", models.UniqueConstraint(condition=Q(("withdrawn", "")), fields=("enquiry", "name", "population", "group", "distribution"), name="impact_measure_once", nulls_distinct=False)),
        migrations.RemoveConstraint("category", "impact_category_once"),
        migrations.AddConstraint("category", models.UniqueConstraint(deferrable=models.Deferrable["DEFERRED"], fields=("measure", "name"), name="impact_category_once")),
    ]
