"""Tells the workers what there is to do."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def tell(task: str, *arguments) -> None:
    """Queue a task. A broker that is down is not an error here: a sweep finds the work later."""
    try:
        current_app.send_task(task, args=arguments)
    except OperationalError as refused:
        log.warning("%s %s waits for the broker: %s", task, arguments, refused)
