from django.core.management.base import BaseCommand, CommandError

from alliances.actions import suspend
from alliances.models import User


class Command(BaseCommand):
    help = "Shut somebody out of every page from their next request on."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError("Nobody has that address.")
        suspend(user=person, by=None)
        self.stdout.write(f"{person} is suspended.")
