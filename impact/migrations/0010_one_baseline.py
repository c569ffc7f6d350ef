from django.db import migrations, models
from django.db.models import Q

BASELINE = Q(moment="baseline", missing="", withdrawn="")
WHY = "Two people wrote down a baseline at the same moment; this is the later one."


def withdraw_later_ones(apps, _editor):
    """Of two baselines of a measure the first stays; nothing of the other is lost."""
    readings = apps.get_model("impact", "reading").objects.filter(BASELINE)
    seen = set()
    for reading in readings.order_by("position"):
        if reading.measure_id in seen:
            reading.withdrawn = WHY
            reading.save(update_fields=["withdrawn"])
        seen.add(reading.measure_id)


class Migration(migrations.Migration):
    dependencies = [("impact", "0009_measures_as_forms")]

    operations = [
        migrations.RunPython(withdraw_later_ones, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "reading",
            models.UniqueConstraint(
                condition=BASELINE, fields=("measure",), name="impact_reading_one_baseline"
            ),
        ),
    ]
