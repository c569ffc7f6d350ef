from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alliances.actions.backups import write_backup


class Command(BaseCommand):
    help = "Write a dump for development, with made-up words for what is personal; see restore."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            manifest = write_backup(file, scrubbed=True)
        except FileExistsError as there:
            raise CommandError(str(there)) from None
        self.stdout.write(f"{len(manifest['tables'])} tables in {file}.")
