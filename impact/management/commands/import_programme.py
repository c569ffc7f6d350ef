from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from impact.actions import import_programme
from impact.exchange.faults import Faulty, read
from impact.exchange.pupils import doubtful, pupil_numbers
from impact.exchange.schema import ProgrammeDoc


class Command(BaseCommand):
    help = "Read a national programme and its alliances from JSON, all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        try:
            doc = read(file.read_bytes(), ProgrammeDoc)
            if numbers := pupil_numbers(doc):
                raise Faulty(numbers)
            done = import_programme(doc, by=None, progress=self.tell)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except Faulty as faulty:
            lines = [f"{file} {fault}" for fault in faulty.faults]
            raise CommandError("\n".join([*lines, "Nothing was written."])) from None
        for doubt in doubtful(doc):
            self.stderr.write(f"{file} {doubt}")
        self.stdout.write(f"{done.made} alliances made, {done.unchanged} known already.")

    def tell(self, done: int, total: int, what: str):
        if done % 20 == 0 or done == total:
            self.stderr.write(f"{done} of {total}: {what}")
