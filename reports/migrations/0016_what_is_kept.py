from django.db import migrations, models

NOTHING = models.Value({}, models.JSONField())


class Migration(migrations.Migration):
    dependencies = [("reports", "0015_previews")]

    operations = [
        migrations.AddField("digest", "stood", models.JSONField(db_default=NOTHING)),
        migrations.AddField("digest", "lacks", models.JSONField(db_default=NOTHING)),
        migrations.AddField("digest", "weeks", models.JSONField(db_default=NOTHING)),
    ]
