"""The screens in README and docs: small, all shown, and taken by `./run pictures` alone."""

import io
import re

import pytest
from PIL import Image

from config.pictures import LARGEST, SHOWN, shrunk, steps
from config.sharing import BASE

TAKEN = {f"docs/{file}" for file in [*steps(), *(file for file, *_ in SHOWN)]}


def shown(page: str) -> set[str]:
    """The pictures of a page, from the top of the checkout."""
    folder = (BASE / page).parent
    names = re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", (BASE / page).read_text())
    return {(folder / name).relative_to(BASE).as_posix() for name in names}


def test_every_picture_that_is_taken_is_shown_and_no_other():
    pages = [path.relative_to(BASE).as_posix() for path in (BASE / "docs").rglob("*.md")]

    assert set().union(*map(shown, ["README.md", *pages])) == TAKEN


@pytest.mark.parametrize("path", sorted(TAKEN))
def test_picture_is_small(path):
    assert 0 < (BASE / path).stat().st_size <= LARGEST


def test_shrinking_keeps_the_size_and_draws_with_few_colours():
    full = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(full, "PNG")

    small = Image.open(io.BytesIO(shrunk(full.getvalue())))

    assert (small.size, small.mode) == ((256, 256), "P")
    assert len(small.getcolors()) <= 64
