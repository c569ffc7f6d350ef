import contextlib
import logging.config
import os
import resource

from celery import Celery
from celery.signals import (
    heartbeat_sent,
    setup_logging,
    task_postrun,
    task_prerun,
    worker_process_init,
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _keep_our_logging(**_) -> None:
    """The lines of a worker are those of the web server."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@worker_process_init.connect
def _limit_memory(**_) -> None:
    """A report that needs more fails and says so; nobody else's process has to die for it."""
    from django.conf import settings

    if settings.WORKER_MEMORY:
        _, hardest = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (settings.WORKER_MEMORY, hardest))


@worker_process_init.connect
def _prime(**_) -> None:
    """Read the fonts and the style of documents before the first report waits for them."""
    from reports import rendering

    rendering.prime()


@heartbeat_sent.connect
def _tell_that_it_lives(**_) -> None:
    from config.watch import health

    health.tell_worker_lives()


@task_prerun.connect
def _begin(task, **_) -> None:
    """The task goes by the reference of the request that caused it, and for who sent that."""
    from alliances import history, references

    task.request.under = contextlib.ExitStack()
    given = getattr(task.request, "reference", None)
    asked_by = getattr(task.request, "asked_by", None)
    task.request.under.enter_context(references.doing(given or ""))
    task.request.under.enter_context(
        history.doing(by=lambda: asked_by, page=lambda: f"task {task.name}")
    )


@task_postrun.connect
def _end(task, **_) -> None:
    task.request.under.close()
