"""A plugin that comes before the settings: each process of the tests has a Redis of its own.

Without it one process would empty the cache, and with it the queue, of another.
"""

import os
from urllib.parse import urlsplit

if url := os.environ.get("REDIS_URL"):
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = urlsplit(url)._replace(path=f"/{number}").geturl()
