import resource
import time
import tomllib
from datetime import timedelta
from pathlib import Path
from random import Random

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alliances.models import Alliance, Programme, RegisteredSchool, User
from impact.exchange.faults import read
from impact.exchange.schema import EnquiryDoc, ProgrammeDoc
from reports.actions import keep_counts
from reports.simulation.country import KEY, Known, Site, TooMany, draw
from reports.simulation.making import Making
from reports.simulation.publishing import publish

DEMO = Path(settings.BASE_DIR) / "demo"
OURS = ("alliances", "enquiries", "impact", "reports")
MEGABYTE = 1024


class Command(BaseCommand):
    help = (
        "Let the demonstration grow to a whole country, in an empty database or in its own; once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--alliances", type=int, default=600)
        parser.add_argument("--schools", type=int, default=20_000)
        parser.add_argument("--years", type=int, default=3)
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *, alliances: int, schools: int, years: int, seed: int, **options):
        self.began = time.monotonic()
        people = tomllib.loads((DEMO / "people.toml").read_text(encoding="utf-8"))["people"]
        refuse_others([person["email"] for person in people])
        chance = Random(seed)  # noqa: S311 - the same country for the same seed
        for name in ("load_demo", "load_desk"):
            call_command(name, stdout=self.stderr, stderr=self.stderr)
        programme = Programme.objects.get()
        projects = [
            read(file.read_bytes(), EnquiryDoc)
            for file in sorted((DEMO / "enquiries").glob("*.json"))
        ]
        try:
            country = draw(
                read((DEMO / "programme.json").read_bytes(), ProgrammeDoc),
                projects,
                known_alliances(programme),
                register(),
                alliances=alliances,
                schools=schools,
                years=years,
                chance=chance,
            )
        except TooMany:
            raise CommandError(
                "The register has too few open schools for that, or each alliance would "
                "have too few for an enquiry."
            ) from None
        today = timezone.localdate()
        Making(
            programme=programme,
            names=[person["name"] for person in people],
            began=today - timedelta(days=365 * years),
            today=today,
            chance=chance,
            tell=self.tell,
        ).make(country)
        self.tell("Case studies")
        publish(country, programme, people)
        self.tell("Counts")
        keep_counts()
        self.tell_size()

    def tell(self, what: str) -> None:
        self.stderr.write(f"{time.monotonic() - self.began:6.0f} s  {what}")

    def tell_size(self) -> None:
        """How many rows each table has by now, the time taken, the most memory."""
        for model in (model for app in OURS for model in apps.get_app_config(app).get_models()):
            if rows := model._base_manager.count():
                self.stdout.write(f"{rows:>9,}  {model._meta.label}")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
        self.stdout.write(f"{time.monotonic() - self.began:.0f} seconds, {most:.0f} MB at most")


def refuse_others(demonstration: list[str]) -> None:
    """Only an empty database, or one that holds the demonstration and nobody else, may grow."""
    if others := User.objects.exclude(email__in=demonstration).count():
        raise CommandError(f"{others} people are here who are not of the demonstration.")
    if Programme.objects.exclude(title=demonstrated()).exists():
        raise CommandError("A programme is here that is not the demonstration's.")
    if Alliance.objects.filter(key__startswith=KEY).exists():
        raise CommandError("A country has been made here already.")


def demonstrated() -> str:
    doc = read((DEMO / "programme.json").read_bytes(), ProgrammeDoc)
    return doc.programme.title.value


def known_alliances(programme: Programme) -> list[Known]:
    """Those that the demonstration has, by the order in which it lists them."""
    rows = programme.alliances.order_by("pk").values_list(
        "key", "name", "enquiries__title", "cluster"
    )
    return [Known(key, name, bool(title), bool(cluster)) for key, name, title, cluster in rows]


def register() -> list[Site]:
    """Open schools that no alliance has, those of one postcode together."""
    free = RegisteredSchool.objects.filter(is_open=True).order_by("postcode", "urn")
    return [Site(*row) for row in free.values_list("urn", "name", "town", "phase")]
