"""What each alliance of a national report did and measured."""

from enquiries.models import Enquiry
from impact.claims.sources import Sources
from impact.values import MeasureValues
from reports.builders.claims import with_marks
from reports.builders.measures import measure_tables
from reports.builders.pictures import charts_of
from reports.values import AllianceAccount, Turn


def accounts_of(
    enquiries: list[Enquiry], measures: dict[int, list[MeasureValues]], sources: Sources
) -> list[AllianceAccount]:
    """The accounts of those that are described and have begun, with measures as they may leave.

    The measures come by enquiry, the enquiries with their cycles, lessons and next steps at hand.
    """
    return [
        _account(enquiry, measures.get(enquiry.pk, []), sources)
        for enquiry in enquiries
        if enquiry.title and enquiry.cycles.all()
    ]


def _account(enquiry: Enquiry, measures: list[MeasureValues], sources: Sources) -> AllianceAccount:
    alliance, listing = enquiry.alliance, getattr(enquiry, "listing", None)
    return AllianceAccount(
        id=alliance.pk,
        alliance=alliance.name,
        title=enquiry.title,
        place=alliance.area or alliance.region,
        question=enquiry.question or (listing.question if listing else ""),
        focus=enquiry.focus or (listing.focus if listing else ""),
        turns=[
            Turn(cycle.label, cycle.period, cycle.tried, cycle.refinements)
            for cycle in enquiry.cycles.all()
        ],
        charts=charts_of(measures),
        measures=with_marks(measure_tables(measures), sources),
        lessons=[lesson.text for lesson in enquiry.lessons.all()],
        next_steps=[step.text for step in enquiry.next_steps.all()],
    )
