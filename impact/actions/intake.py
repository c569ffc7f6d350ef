"""Alliances brought in many at once: how a spreadsheet of them is read, hindered and saved."""

from collections.abc import Callable
from itertools import chain, count

from django.utils.text import slugify

from alliances.actions import (
    found_alliance,
    invite_lead,
    name_lead,
    place_alliance,
    record_cluster,
)
from alliances.models import Alliance, Programme, User
from enquiries.actions import join_enquiry, open_enquiry
from enquiries.models import Participation
from impact.intake import steps
from impact.intake.known import Known, known_to
from impact.intake.layout import Line
from impact.intake.reading import read_alliances
from impact.intake.steps import Step, steps_of
from impact.models import Upload
from impact.spreadsheets.cells import plain
from impact.spreadsheets.faults import Fault, Found


def read(upload: Upload, told: Callable[[int], None]) -> Found:
    """What the file holds, for whoever sent it or has confirmed it."""
    return read_alliances(bytes(upload.content), upload.programme, by=_person(upload), told=told)


def hindrances(upload: Upload, rows: tuple[Line, ...]) -> tuple[Fault, ...]:
    """What has come since the file was read and does not go with it."""
    return tuple(steps.hindrances(rows, _known(upload, rows)))


def save(upload: Upload, rows: tuple[Line, ...]) -> None:
    """Every row by the acts that one alliance takes by hand; the programme is held."""
    known = _known(upload, rows)
    by, programme = upload.confirmed_by, upload.programme
    clusters = dict(known.clusters)
    keys = set(programme.alliances.values_list("key", flat=True))
    for step in steps_of(rows, known):
        alliance = step.alliance or _found(step.line, programme, keys, by)
        places = dict(step.places)
        if isinstance(name := places.get("cluster"), str):
            if plain(name) not in clusters:
                clusters[plain(name)] = record_cluster(
                    programme=programme, name=name, alliances=[], by=by
                )
            places["cluster"] = clusters[plain(name)]
        if places:
            place_alliance(alliance=alliance, by=by, **places)
        _join(alliance, step, known, by)
        if step.names_lead:
            line = step.line
            name_lead(alliance=alliance, name=line.lead_name, email=line.lead_email, by=by)
        if upload.invites and step.may_invite:
            invite_lead(alliance=alliance, by=by)


def _person(upload: Upload) -> User:
    return upload.confirmed_by or upload.sent_by


def _known(upload: Upload, rows: tuple[Line, ...]) -> Known:
    urns = {urn for line in rows for urn in line.schools}
    return known_to(_person(upload), upload.programme, urns)


def _found(line: Line, programme: Programme, keys: set[str], by: User) -> Alliance:
    """A new alliance under a key that no other of the programme has."""
    stem = slugify(line.name)[:55] or "alliance"
    numbered = (f"{stem}-{number}" for number in count(2))
    key = next(each for each in chain([stem], numbered) if each not in keys)
    keys.add(key)
    return found_alliance(programme=programme, key=key, name=line.name, by=by)


def _join(alliance: Alliance, step: Step, known: Known, by: User) -> None:
    """Its schools take part in its enquiry, which is opened where there is none yet."""
    enquiry = alliance.enquiries.first() or open_enquiry(alliance=alliance, by=by)
    for urn in step.joining:
        school = known.register[urn]
        leads = urn == step.line.lead_school
        join_enquiry(
            enquiry=enquiry,
            name=school.name,
            phase=school.phase,
            urn=urn,
            part=Participation.Part.LEAD if leads else Participation.Part.PARTICIPANT,
            by=by,
        )
