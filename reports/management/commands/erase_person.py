from django.core.management.base import BaseCommand, CommandError

from alliances.actions import LastLead, NoReason
from alliances.models import User
from reports.actions import erase


class Command(BaseCommand):
    help = "Erase somebody; what they wrote stays under “Former member”."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--reason", required=True)

    def handle(self, *, email, reason, **options):
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError("Nobody has that address.")
        try:
            named_in = erase(person=person, reason=reason, by=None)
        except NoReason:
            raise CommandError("Give a reason.") from None
        except LastLead as alone:
            raise CommandError(f"Nobody else leads {alone}: hand it over first.") from None
        self.stdout.write("Erased.")
        for report in named_in:
            self.stdout.write(f"Still names them, to be withdrawn or made again: {report}")
