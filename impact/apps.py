from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "impact"

    def ready(self):
        from enquiries.sheets import register
        from impact.claims.forms import CLAIM
        from impact.sheets import SHEETS

        register([*SHEETS, CLAIM])
