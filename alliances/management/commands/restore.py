from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alliances.actions.backups import NotEmpty, OtherVersion, Spoilt, restore_backup


class Command(BaseCommand):
    help = "Make the database what a backup holds; everything or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true", help="what is there now may go")

    def handle(self, **options):
        try:
            manifest = restore_backup(options["file"], over=options["over"])
        except OSError as problem:
            raise CommandError(str(problem)) from problem
        except NotEmpty as problem:
            told = "The database is not empty. With --over all that is in it is replaced."
            raise CommandError(told) from problem
        except OtherVersion as problem:
            told = "Another version wrote this backup. Restore it with that one, then migrate."
            raise CommandError(told) from problem
        except Spoilt as problem:
            raise CommandError("The file is no whole backup; nothing was changed.") from problem
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"Restored {rows:,} rows, as of {manifest['taken_at']}.")
