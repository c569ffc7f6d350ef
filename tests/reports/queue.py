"""What waits in the workers' queue, read from Redis itself."""

import base64
import json

import redis
from django.conf import settings


def queued() -> list[int]:
    """The ids of the reports that the workers have been told to build, first told first."""
    return [_report_id(each) for each in _messages() if _task(each) == "reports.build"]


def tasks_told() -> list[str]:
    """The names of all tasks in the queue, first told first."""
    return [_task(each) for each in _messages()]


def waiting_for_all_else() -> list[str]:
    """The names of the tasks that workers take up once there is nothing else."""
    return [_task(each) for each in _messages("celery\x06\x169")]


def lose_all() -> None:
    """As when Redis starts anew: it keeps nothing."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()


def _messages(queue: str = "celery") -> list[dict]:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        return [json.loads(message) for message in reversed(client.lrange(queue, 0, -1))]


def _task(message: dict) -> str:
    return message["headers"]["task"]


def _report_id(message: dict) -> int:
    arguments, _, _ = json.loads(base64.b64decode(message["body"]))
    return arguments[0]
