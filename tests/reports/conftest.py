import sys
from contextlib import contextmanager
from itertools import count

import cffi
import pytest

from alliances.actions import erasing
from alliances.history import doing
from alliances.models import AuditRecord, Change
from reports import rendering


@pytest.fixture
def no_pango(monkeypatch):
    """A machine on which the dynamic loader finds none of the typesetting libraries."""
    kept = [name for name in sys.modules if name.split(".")[0] == "weasyprint"]
    for name in [*kept, "reports.rendering.printer"]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.delattr(rendering, "printer", raising=False)

    def dlopen(_ffi, name, *_flags):
        raise OSError(f"cannot load library '{name}'")

    monkeypatch.setattr(cffi.FFI, "dlopen", dlopen)


@pytest.fixture
def at_work(world):
    """Somebody of the cast on a page; a test is one transaction, so each is told apart after it."""
    AuditRecord.objects.update(transaction="")  # the world may have been made in this one
    numbers = count(1)

    @contextmanager
    def work(name: str, page: str = "POST sheet 7"):
        person = world.person(name).pk
        with doing(by=lambda: person, page=lambda: page):
            yield
        own = f"transaction {next(numbers)}"
        with erasing():
            for model in (Change, AuditRecord):
                model.objects.filter(transaction__contains=".").update(transaction=own)

    return work
