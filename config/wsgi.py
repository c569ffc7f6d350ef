import atexit
import gc
import os
import shutil
import tempfile

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _forget(directory: str, owner: int) -> None:
    """Once the server ends, and not when one of its processes does."""
    if os.getpid() == owner:
        shutil.rmtree(directory, ignore_errors=True)


# Before anything is counted: the processes of this server count together.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    counts = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="figures-")
    atexit.register(_forget, counts, os.getpid())

application = get_wsgi_application()

# What is loaded by now stays. To look through it for garbage took a tenth of a second of the
# request that was at hand; processes that are forked from this one share it too.
reverse("home")
gc.collect()
gc.freeze()
