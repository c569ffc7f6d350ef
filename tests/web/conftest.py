from tests.access.conftest import gathered

__all__ = ["gathered"]
