import copy
import json

import pytest
import time_machine
from django.apps import apps

from alliances.models import Change
from enquiries.models import Trial
from tests import world as cast
from tests.impact.forms import MEASURE
from tests.measuring import add_measure

FILES = {
    "aet": "aet-national",
    "camden": "camden-primary",
    "centralbeds": "central-bedfordshire",
    "fairfields": "fairfields",
    "georgeabbot": "george-abbot",
    "georgespencer": "george-spencer",
    "jurassic": "jurassic-coast",
    "wroxham": "wroxham",
}


def file_of(name):
    return cast.DEMO / "enquiries" / f"{name}.json"


@pytest.fixture
def programme(db):
    """The programme with the eight alliances that told of their enquiries; none told yet."""
    cast.import_programme(cast.programme_doc(*FILES), by=None)
    programme = cast.Programme.objects.get()
    cast.actions.also_known_as(alliance=programme.alliances.get(key="aet"), name="AET NTSA")
    return programme


@pytest.fixture
def document():
    """One enquiry's file as plain values, to be spoilt."""
    return copy.deepcopy(json.loads(file_of("fairfields").read_text("utf-8")))


@pytest.fixture
def rows():
    """How many rows every table of the platform has, but for the history of them."""
    names = ("alliances", "enquiries", "impact", "reports")

    def count():
        return {
            model._meta.label: model._default_manager.count()
            for name in names
            for model in apps.get_app_config(name).get_models()
            if model is not Change
        }

    return count


@pytest.fixture
def on_a_day_in_may():
    with time_machine.travel("2026-05-05 12:00", tick=False):
        yield


@pytest.fixture
def leah(as_person):
    return as_person("leah")


@pytest.fixture
def untried(world):
    """The enquiry before anything was tried."""
    Trial.objects.all().delete()
    return world.enquiry


@pytest.fixture
def measure(world):
    return add_measure(enquiry=world.enquiry, by=world.person("leah"), **MEASURE)
