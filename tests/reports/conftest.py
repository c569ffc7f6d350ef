import sys

import cffi
import pytest

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
