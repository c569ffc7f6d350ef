"""What an enquiry had planned when its first trial began, whatever was changed afterwards."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Min
from django.utils.timezone import localdate

from enquiries.models import Revision, SheetRecord, Trial
from impact.models import DataTest, ImpactPlan
from impact.models.claims import weakest
from impact.strength import Grounds

TESTS = {"validity": "is_valid", "triangulation": "is_triangulated", "reliability": "is_reliable"}


class Designs:
    """The plans (F13) and tests of data (F15) of some enquiries, now and on the day of a trial."""

    def __init__(self, enquiries: Collection[int]):
        of_these = {"enquiry__in": enquiries}
        self.began = dict(
            Trial.objects.filter(**of_these)
            .order_by()
            .values_list("enquiry")
            .annotate(first=Min("held_on"))
        )
        self.plans = list(ImpactPlan.objects.filter(**of_these).order_by("pk"))
        self.tests = list(DataTest.objects.filter(**of_these).order_by("pk"))
        self.saves: dict[tuple[str, int], list[Revision]] = defaultdict(list)
        kept = {model._meta.model_name for model in (ImpactPlan, DataTest)}
        for save in Revision.objects.filter(**of_these, sheet__in=kept).order_by("pk"):
            self.saves[save.sheet, save.record].append(save)

    def tested(self, measures: Collection[int]) -> dict[str, str]:
        """What the last tests of all these data sets say now."""
        last = {test.measure_id: test for test in self.tests if test.measure_id in measures}
        rows = [{name: getattr(test, name) for name in TESTS.values()} for test in last.values()]
        return _worst(rows, len(measures))

    def planned(self, enquiry: int, measures: Collection[int]) -> Grounds:
        """What had been planned of these measures by the first trial; until then, what is now.

        Of several plans the weakest counts, answer by answer.
        """
        began = self.began.get(enquiry)
        names = ("measure_id", "size", "comparison")
        plans = [
            plan
            for plan in (self._stood(plan, names, began) for plan in self.plans)
            if plan and plan["measure_id"] in measures
        ]
        if not plans:
            return Grounds(is_measured=bool(measures), is_planned=False)
        tests = {}
        for test in self.tests:
            then = self._stood(test, ("measure_id", *TESTS.values()), began)
            if then and then["measure_id"] in measures:
                tests[then["measure_id"]] = then
        return Grounds(
            is_measured=True,
            people=min(plan["size"] for plan in plans),
            comparison=weakest(plan["comparison"] for plan in plans),
            **_worst(tests.values(), len(measures)),
        )

    def _stood(self, record: SheetRecord, names: Iterable[str], day: date | None) -> dict | None:
        """A record's answers as they stood at the end of a day; None where it was not there yet."""
        now = {name: getattr(record, name) for name in names}
        saves = self.saves[record._meta.model_name, record.pk]
        if day is None or not saves:
            return now
        if localdate(saves[0].at) > day:
            return None
        for save in reversed([save for save in saves if localdate(save.at) > day]):
            for name in now.keys() & save.changes.keys():
                before = save.changes[name][0]
                now[name] = int(before) if before.isdecimal() else before
        return now


def _worst(tests: Collection[dict], data_sets: int) -> dict[str, str]:
    """What the tests of several data sets say together: all must have passed, none be missing."""
    found = {}
    for name, field in TESTS.items():
        outcomes = {test[field] for test in tests}
        untested = len(tests) < data_sets
        found[name] = "fail" if "fail" in outcomes else "untested" if untested else "pass"
    return found
