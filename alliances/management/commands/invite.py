from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from alliances.actions import invite
from alliances.models import Programme
from alliances.roles import RULES, Role, Scope

PROGRAMME_ROLES = [role for role, rule in RULES.items() if rule.scope is Scope.PROGRAMME]


class Command(BaseCommand):
    help = "Invite somebody to a role over a whole programme, and print the link."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument(
            "--role", choices=[role.value for role in PROGRAMME_ROLES], required=True
        )
        parser.add_argument("--site", required=True, help="the site's public address")
        parser.add_argument("--programme", help="title, where there are several")

    def handle(self, *, email, role, site, programme, **options):
        programmes = Programme.objects.filter(**({"title": programme} if programme else {}))
        if len(programmes) != 1:
            raise CommandError("Import a programme first, or name the one meant with --programme.")
        path = reverse("invitation", args=["TOKEN"]).replace("TOKEN", "{token}")
        link = site.rstrip("/") + path
        invitation = invite(email=email, role=Role(role), scope=programmes[0], by=None, link=link)
        self.stdout.write(link.format(token=invitation.token))
