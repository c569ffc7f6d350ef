"""The schedule of what recurs, which survives a clock that is set back."""

import time

from celery.beat import PersistentScheduler


class Schedule(PersistentScheduler):
    """Waits for no time that has been before.

    Where the clock is set back, what ran last seems to run in the future: without this nothing
    would run until the clock gets there again.
    """

    _latest = float("inf")

    def tick(self, *arguments, **options):
        """Do what is due; the seconds until the next is."""
        now = time.time()
        if now < self._latest:
            self._begin_again()
        self._latest = now
        return super().tick(*arguments, **options)

    def _begin_again(self) -> None:
        for entry in self.schedule.values():
            entry.last_run_at = min(entry.last_run_at, entry.default_now())
        self._heap = None
