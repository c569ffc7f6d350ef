from django.core.management.base import BaseCommand

from alliances.actions import lock_factors_again


class Command(BaseCommand):
    help = (
        "Lock the secrets of the second step with the first text of MFA_KEY, so that others can go."
    )

    def handle(self, **options):
        self.stdout.write(f"{lock_factors_again()} secrets are locked with the newest key.")
