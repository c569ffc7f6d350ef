"""Tells the workers what there is to do."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


# What may wait for everything else; Redis serves the smaller number first.
FIRST, LATER = 0, 9


def tell(task: str, *arguments, later: bool = False) -> None:
    """Queue a task; ``later`` if it may wait for those that somebody sits and waits for.

    A broker that is down is not an error here: a sweep finds the work later.
    """
    try:
        current_app.send_task(task, args=arguments, priority=LATER if later else FIRST)
    except OperationalError as refused:
        log.warning("%s %s waits for the broker: %s", task, arguments, refused)
