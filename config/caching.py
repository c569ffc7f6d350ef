"""The shared cache, and what holds its counts while Redis does not answer."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# Seconds for which a Redis that failed is not asked again: a page asks the cache many times.
LEFT_ALONE = 5.0


class CacheThatOutlivesRedis(RedisCache):
    """Redis; while it is down, the table of the cache named ``without-redis``.

    The limits on signing in are counted here. So people still get in while Redis is down, and
    whoever guesses passwords is still stopped: every process counts in the same table.
    """

    down_until = 0.0

    def _either(self, method: str, *arguments: Any, **named: Any) -> Any:
        if time.monotonic() >= CacheThatOutlivesRedis.down_until:
            ask: Callable[..., Any] = getattr(super(), method)
            try:
                return ask(*arguments, **named)
            except RedisError as failure:
                log.warning("The cache is kept in the database for now: %s", failure)
                CacheThatOutlivesRedis.down_until = time.monotonic() + LEFT_ALONE
        return getattr(caches["without-redis"], method)(*arguments, **named)

    def add(self, *arguments: Any, **named: Any) -> Any:
        return self._either("add", *arguments, **named)

    def get(self, *arguments: Any, **named: Any) -> Any:
        return self._either("get", *arguments, **named)

    def set(self, *arguments: Any, **named: Any) -> Any:
        return self._either("set", *arguments, **named)

    def incr(self, *arguments: Any, **named: Any) -> Any:
        return self._either("incr", *arguments, **named)

    def touch(self, *arguments: Any, **named: Any) -> Any:
        return self._either("touch", *arguments, **named)

    def delete(self, *arguments: Any, **named: Any) -> Any:
        return self._either("delete", *arguments, **named)

    def has_key(self, *arguments: Any, **named: Any) -> Any:
        return self._either("has_key", *arguments, **named)

    def clear(self) -> Any:
        return self._either("clear")
