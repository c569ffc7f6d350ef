from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "enquiries"

    def ready(self):
        from enquiries.sheets import activities, c2l, cluster, grids, questionnaires, register

        for forms in (c2l, grids, questionnaires, activities, cluster):
            register(forms.SHEETS)
