import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from alliances.models import Programme
from enquiries.demonstration import fill_forms, hold_meetings
from reports.demonstration import arrange_a_theme, fill_the_desk

DEMO = Path(settings.BASE_DIR) / "demo"
EDITOR = "owen@example.org"


class Command(BaseCommand):
    help = "Lay meetings, filled forms, case studies and a theme report on the desk; once."

    @transaction.atomic
    def handle(self, **options):
        plan, meetings = _plan("desk"), _plan("meetings")
        programme = Programme.objects.get()
        hold_meetings(programme, meetings["meetings"])
        fill_forms(programme, _plan("forms")["form"])
        fill_the_desk(programme, plan["case_study"], EDITOR)
        arrange_a_theme(programme, plan["edition"], EDITOR)


def _plan(name: str) -> dict:
    return tomllib.loads((DEMO / f"{name}.toml").read_text(encoding="utf-8"))
