"""Figures for Prometheus: what waits, how old it is, and how the site answers."""

import contextlib
import os
from collections.abc import Iterator

import redis
from django.db.models import Count, Min
from django.db.utils import Error
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from config.watch import health

# The queues of the broker, by what waits in them.
QUEUES = {"first": "celery", "later": "celery\x06\x169"}
# Where all processes of the web server keep their counts, as config/wsgi.py has it from the start.
TOGETHER = os.environ.get("PROMETHEUS_MULTIPROC_DIR")

_own = CollectorRegistry()
ANSWERS = Counter(
    "enquiry_answers", "Requests answered", ["view", "method", "status"], registry=_own
)
SECONDS = Histogram("enquiry_answer_seconds", "Time to answer", ["view"], registry=_own)


def count(view: str, method: str, status: int, seconds: float) -> None:
    """One answered request; ``view`` is its name, empty where no page has the address."""
    known = view or "none"
    ANSWERS.labels(known, method, status).inc()
    SECONDS.labels(known).observe(seconds)


def exposition() -> bytes:
    """All figures in the text format of Prometheus."""
    asked = CollectorRegistry()
    asked.register(Now())
    if TOGETHER:
        MultiProcessCollector(asked, TOGETHER)
        return generate_latest(asked)
    return generate_latest(asked) + generate_latest(_own)


class Now:
    """What is read when it is asked for; figures of a server that does not answer are left out."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _labelled("ready", "Checks passed", "check", health.readiness())
        silence = health.seconds_since_worker()
        if silence is not None:
            yield GaugeMetricFamily(
                "enquiry_worker_silent_seconds", "Since a worker was seen", silence
            )
        with contextlib.suppress(redis.RedisError):
            yield _labelled("queue_length", "Tasks that wait", "queue", _queues())
        with contextlib.suppress(Error):
            yield from _of_database()


def _labelled(name: str, told: str, label: str, values: dict) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"enquiry_{name}", told, labels=[label])
    for each, value in values.items():
        family.add_metric([each], value)
    return family


def _queues() -> dict[str, int]:
    return {name: health.broker().llen(key) for name, key in QUEUES.items()}


def _of_database() -> list[GaugeMetricFamily]:
    from alliances.models import Mail
    from impact.models import Upload
    from reports.models import Report

    return [
        _labelled("reports", "Reports by state", "state", _by(Report, "status", Report.Status)),
        _labelled("mails", "E-mails by state", "state", _by(Mail, "state", Mail.State)),
        _labelled("uploads", "Uploads by state", "state", _by(Upload, "status", Upload.Status)),
        GaugeMetricFamily(
            "enquiry_oldest_report_seconds",
            "Age of the report that waits longest",
            _age(Report.objects.unfinished().aggregate(at=Min("asked_at"))["at"]),
        ),
        GaugeMetricFamily(
            "enquiry_oldest_mail_seconds",
            "Age of the e-mail that waits longest",
            _age(Mail.objects.waiting().aggregate(at=Min("queued_at"))["at"]),
        ),
    ]


def _by(model, field: str, states) -> dict[str, int]:
    """How many rows there are in each state, those without any too."""
    rows = model.objects.order_by().values_list(field).annotate(Count("pk"))
    return dict.fromkeys(states.values, 0) | dict(rows)


def _age(moment) -> float:
    return (timezone.now() - moment).total_seconds() if moment else 0.0
