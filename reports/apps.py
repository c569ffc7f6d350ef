from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from alliances.searching import sources
        from enquiries.sheets import register
        from reports.manuscript.forms import CASE_STUDY
        from reports.searching import SOURCES

        register([CASE_STUDY])
        sources.register(*SOURCES)
