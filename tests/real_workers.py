"""Workers as they are served: processes of their own on the database and queue of a test."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psutil
from django.conf import settings
from django.db import connection

PATIENCE = 60
COMMAND = "-m celery --quiet --app config worker --pool prefork --concurrency 1 --loglevel ERROR"


@contextmanager
def worker(**extra):
    """A worker of its own process group on the database and the queue of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DATABASE_URL": database._replace(path=f"/{name}").geturl(),
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        **extra,
    }
    started = subprocess.Popen(
        [sys.executable, *COMMAND.split()],
        env=environment,
        cwd=settings.BASE_DIR,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGTERM)
        started.wait(timeout=PATIENCE)


def wait_until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def kill_pool(started):
    """Kill the processes in which the worker does its work."""
    for process in psutil.Process(started.pid).children():
        process.kill()
