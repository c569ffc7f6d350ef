from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    name = "alliances"

    def ready(self):
        from alliances.history import triggers
        from alliances.searching.places import alliances
        from alliances.searching.sources import register

        triggers.attach()
        register(alliances)
