"""What waits in the workers' queue, read from Redis itself."""

import base64
import json

import redis
from django.conf import settings


def queued() -> list[int]:
    """The ids of the reports that the workers have been told to build, first told first."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        messages = client.lrange("celery", 0, -1)
    return [_report_id(message) for message in reversed(messages)]


def _report_id(message: bytes) -> int:
    arguments, _, _ = json.loads(base64.b64decode(json.loads(message)["body"]))
    return arguments[0]
