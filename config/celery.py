import os

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def _prime(**_) -> None:
    """Read the fonts and the style of documents before the first report waits for them."""
    from reports import rendering

    rendering.prime()
