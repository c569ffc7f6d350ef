from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "enquiries"

    def ready(self):
        from alliances.searching import sources
        from enquiries.searching import SOURCES
        from enquiries.sheets import (
            activities,
            c2l,
            cluster,
            fidelity,
            grids,
            logs,
            meetings,
            placings,
            questionnaires,
            register,
        )

        for forms in (
            *(c2l, grids, placings, questionnaires, activities),
            *(cluster, meetings, logs, fidelity),
        ):
            register(forms.SHEETS)
        sources.register(*SOURCES)
