from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("enquiries", "0011_logs_as_forms"),
        ("impact", "0003_ways_of_measuring"),
    ]

    operations = [migrations.RemoveField("claim", "submission")]
