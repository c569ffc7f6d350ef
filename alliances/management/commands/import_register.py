import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alliances.actions import take_register
from alliances.register.reading import Unreadable, entries, successors


class Command(BaseCommand):
    help = "Read the national register of schools from a file, all or nothing; tell what changed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a full download or an extract, CSV")
        parser.add_argument("--links", type=Path, help="who took whose place, CSV")

    def handle(self, *, file: Path, links: Path | None, **options):
        try:
            found = entries(file)
            followed = successors(links) if links else {}
            with file.open("rb") as content:
                file_hash = hashlib.file_digest(content, "sha256").digest()
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        except Unreadable as unreadable:
            raise CommandError(f"{unreadable}\nNothing was written.") from None
        reading = take_register(found, followed, file_name=file.name, file_hash=file_hash, by=None)
        self.stdout.write(
            f"{reading.total} schools: {reading.added} new here, {reading.changed} changed, "
            f"{reading.same} as they were; {reading.missing} known ones are not in the file."
        )
        for change in reading.changes.select_related("school"):
            ours = f" – ours: {change.school}" if change.school else ""
            told = " → ".join(filter(None, [change.before, change.after]))
            self.stdout.write(f"{change.urn} {change.get_kind_display()}: {told}{ours}")
        for line in reading.strange.splitlines():
            self.stdout.write(f"Letters of another alphabet in {line}")
