import os

import pytest
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

from config import machine
from tests.journeys.visitor import Visitor

# What Chromium does for itself beside showing pages.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
]


@pytest.fixture(scope="session")
def browser():
    """The machine's own Chromium. Playwright's loop runs in the thread of the tests."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=machine.browser(), args=[*QUIET, *sandbox]
        )
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def address(django_db_setup):
    """Where the site answers: its own middleware serves the static files, as in production."""
    server = LiveServerThread("localhost", static_handler=lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def visit(browser, address, transactional_db, world, request):
    """Somebody opens a browser: ``visit()``; every page they come to is looked at."""
    opened = []

    def open_browser(**options) -> Visitor:
        opened.append(Visitor(browser, address, request.node.name, **options))
        return opened[-1]

    yield open_browser
    for visitor in opened:
        visitor.leave()


@pytest.fixture
def sign_in(visit):
    """A browser in which somebody of the cast has signed in: ``sign_in("leah")``."""

    def with_password(name: str, **options) -> Visitor:
        visitor = visit(**options)
        visitor.sign_in(name)
        return visitor

    return with_password


@pytest.fixture
def begin_work(request):
    """The worker comes when it is told: until then whatever is asked for waits."""
    return lambda: request.getfixturevalue("worker")
