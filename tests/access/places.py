"""Where the addresses that are tried lead: each makes what it is about, and gives the arguments."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alliances import links
from alliances.actions import describe_alliance, invite, place_alliance, place_together
from alliances.models import AuditRecord, Invitation, Mail, Opening
from alliances.roles import Role
from alliances.terms import school_year_of
from enquiries.actions import (
    attach_evidence,
    move_finding,
    open_thread,
    save_sheet,
    share_judgement,
    word_finding,
)
from enquiries.evidence.contents import examined
from enquiries.models import CollaborationPlacing, Finding, Revision, SchoolPriority
from impact.actions import send_upload, take_up
from impact.models import Reading, Upload
from tests.claims import claimed
from tests.enquiries import files
from tests.impact.intake import read_in, row
from tests.impact.matching import ethics_told, matched_set_of, scores_sent
from tests.meetings import planned_once


def alliance(world):
    return [world.abbot.pk]


def enquiry(world):
    return [world.enquiry.pk]


def cluster(world):
    return [world.south.pk]


def cycle(world):
    return [world.cycle.pk]


def help_request(world):
    return [world.help_request.pk]


def programme(world):
    return [world.programme.pk]


def a_person(world):
    return [world.person("tom").pk]


def a_waiting_mail(world):
    return [Mail.objects.waiting().filter(invitation=an_invited_place(world)[0]).latest("pk").pk]


def lent_support(world):
    return [world.programme.pk, world.person("sue").assignments.get().pk]


def offered_support(world):
    in_a_month = timezone.localdate() + timedelta(days=30)
    kept = invite(
        email="sol@example.org",
        role=Role.SUPPORT,
        scope=world.programme,
        by=None,
        ends_on=in_a_month,
    )
    return [world.programme.pk, kept.pk]


def a_finding(world):
    finding = word_finding(
        programme=world.programme, text="Heads ask.", message="", by=world.person("owen")
    )
    return [finding.pk]


def an_asked_finding(world):
    (pk,) = a_finding(world)
    finding = Finding.objects.get(pk=pk)
    move_finding(finding=finding, to="asked", by=world.person("owen"), seen=finding.wording)
    return [pk]


def measure(world):
    return [world.enquiry.measures.first().pk]


def a_template(subject):
    """A template of a measure, or of an enquiry, as a CSV file."""
    return lambda world: [*subject(world), "csv"]


def a_place_for_scores(world):
    ethics_told(world)
    return [world.enquiry.pk]


def a_matched_set(world):
    return [matched_set_of(world).pk]


def a_matched_upload(world):
    return [scores_sent(world, matched_set_of(world)).pk]


def an_upload(world):
    """A spreadsheet of Leah's that can be saved."""
    upload = Upload.objects.first()
    if upload is None:
        upload = send_upload(
            enquiry=world.enquiry,
            measure=world.enquiry.measures.first(),
            kind="readings",
            name="readings.csv",
            content=b"Moment,Date,In words\nOn the way,2/3/2026,Calmer\n",
            by=world.person("leah"),
        )
        take_up(upload.pk)
    return [upload.pk]


def a_roll(world):
    """A spreadsheet of alliances that Owen can save."""
    sent = Upload.objects.filter(kind=Upload.Kind.ALLIANCES).first()
    return [(sent or read_in(world, row(world.abbot.name, region="Downs"))).pk]


def a_move(world):
    """What Owen did just now."""
    act = place_alliance(alliance=world.abbot, by=world.person("owen"), region="Downs")
    act = act or AuditRecord.objects.filter(act="placed").last()
    return [act.pk]


def a_move_together(world):
    """What Owen did to several alliances just now."""
    moved = {"alliances": [world.abbot, world.bedfordshire], "region": "Downs"}
    act = place_together(programme=world.programme, by=world.person("owen"), **moved)
    act = act or AuditRecord.objects.filter(act="placed together").last()
    return [act.pk]


def a_description(world):
    """What Leah said of her alliance just now."""
    said = {"name": world.abbot.name, "area": "Downs"}
    act = describe_alliance(alliance=world.abbot, by=world.person("leah"), **said)
    act = act or AuditRecord.objects.filter(act="described", alliance=world.abbot).last()
    return [act.pk]


def a_reading(world):
    """A stored value; whoever may not see small numbers reads it on its measure's page."""
    reading = Reading.objects.filter(enquiry=world.enquiry).first()
    return [world.enquiry.pk, "reading", reading.key]


def a_school(world):
    return [world.enquiry.pk, world.enquiry.participations.first().pk]


def a_priority(world):
    place = {"enquiry": world.enquiry, "participation": world.enquiry.participations.first()}
    wanted = {"priority": "Writing"}
    return save_sheet(SchoolPriority, place=place, seen={}, wanted=wanted, by=world.person("leah"))


def a_claim(world):
    """A claim on a trial, which lacks nothing."""
    claim = claimed(world, **{"evidence.trial": [world.cycle.trials.get().pk]})
    return [claim.pk]


def a_blank_form(_world):
    return ["impact-plan"]


def a_priority_on_paper(world):
    return [world.enquiry.pk, "priority", a_priority(world).key]


def a_placing(world):
    """Where Faye places the group: her own judgement."""
    wanted = {"skill": "low", "participation_degree": "high", "next_steps": "Meet again."}
    place = {"enquiry": world.enquiry, "key": UUID(int=8)}
    return save_sheet(
        CollaborationPlacing, place=place, seen={}, wanted=wanted, by=world.person("faye")
    )


def a_placing_on_paper(world):
    return [world.enquiry.pk, "collaboration", a_placing(world).key]


def a_judgement(world):
    shared = share_judgement(
        record=a_placing(world),
        sheet="collaboration",
        words=[["Collaborative skill", "Low"]],
        by=world.person("faye"),
    )
    return [shared.pk]


def a_thread(world):
    thread = open_thread(
        record=a_priority(world),
        sheet="priority",
        text="Which year?",
        tell=[],
        submission=UUID(int=9),
        by=world.person("faye"),
    )
    return [thread.pk]


def a_revision(world):
    a_priority(world)
    return [Revision.objects.get(sheet="schoolpriority").pk]


def a_photo(world):
    record = a_priority(world)
    evidence = attach_evidence(
        enquiry=world.enquiry,
        sheet="priority",
        record=record.key,
        file=examined(files.photo(), "wall.jpg"),
        by=world.person("leah"),
        caption="Our talk wall",
        pupils_recognisable=False,
        consent_held=True,
    )
    return [evidence.key]


class Agenda:
    """A file that can be sent as often as there are people."""

    name = "agenda.txt"

    def read(self):
        return b"Talk partners"


class Readings(Agenda):
    """A spreadsheet that can be sent as often as there are people."""

    name = "readings.csv"

    def read(self):
        return b"Moment,Date,Value"


def a_meeting(world):
    return [planned_once(world).pk]


def toms_trial(world):
    return [world.enquiry.pk, "trial", world.cycle.trials.get().key]


def toms_role(world):
    return [world.person("tom").assignments.get().pk]


def an_invitation(_world):
    return [Invitation.objects.get().token]


def an_invited_place(_world):
    return [Invitation.objects.get().pk]


def an_opening(_world):
    return [Opening.objects.get().pk]


def this_year(world):
    return [world.programme.pk, school_year_of(timezone.localdate())]


def a_stop(world):
    return [links.to_stop(world.person("leah"), Mail.Kind.MENTIONED).rstrip("/").split("/")[-1]]
