"""What editors read before they issue it: a worker makes it, and only they see it."""

import gc
import re
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from alliances.actions import DISPATCH_AGAIN_AFTER, assign
from enquiries.actions import save_sheet
from enquiries.models import Quotation
from reports.actions import (
    MOST_ATTEMPTS,
    ask_for_preview,
    begin_edition,
    make_preview,
    sweep_previews,
)
from reports.builders import build_edition
from reports.ledgers import ledger_after
from reports.models import Edition, IssuedFigure, Leaf, Preview
from reports.queries import evidence_open_to
from reports.rendering import body_html, leaves
from tests.pages import queries_of, text
from tests.reports.queue import tasks_told
from tests.world import SINCE, log


@pytest.fixture
def edition(world) -> Edition:
    return begin_edition(programme=world.programme, theme=None, by=world.person("owen"))


@pytest.fixture
def asked(world, edition) -> Preview:
    return ask_for_preview(edition=edition, by=world.person("owen"))


@pytest.fixture
def ready(asked) -> Preview:
    make_preview(asked.pk)
    return Preview.objects.get()


def address(edition: Edition) -> str:
    return reverse("edition-preview", args=[edition.pk])


def state(preview: Preview) -> tuple[str, int, str]:
    preview.refresh_from_db()
    return preview.status, preview.progress, preview.problem


def test_button_asks_for_it_and_leads_to_how_far_it_is(edition, as_person):
    owen = as_person("owen")

    answer = owen.post(address(edition))
    page = owen.get(answer.url)

    assert answer.url == address(edition)
    assert page.context["preview"].status == "queued"
    assert page.context.get("page") is None


def test_worker_makes_what_would_be_issued(world, edition, ready, as_person):
    page = as_person("owen").get(address(edition))

    ledger = ledger_after(world.programme, IssuedFigure.objects.all())
    told = asdict(build_edition(edition, ledger=ledger))
    evidence = evidence_open_to(world.person("owen"), told)
    made = "".join(re.sub(r"\?page=\d+", "", leaf.html) for leaf in ready.leaves.all())
    assert state(ready) == ("ready", 100, "")
    assert made.split() == body_html("overarching", told, evidence).split()
    assert list(page.context["page"]) == [ready.leaves.first()]


@pytest.mark.usefixtures("ready")
def test_nobody_reads_what_another_asked_for(world, edition, as_person):
    sam = world.person("sam")
    assign(user=sam, role="national-team", scope=world.programme, by=None, starts_on=SINCE)

    page = as_person("sam").get(address(edition))

    assert page.context["preview"] is None


def test_asked_twice_it_is_made_once(world, edition, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        again = ask_for_preview(edition=edition, by=world.person("owen"))

    assert again == asked
    assert tasks_told() == []


def test_asked_anew_it_tells_what_is_written_by_now(world, edition, ready):
    edition.passages.filter(position=1).update(words="Written since.")

    ask_for_preview(edition=edition, by=world.person("owen"))
    waiting = state(ready)
    make_preview(ready.pk)

    assert waiting == ("queued", 0, "")
    assert state(ready) == ("ready", 100, "")
    assert Leaf.objects.filter(html__contains="Written since.").count() == 1


def test_asked_for_while_it_is_made_it_is_made_again(world, edition, asked):
    owen, begun = world.person("owen"), []

    def write_meanwhile(execute, sql, *rest):
        if not begun and "reports_issuedfigure" in sql:
            begun.append(Preview.objects.get().status)
            edition.passages.filter(position=1).update(words="Written since.")
            ask_for_preview(edition=edition, by=owen)
        return execute(sql, *rest)

    with connection.execute_wrapper(write_meanwhile):
        make_preview(asked.pk)

    assert begun == ["building"]
    assert (state(asked), asked.attempt) == (("ready", 100, ""), 1)
    assert Leaf.objects.filter(html__contains="Written since.").count() == 1


def test_quotation_taken_back_closes_what_was_put_together(world, edition, ready, as_person):
    said = log(
        Quotation,
        enquiry=world.enquiry,
        by=world.person("leah"),
        text="Pupils argued.",
        attribution="Year 5 teacher",
        consent="given",
    )
    make_again(edition, world.person("owen"))
    owen = as_person("owen")
    before = owen.get(address(edition)).context.get("page")

    place = {"enquiry": world.enquiry, "key": said.key}
    taken = {"seen": {"withdrawn": ""}, "wanted": {"withdrawn": "They asked us to."}}
    save_sheet(Quotation, place=place, **taken, by=world.person("leah"))

    page = owen.get(address(edition))
    assert before is not None
    assert page.context.get("page") is None
    assert "A quotation has been changed or taken back since." in text(page)


def make_again(edition: Edition, by) -> None:
    make_preview(ask_for_preview(edition=edition, by=by).pk)


def test_made_already_it_is_not_made_again(ready):
    kept = list(Leaf.objects.values_list("pk", flat=True))

    make_preview(ready.pk)

    assert list(Leaf.objects.values_list("pk", flat=True)) == kept


def test_work_that_stops_again_and_again_is_given_up(asked):
    Preview.objects.update(attempt=MOST_ATTEMPTS)

    make_preview(asked.pk)

    assert state(asked) == ("failed", 0, "The work stopped 3 times before it was done.")


@pytest.fixture
def no_collector():
    """Whatever is raised while the collector calls back is lost, as a tool of the tests does."""
    gc.disable()
    yield
    gc.enable()


def test_what_takes_too_long_says_so(asked, settings, no_collector):
    settings.CELERY_TASK_SOFT_TIME_LIMIT = 0.05

    make_preview(asked.pk)

    assert state(asked) == ("failed", 10, "It was not done after 0.05 seconds.")


@pytest.mark.parametrize(("more", "told"), [(1, 1), (-1, 0)])
def test_lost_one_is_asked_for_again(more, told, asked):
    silent = DISPATCH_AGAIN_AFTER + timedelta(seconds=more)
    Preview.objects.update(beat_at=timezone.now() - silent)

    assert sweep_previews() == told


def test_links_lead_to_the_leaf_of_what_they_name(edition):
    told = asdict(build_edition(edition))

    found = leaves("overarching", told, largest=1)

    named = [re.findall(r'\bid="([^"]+)"', html) for html in found]
    at = {name: n for n, names in enumerate(named, 1) for name in names}
    led = [
        (n, int(page or n), name)
        for n, html in enumerate(found, 1)
        for page, name in re.findall(r'<a [^>]*href="(?:\?page=(\d+))?#([^"]+)"', html)
    ]
    assert len(found) > 3
    assert len(led) > 3
    assert [page for _, page, _ in led] == [at[name] for *_, name in led]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_preview(number, edition, ready, as_person):
    Leaf.objects.all().delete()
    for n in range(1, number + 1):
        Leaf.objects.create(preview=ready, number=n, html=f"<p>{n}</p>")

    assert queries_of(as_person("owen"), address(edition)) == 9
