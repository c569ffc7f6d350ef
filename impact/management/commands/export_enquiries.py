import json
from pathlib import Path

from django.core.management.base import BaseCommand

from enquiries.models import Enquiry
from impact.exchange.exporting import enquiry_document


class Command(BaseCommand):
    help = "Write every enquiry that has been told, one JSON file each, ready to import again."

    def add_arguments(self, parser):
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *, out: Path, **options):
        out.mkdir(parents=True, exist_ok=True)
        told = Enquiry.objects.exclude(title="").select_related("alliance")
        for enquiry in told:
            text = json.dumps(enquiry_document(enquiry), indent=1, ensure_ascii=False)
            (out / f"{enquiry.alliance.key}-{enquiry.pk}.json").write_text(text + "\n", "utf-8")
        self.stdout.write(f"{len(told)} enquiries written to {out}.")
