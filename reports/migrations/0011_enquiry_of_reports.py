import django.db.models.deletion
from django.db import migrations, models

# The version before knows no enquiry of a report: it made those of an alliance of its first one.
# While both serve, the database says so of what it stores. The next release drops this again.
FIRST_ENQUIRY = """
CREATE FUNCTION reports_of_first_enquiry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.enquiry_id := (
        SELECT min(id) FROM enquiries_enquiry WHERE alliance_id = NEW.alliance_id
    );
    RETURN NEW;
END
$$;
CREATE TRIGGER of_first_enquiry BEFORE INSERT ON reports_report
    FOR EACH ROW WHEN (NEW.enquiry_id IS NULL AND NEW.alliance_id IS NOT NULL)
    EXECUTE FUNCTION reports_of_first_enquiry();
"""
FORGET = """
DROP TRIGGER of_first_enquiry ON reports_report;
DROP FUNCTION reports_of_first_enquiry;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('alliances', '0014_history'),
        ('enquiries', '0014_history'),
        ('reports', '0010_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='enquiry',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='enquiries.enquiry'),
        ),
        migrations.RunSQL(FIRST_ENQUIRY, FORGET),
    ]
