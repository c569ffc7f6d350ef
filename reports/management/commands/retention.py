from django.core.management.base import BaseCommand

from reports import actions


class Command(BaseCommand):
    help = "Say what has been kept for long enough; with --delete, do what the rules say."

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true")

    def handle(self, *, delete, **options):
        for found in actions.due():
            oldest = f", the oldest of {found.oldest:%d %B %Y}" if found.oldest else ""
            self.stdout.write(f"{found.rule.code}: {found.count}{oldest}")
        if not delete:
            self.stdout.write("Nothing is changed. --delete does it.")
            return
        for code, gone in actions.delete_due().items():
            self.stdout.write(f"{code}: {gone} gone")
