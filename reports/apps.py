from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from enquiries.sheets import register
        from reports.manuscript.forms import CASE_STUDY

        register([CASE_STUDY])
