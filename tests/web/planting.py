"""Puts what an attacker might type into every free text of every model, in every row there is.

The texts are found by walking the models, so that a new field is planted without being named here.
Named are the fields whose text is no person's: codes, hashes, and what the site itself writes.
"""

from collections.abc import Iterator
from uuid import uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import Error, models, transaction
from django.db.models import Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from tests.world import World

OURS = ("alliances", "enquiries", "impact", "reports")
LONGEST_NUMBER = 12
LONGEST = 250  # characters, so that a report does not take minutes to print
SHORTEST = 50  # characters; what is shorter holds a code
NO_TEXT = {
    "reports.Leaf.html": "made by the site, which escapes what it is made of",
    "alliances.Mail.html": "made by the site from the text",
    "alliances.Alliance.key": "a key",
    "alliances.Alliance.link": "an address that only an import sets",
    "alliances.AuditRecord.act": "a code",
    "alliances.AuditRecord.subject_type": "a code",
    "alliances.User.password": "a hash",
    "alliances.Invitation.token": "a secret of the site",
    "alliances.RegisterReading.strange": "written by the reading",
    "enquiries.Draft.address": "an address of the site",
    "enquiries.Judgement.sheet": "a code",
    "enquiries.Thread.sheet": "a code",
    "enquiries.Thread.field": "a code",
    "enquiries.Evidence.sheet": "a code",
    "enquiries.Evidence.sha256": "a hash",
    "impact.Measure.distribution": "a code",
    "impact.Reading.since": "a month",
    "impact.Reading.when": "a month",
    "impact.Count.when": "a month",
    "impact.SignOff.seal": "a hash",
    "reports.Report.data_hash": "a hash",
    "reports.Rendition.made_from": "a hash",
    "reports.Rendition.file_hash": "a hash",
    "reports.IssuedFigure.figure": "a code",
    "reports.Choice.sheet": "a code",
    "reports.Part.made_from": "a hash",
    "reports.Part.key": "a code",
    "reports.Part.html": "made by the site",
    "reports.Publication.slug": "an address",
}
LISTS = {"aims", "partners", "outputs"}
# Filled, it would say that the record no longer counts.
STATES = {"withdrawn"}
# Codes without which no page would show the row, and no form would save it.
CODES = {"enquiries.CheckInCall.status": "on-track"}


def texts(model: type[models.Model]) -> list[models.Field]:
    """The fields of a model into which people type freely."""
    return [
        field
        for field in model._meta.concrete_fields
        if type(field) in (models.CharField, models.TextField)
        and not (field.choices or field.unique or field.name in STATES)
        and (field.max_length or SHORTEST) >= SHORTEST
        and str(field) not in NO_TEXT
    ]


def lists(model: type[models.Model]) -> list[models.Field]:
    """Its fields that hold a list of texts."""
    found = [each for each in model._meta.concrete_fields if isinstance(each, ArrayField)]
    return [each for each in found if each.name in LISTS]


def own_models() -> Iterator[type[models.Model]]:
    """All but those to which the database lets nobody write afterwards."""
    found = (each for each in apps.get_models() if each._meta.app_label in OURS)
    return (each for each in found if "append_only" not in _triggers(each))


def _triggers(model: type[models.Model]) -> set[str]:
    return {trigger.name for trigger in getattr(model._meta, "triggers", [])}


def plant(pieces: list[str]) -> set[str]:
    """Plant the pieces; the fields whose text the database itself will not have.

    As many pieces as there is room for, in turn, so that each of them stands first somewhere.
    """
    refused, turn = set(), 0
    for model in own_models():
        for field in texts(model):
            turn = (turn + 1) % len(pieces)
            room = min(field.max_length or LONGEST, LONGEST) - LONGEST_NUMBER
            text = _fitting(pieces[turn:] + pieces[:turn], room)
            # Its number makes each name another.
            named = Concat(Value(text), Cast("pk", models.CharField()))
            refused |= _refused(field, named)
        for field in lists(model):
            refused |= _refused(field, [_fitting(pieces, LONGEST)])
    return refused


def _refused(field: models.Field, value) -> set[str]:
    try:
        with transaction.atomic():
            field.model._base_manager.update(**{field.name: value})
    except Error:
        return {str(field)}
    return set()


def _fitting(pieces: list[str], room: int) -> str:
    told = ""
    for piece in pieces:
        if len(told) + len(piece) < room:
            told = f"{told} {piece}" if told else piece
    return told


def fill(world: World) -> list[str]:
    """A row of every model that has free text and none yet; the models that took none."""
    refused = []
    for model in own_models():
        if texts(model) and not model._base_manager.exists():
            try:
                with transaction.atomic():
                    model._base_manager.bulk_create([model(**_given(model, world))])
            except Error as problem:
                refused.append(f"{model._meta.label}: {str(problem).splitlines()[0]}")
    return refused


def _given(model: type[models.Model], world: World) -> dict:
    """What a row cannot do without."""
    given = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            if not field.null or field.name in ("cycle", "participation"):
                given[field.name] = _related(field, world)
        elif not (field.null or field.has_default() or field.primary_key or field.generated):
            given[field.name] = _value(field)
    return given


def _related(field: models.ForeignKey, world: World):
    known = {
        "Enquiry": world.enquiry,
        "Cycle": world.cycle,
        "Alliance": world.abbot,
        "User": world.person("leah"),
        "Programme": world.programme,
        "Participation": world.enquiry.participations.first(),
    }
    model = field.related_model
    return known.get(model.__name__) or model._base_manager.first()


def _value(field: models.Field):
    if str(field) in CODES:
        return CODES[str(field)]
    if field.choices:
        return next(code for code, _label in field.choices if code)
    if isinstance(field, models.CharField | models.TextField):
        return "" if not field.unique else uuid4().hex[: field.max_length or 32]
    kinds = [
        (models.DateTimeField, timezone.now()),
        (models.DateField, timezone.localdate()),
        (models.BooleanField, False),
        (models.BinaryField, b"x"),
        (ArrayField, []),
    ]
    return next((value for kind, value in kinds if isinstance(field, kind)), 1)
