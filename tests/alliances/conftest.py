from datetime import UTC, datetime

import pytest
import time_machine

from alliances.models import AuditRecord

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    """Monday 2 March 2026, noon; ``clock.shift`` and ``clock.move_to`` go on from there."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def acts(world):
    """What was put on record since the test began: act, by whom, on what, and its detail."""
    before = AuditRecord.objects.latest("pk").pk

    def since() -> list[tuple]:
        return [
            (
                record.act,
                record.by and record.by.name,
                record.subject_type,
                record.subject_id,
                record.detail,
            )
            for record in AuditRecord.objects.filter(pk__gt=before).select_related("by")
        ]

    return since
