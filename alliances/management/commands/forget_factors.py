from django.core.management.base import BaseCommand, CommandError

from alliances.actions import forget_factors
from alliances.models import User


class Command(BaseCommand):
    help = "Take away the second step of somebody who has lost phone, keys and recovery codes."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError("Nobody has that address.")
        forget_factors(user=person, by=None)
        self.stdout.write(f"{person} signs in without a second step until they set up another.")
