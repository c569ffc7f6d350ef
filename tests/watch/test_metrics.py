"""Figures for Prometheus, for whoever has the token."""

import re

import pytest
from django.test import Client

from config.watch import health
from reports.actions import ask_for_case_study

TOKEN = "a-long-token"


@pytest.fixture
def read(settings, db):
    """The figures by name and labels."""
    settings.METRICS_TOKEN = TOKEN
    health.broker.cache_clear()

    def figures() -> dict[str, float]:
        response = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert response.status_code == 200
        lines = response.content.decode().splitlines()
        return {
            name: float(value)
            for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        }

    return figures


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}]
)
@pytest.mark.parametrize("token", ["", TOKEN])
def test_nobody_reads_them_without_the_token(settings, header, token):
    settings.METRICS_TOKEN = token

    response = Client().get("/metrics", headers=header)

    assert response.status_code == 404


def test_an_empty_token_opens_nothing(settings):
    settings.METRICS_TOKEN = ""

    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_waiting_reports_are_counted_in_queue_and_database(
    world, read, django_capture_on_commit_callbacks
):
    empty = read()
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))

    figures = read()

    assert empty['enquiry_reports{state="queued"}'] == 0
    assert figures['enquiry_reports{state="queued"}'] == 1
    assert figures['enquiry_queue_length{queue="first"}'] == 1
    assert 0 < figures["enquiry_oldest_report_seconds"] < 60


def test_answers_are_counted_by_the_name_of_the_page(read):
    name = 'enquiry_answers_total{method="GET",status="200",view="healthz"}'
    before = read().get(name, 0)

    Client().get("/healthz")

    assert read()[name] == before + 1


def test_no_address_and_no_person_is_a_label(read, as_person):
    as_person("leah").get("/my-week/")

    labels = {re.sub(r'="[^"]*"', "", name) for name in read() if "{" in name}
    assert {label for name in labels for label in re.findall(r"\w+", name.split("{")[1])} <= {
        "check", "queue", "state", "method", "status", "view", "le",
    }  # fmt: skip


def test_figures_of_a_broker_that_is_away_are_left_out(read, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    health.broker.cache_clear()
    health.checked.cache_clear()

    figures = read()

    assert figures['enquiry_ready{check="broker"}'] == 0
    assert [name for name in figures if "queue_length" in name or "silent" in name] == []


def test_addresses_without_a_page_are_counted_under_one_name(read):
    name = 'enquiry_answers_total{method="GET",status="404",view="none"}'
    before = read().get(name, 0)

    Client().get("/no-such-page/")
    Client().get("/nor-this/")

    assert read()[name] == before + 2
