"""Tells the workers what there is to do, and for how long."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from kombu.exceptions import OperationalError

from alliances import references
from alliances.history import by_now

log = logging.getLogger(__name__)


# What may wait for everything else; Redis serves the smaller number first.
FIRST, LATER = 0, 9


def tell(task: str, *arguments, later: bool = False) -> None:
    """Queue a task; ``later`` if it may wait for those that somebody sits and waits for.

    A broker that is down is not an error here: a sweep finds the work later.
    """
    try:
        current_app.send_task(
            task,
            args=arguments,
            priority=LATER if later else FIRST,
            headers={"reference": references.current(), "asked_by": by_now()},
        )
    except OperationalError as refused:
        log.warning("%s %s waits for the broker: %s", task, arguments, refused)


class OutOfTime(BaseException):
    """What is being done takes too long; whoever catches every ``Exception`` does not catch it."""


@contextmanager
def within_time(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in what takes longer than that, and again each second until it ends.

    The limit of the queue is an ``Exception``, raised once: a typesetter that leaves out a picture
    that cannot be read swallows it, and leaves out a sound one. Only a main thread can be told.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _tell_of_time)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _tell_of_time(_number: int, _frame: object) -> None:
    raise OutOfTime
