from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0012_reports_of_first_enquiries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='report',
            name='reports_report_subject',
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='reports_report_asked_once',
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('cluster', None), ('enquiry', None), ('kind__in', ('overarching', 'national')), ('theme', None)), models.Q(('cluster', None), ('enquiry__isnull', False), ('kind__in', ('case-study', 'interim-report', 'final-report', 'poster', 'overview')), ('theme', None)), models.Q(('cluster__isnull', False), ('enquiry', None), ('kind__in', ('cluster-summary',)), ('theme', None)), models.Q(('cluster', None), ('enquiry', None), ('kind__in', ('theme',)), ('theme__isnull', False)), _connector='OR'), models.Q(models.Q(('alliance', None), ('enquiry', None)), models.Q(('alliance__isnull', False), ('enquiry__isnull', False)), _connector='OR')), name='reports_report_subject'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['queued', 'building'])), fields=('kind', 'programme', 'alliance', 'enquiry', 'cluster', 'theme', 'about', 'since', 'until', 'corrects', 'asked_by'), name='reports_report_asked_once', nulls_distinct=False),
        ),
    ]
