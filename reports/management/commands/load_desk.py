import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from alliances.models import Programme
from reports.demonstration import fill_the_desk

PLAN = Path(settings.BASE_DIR) / "demo" / "desk.toml"
EDITOR = "owen@example.org"


class Command(BaseCommand):
    help = "Lay two case studies on the desk of the demonstration, once; after load_demo."

    @transaction.atomic
    def handle(self, **options):
        plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
        fill_the_desk(Programme.objects.get(), plan["case_study"], EDITOR)
