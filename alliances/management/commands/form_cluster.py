from django.core.management.base import BaseCommand, CommandError

from alliances.actions import record_cluster
from alliances.management.programmes import programme_meant


class Command(BaseCommand):
    help = "Put alliances, by their keys, into a cluster, which is made if need be."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("keys", nargs="+", metavar="alliance-key")
        parser.add_argument("--programme", help="title, where there are several")

    def handle(self, *, name, keys, programme, **options):
        into = programme_meant(programme)
        alliances = into.alliances.filter(key__in=keys)
        if unknown := set(keys) - {alliance.key for alliance in alliances}:
            raise CommandError(f"No alliance has the key {', '.join(sorted(unknown))}.")
        record_cluster(programme=into, name=name, alliances=alliances, by=None)
        self.stdout.write(f"{name}: {', '.join(alliance.name for alliance in alliances)}")
