"""What the database says after a drill, of everything that people were told was accepted."""

import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256

WITNESS = """
CREATE TABLE drill_finished (report bigint NOT NULL);
CREATE FUNCTION drill_finished() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO drill_finished VALUES (NEW.id); RETURN NULL; END $$;
CREATE TRIGGER drill_finished AFTER UPDATE OF status ON reports_report FOR EACH ROW
WHEN (NEW.status = 'ready' AND OLD.status <> 'ready') EXECUTE FUNCTION drill_finished();
"""
PATIENCE = 900.0
COLUMNS = ("drill", "what was done", "accepted", "found again", "made once", "said why not")
COLUMNS += ("lost", "doubled", "half-written", "seconds")


@dataclass
class Tally:
    """Counts of one drill; ``done`` says in words what was broken."""

    name: str
    done: str = ""
    accepted: int = 0
    found: int = 0
    made: int = 0
    excused: int = 0
    lost: int = 0
    doubled: int = 0
    torn: int = 0
    seconds: float = 0.0
    began: float = field(default_factory=time.monotonic)

    @property
    def is_good(self) -> bool:
        return self.accepted > 0 and not (self.lost or self.doubled or self.torn)

    def close(self) -> None:
        self.torn += torn_files()
        self.seconds = time.monotonic() - self.began

    def row(self) -> list[str]:
        counts = [self.accepted, self.found, self.made, self.excused]
        counts += [self.lost, self.doubled, self.torn]
        return [self.name, self.done, *map(str, counts), f"{self.seconds:.0f}"]

    def count_forms(self, accepted: list[str]) -> None:
        """Each form that was accepted, by its words: there once, with its place in the history."""
        from enquiries.models import Challenge, Revision

        rows = Counter(Challenge.objects.values_list("challenge", flat=True))
        saves = Counter(
            changes["challenge"][1]
            for changes in Revision.objects.filter(sheet="challenge").values_list(
                "changes", flat=True
            )
            if "challenge" in changes
        )
        self._count(accepted, rows)
        self.torn += sum(saves[words] != number for words, number in rows.items())

    def count_files(self, accepted: dict[str, str]) -> None:
        """Each file that was accepted, by caption and hash: there once, with its bytes."""
        from enquiries.models import Evidence

        captions = Counter(Evidence.objects.values_list("caption", flat=True))
        self._count(list(accepted), captions)
        for each in Evidence.objects.filter(caption__in=accepted):
            self.torn += each.sha256 != accepted[each.caption]

    def _count(self, accepted: list[str], there: Counter[str]) -> None:
        self.accepted += len(accepted)
        self.found += sum(there[each] > 0 for each in accepted)
        self.lost += sum(there[each] == 0 for each in accepted)
        self.doubled += sum(number > 1 for number in there.values())

    def count_reports(self, accepted: list[int]) -> None:
        """Each report that was asked for: made once, or it says why not."""
        from reports.models import Report

        asked = Report.objects.in_bulk(accepted)
        made = _times_made()
        reasoned = {pk for pk, report in asked.items() if report.problem}
        ready = {pk for pk, r in asked.items() if r.status == Report.Status.READY} - reasoned
        self.accepted += len(accepted)
        self.found += len(asked)
        self.made += sum(made[pk] == 1 for pk in ready)
        self.excused += len(reasoned)
        self.lost += len(accepted) - len(ready) - len(reasoned)
        self.doubled += sum(number > 1 for number in made.values())
        self.torn += sum(made[pk] == 0 or not asked[pk].rendition_id for pk in ready)


def _times_made() -> Counter[int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT report FROM drill_finished")
        return Counter(report for (report,) in cursor.fetchall())


def watch_reports() -> None:
    """Have the database itself write down each time a report becomes ready."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(WITNESS)


def torn_files() -> int:
    """Files that do not match their hash, and evidence without a file."""
    from enquiries.models import Evidence, EvidenceFile
    from reports.models import Rendition

    kept = EvidenceFile.objects.select_related("evidence")
    files = [(bytes(each.content), each.evidence.sha256) for each in kept]
    files += [(bytes(each.file), each.file_hash) for each in Rendition.objects.all()]
    without = Evidence.objects.filter(file=None, removed_at=None).count()
    return without + sum(sha256(content).hexdigest() != known for content, known in files)


def settle(*, hurry: bool) -> None:
    """Return once no report is under way, or after a long time.

    ``hurry`` sweeps as if a minute had passed, where otherwise it is waited for.
    """
    from datetime import timedelta

    import time_machine
    from django.utils import timezone

    from alliances.actions import DISPATCH_AGAIN_AFTER
    from reports.actions import sweep
    from reports.models import Report

    deadline = time.monotonic() + PATIENCE
    while Report.objects.unfinished().exists() and time.monotonic() < deadline:
        if hurry:
            with time_machine.travel(timezone.now() + DISPATCH_AGAIN_AFTER + timedelta(seconds=1)):
                sweep()
        time.sleep(1)


def under_way() -> list[int]:
    """The reports that workers are at now, by the locks they hold."""
    from django.db import connection

    from reports.actions import LOCK_SPACE

    with connection.cursor() as cursor:
        cursor.execute("SELECT objid FROM pg_locks WHERE classid = %s", [LOCK_SPACE])
        return [number for (number,) in cursor.fetchall()]


def wait_for_work() -> None:
    """Return once a worker is at something that it was not at before, or nothing is left."""
    from reports.models import Report

    before = set(under_way())
    deadline = time.monotonic() + PATIENCE
    while Report.objects.unfinished().exists() and time.monotonic() < deadline:
        if set(under_way()) - before:
            return
        time.sleep(0.05)


def table(tallies: list[Tally]) -> str:
    """The drills as a Markdown table."""
    rows = [COLUMNS, ["---"] * 2 + ["---:"] * (len(COLUMNS) - 2), *(t.row() for t in tallies)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
