"""Meetings and filled forms of the demonstration, made by the actions of the site."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from alliances.models import Programme, User
from enquiries.actions import close_meeting, plan_meeting, save_sheet
from enquiries.models import Enquiry, Meeting, MeetingPart
from enquiries.sheets import sheet_called

DETAILS = ("held_on", "place", "next_meeting", "next_call")


def hold_meetings(programme: Programme, told: list[dict]) -> None:
    """Hold each whose day has come, once."""
    today = timezone.localdate()
    for given in (each for each in told if each["held_on"] <= today):
        submission = uuid5(NAMESPACE_URL, f"{given['cluster']} {given['held_on']}")
        if not Meeting.objects.filter(submission=submission).exists():
            _hold(programme, given, submission)


def _hold(programme: Programme, given: dict, submission: UUID) -> None:
    people = {each.email: each for each in User.objects.filter(email__in=given["people"])}
    by = people[given["by"]]
    enquiries = {
        part["alliance"]: programme.alliances.get(key=part["alliance"]).enquiries.first()
        for part in given["parts"]
    }
    meeting = plan_meeting(
        cluster=programme.clusters.get(name=given["cluster"]),
        by=by,
        alliances=[enquiry.alliance for enquiry in enquiries.values()],
        people=people.values(),
        submission=submission,
        **{name: given[name] for name in DETAILS},
    )
    for part in given["parts"]:
        place = {"enquiry": enquiries[part["alliance"]], "meeting": meeting}
        wanted = {name: text for name, text in part.items() if name != "alliance"}
        save_sheet(MeetingPart, place=place, seen={}, wanted=wanted, by=by)
    close_meeting(meeting=meeting, by=by, on=timezone.localdate())


def fill_forms(programme: Programme, told: list[dict]) -> None:
    """Fill each form in, once: of the enquiry, or of one cycle or school of it.

    ``by_school`` gives for each school the columns of a form that asks about all of them.
    """
    for given in told:
        enquiry = programme.alliances.get(key=given["alliance"]).enquiries.first()
        model, place = sheet_called(given["sheet"]).model, _place(enquiry, given)
        if not model.everything.filter(**place).exists():
            by = User.objects.get(email=given["by"])
            save_sheet(model, place=place, seen={}, wanted=_wanted(enquiry, given), by=by)


def _place(enquiry: Enquiry, given: dict) -> dict:
    school, label = given.get("school"), given.get("cycle")
    return {
        "enquiry": enquiry,
        "cycle": enquiry.cycles.get(label=label) if label else None,
        "participation": enquiry.participations.get(school__name=school) if school else None,
    }


def _wanted(enquiry: Enquiry, given: dict) -> dict:
    schools = {str(each.school): each.pk for each in enquiry.participations.all()}
    return given["answers"] | {
        f"{column}.{schools[school]}": text
        for school, columns in given.get("by_school", {}).items()
        for column, text in columns.items()
    }
