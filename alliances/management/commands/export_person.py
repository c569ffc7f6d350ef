from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alliances.actions import export_person
from alliances.models import User


class Command(BaseCommand):
    help = "Write everything that is held on somebody to a ZIP for them."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("file", type=Path)

    def handle(self, *, email, file, **options):
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError("Nobody has that address.")
        file.write_bytes(export_person(person=person, by=None))
        self.stdout.write(f"{file} is for {person} alone.")
