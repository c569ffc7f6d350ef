from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alliances.management.programmes import programme_meant
from impact.actions import import_enquiries
from impact.exchange.faults import Fault, Faulty, read
from impact.exchange.pupils import doubtful, pupil_numbers
from impact.exchange.schema import EnquiryDoc


class Command(BaseCommand):
    help = "Read alliances' enquiries from JSON files, all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("files", type=Path, nargs="+")
        parser.add_argument("--programme", help="title, where there are several")

    def handle(self, *, files: list[Path], programme: str | None, **options):
        into = programme_meant(programme)
        try:
            docs = self.read_all(files)
            done = import_enquiries(docs, programme=into, by=None, progress=self.tell)
        except Faulty as faulty:
            lines = [str(fault) for fault in faulty.faults]
            raise CommandError("\n".join([*lines, "Nothing was written."])) from None
        self.stdout.write(f"{done.made} enquiries made, {done.unchanged} known already.")

    def read_all(self, files: list[Path]) -> dict[str, EnquiryDoc]:
        docs, faults = {}, []
        for file in files:
            try:
                doc = docs[str(file)] = read(file.read_bytes(), EnquiryDoc)
            except OSError as error:
                faults.append(Fault(str(file), str(error.strerror)))
            except Faulty as faulty:
                faults += [Fault(f"{file} {f.path}", f.problem) for f in faulty.faults]
            else:
                faults += [Fault(f"{file} {f.path}", f.problem) for f in pupil_numbers(doc)]
                for doubt in doubtful(doc):
                    self.stderr.write(f"{file} {doubt}")
        if faults:
            raise Faulty(faults)
        return docs

    def tell(self, done: int, total: int, what: str):
        self.stderr.write(f"{done} of {total}: {what}")
