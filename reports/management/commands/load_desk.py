import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from alliances.models import Programme
from reports.demonstration import arrange_a_theme, fill_the_desk

PLAN = Path(settings.BASE_DIR) / "demo" / "desk.toml"
EDITOR = "owen@example.org"


class Command(BaseCommand):
    help = "Lay two case studies and a theme report on the desk, once; after load_demo."

    @transaction.atomic
    def handle(self, **options):
        plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
        programme = Programme.objects.get()
        fill_the_desk(programme, plan["case_study"], EDITOR)
        arrange_a_theme(programme, plan["edition"], EDITOR)
