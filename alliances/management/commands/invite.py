from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from alliances import links
from alliances.actions import invite
from alliances.management.programmes import programme_meant
from alliances.models import Cluster, Programme
from alliances.roles import RULES, Role, Scope

ROLES = [
    role
    for role, rule in RULES.items()
    if rule.scope in (Scope.PROGRAMME, Scope.CLUSTER) and not rule.is_lent
]


class Command(BaseCommand):
    help = "Invite somebody to a role over a programme or a cluster, and print the link."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--role", choices=[role.value for role in ROLES], required=True)
        parser.add_argument("--programme", help="title, where there are several")
        parser.add_argument("--cluster", help="name, for a facilitator")

    def handle(self, *, email, role, programme, cluster, **options):
        scope = programme_meant(programme)
        if RULES[Role(role)].scope is Scope.CLUSTER:
            scope = self.cluster(scope, cluster)
        invitation = invite(email=email, role=Role(role), scope=scope, by=None)
        self.stdout.write(links.full(reverse("invitation", args=[invitation.token])))

    def cluster(self, programme: Programme, name: str | None) -> Cluster:
        found = programme.clusters.filter(name=name).first()
        if found is None:
            known = ", ".join(cluster.name for cluster in programme.clusters.all()) or "none yet"
            raise CommandError(f"Name a cluster with --cluster. Known: {known}.")
        return found
