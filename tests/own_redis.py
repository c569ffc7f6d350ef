"""A plugin that comes before the settings: each process of the tests has a Redis of its own.

Without it one process would empty the cache, or the queue, of another. Each takes two databases,
its queue's and the next one for its cache.
"""

import os
from urllib.parse import urlsplit

if url := os.environ.get("REDIS_URL"):
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = urlsplit(url)._replace(path=f"/{2 * number}").geturl()
