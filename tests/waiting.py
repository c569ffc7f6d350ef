"""What others wait for from Leah, each made by the site's own actions."""

from uuid import uuid4

from enquiries.actions import (
    move_finding,
    open_thread,
    save_sheet,
    share_judgement,
    word_finding,
)
from enquiries.models import CollaborationPlacing, Finding, Judgement, SchoolPriority, Thread
from tests.world import World


def shared_judgement(world: World) -> Judgement:
    """Where Faye places the group, shared with its lead."""
    faye = world.person("faye")
    record = save_sheet(
        CollaborationPlacing,
        place={"enquiry": world.enquiry, "key": uuid4()},
        seen={},
        wanted={"skill": "low", "participation_degree": "high", "next_steps": "Meet."},
        by=faye,
    )
    words = [["Collaborative skill level", "Low"]]
    return share_judgement(record=record, sheet="collaboration", words=words, by=faye)


def change_asked_for(world: World) -> Thread:
    """A school's priority that Faye wants to be clearer."""
    place = {"enquiry": world.enquiry, "participation": world.enquiry.participations.first()}
    record = save_sheet(
        SchoolPriority,
        place=place,
        seen={},
        wanted={"priority": "Writing"},
        by=world.person("leah"),
    )
    return open_thread(
        record=record,
        sheet="priority",
        text="Which year?",
        tell=[],
        submission=uuid4(),
        asks_change=True,
        by=world.person("faye"),
    )


def finding_put(world: World) -> Finding:
    """A finding that Owen puts to those who took part."""
    owen = world.person("owen")
    finding = word_finding(programme=world.programme, text="Heads ask.", message="", by=owen)
    return move_finding(finding=finding, to=Finding.State.ASKED, by=owen, seen=finding.wording)
