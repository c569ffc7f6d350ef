import os
import tomllib
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from alliances.actions import also_known_as, assign, record_cluster, register_person
from alliances.models import Programme, User
from alliances.roles import Role
from impact.demonstration import keep_example_scores, state_claims

DEMO = Path(settings.BASE_DIR) / "demo"


class Command(BaseCommand):
    help = "Load the demonstration, once: a real programme, eight real projects, made-up people."

    def handle(self, **options):
        plan = tomllib.loads((DEMO / "people.toml").read_text(encoding="utf-8"))
        if not User.objects.filter(email=plan["people"][0]["email"]).exists():
            with transaction.atomic():
                self.load(plan)
        for person in plan["people"]:
            if not User.objects.filter(email=person["email"]).exists():
                self.register(Programme.objects.get(), person, plan["since"])
            place = person.get("alliance") or person.get("cluster") or "the whole programme"
            role = Role(person["role"]).label
            self.stdout.write(f"{role:<21} {person['name']:<13} {person['email']:<20} {place}")

    def load(self, plan: dict) -> None:
        call_command("import_register", DEMO / "register.csv", **self.progress())
        call_command("import_programme", DEMO / "programme.json", **self.progress())
        programme = Programme.objects.get()
        for key, names in plan["also_known_as"].items():
            for name in names:
                also_known_as(alliance=programme.alliances.get(key=key), name=name)
        files = sorted((DEMO / "enquiries").glob("*.json"))
        call_command("import_enquiries", *files, **self.progress())
        for cluster in plan["clusters"]:
            members = programme.alliances.filter(key__in=cluster["alliances"])
            record_cluster(programme=programme, name=cluster["name"], alliances=members, by=None)
        for person in plan["people"]:
            self.register(programme, person, plan["since"])
        impact = tomllib.loads((DEMO / "claims.toml").read_text(encoding="utf-8"))
        state_claims(programme, impact["claims"])
        keep_example_scores(programme, impact["example"], DEMO)

    def progress(self) -> dict:
        """Where the imports speak: standard output is for the people alone."""
        return {"stdout": self.stderr, "stderr": self.stderr}

    def register(self, programme: Programme, person: dict, since) -> None:
        user = register_person(
            email=person["email"],
            name=person["name"],
            password=os.environ.get("DEMO_PASSWORD"),
            by=None,
        )
        if key := person.get("alliance"):
            scope = programme.alliances.get(key=key)
        elif name := person.get("cluster"):
            scope = programme.clusters.get(name=name)
        else:
            scope = programme
        span = {"starts_on": since}
        if days := person.get("lent_for"):
            today = timezone.localdate()
            span = {"starts_on": today, "ends_on": today + timedelta(days=days)}
        assign(user=user, role=Role(person["role"]), scope=scope, by=None, **span)
