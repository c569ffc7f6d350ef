from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "enquiries"

    def ready(self):
        from enquiries.sheets import c2l, grids, register

        register([*c2l.SHEETS, *grids.SHEETS])
