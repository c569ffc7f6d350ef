from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alliances.actions.backups import write_backup


class Command(BaseCommand):
    help = "Write everything, uploaded files and reports included, to one new file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, **options):
        try:
            manifest = write_backup(options["file"])
        except OSError as problem:
            raise CommandError(str(problem)) from problem
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{options['file']}: {rows:,} rows of {len(manifest['tables'])} tables.")
