import pytest

from tests.access import cast


@pytest.fixture
def gathered(world):
    """The world with everybody who tries every page."""
    cast.gather(world)
    return world
