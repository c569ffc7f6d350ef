"""One document of every kind, drawn from the cast: PDF/UA-1 by our gate and by veraPDF."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from hashlib import sha256

import pytest

from enquiries.models import Cycle, Meeting
from enquiries.sheets import sheet_called
from reports.actions import begin_edition
from reports.builders import (
    build_blank_form,
    build_case_study,
    build_cluster_summary,
    build_edition,
    build_impact_report,
    build_minutes,
    build_national,
    build_overview,
    build_poster,
)
from reports.builders.handover import build_handover
from reports.builders.visit import build_visit
from reports.rendering import gate, render_pdf
from reports.rendering.bodies import KINDS
from tests.meetings import heard, planned
from tests.pdfua.validator import broken_rules

pytestmark = pytest.mark.machine
# Elsewhere: what is read as JSON, every kind printed, and a digest of each file.
RENDER = """
import json, sys
from hashlib import sha256
import django
django.setup()
from reports.rendering import render_pdf
told = json.load(sys.stdin)
prints = {kind: sha256(render_pdf(kind, data).content).hexdigest() for kind, data in told.items()}
print(json.dumps(prints))
"""
TERM = {"about": "Spring term 2026", "since": date(2026, 1, 1), "until": date(2026, 4, 1)}


@pytest.fixture
def values(world) -> dict[str, dict]:
    return {kind: asdict(told) for kind, told in values_of_each_kind(world).items()}


@pytest.fixture
def files(values) -> dict[str, bytes]:
    return {kind: render_pdf(kind, data).content for kind, data in values.items()}


def values_of_each_kind(world) -> dict:
    enquiry, owen, programme = world.enquiry, world.person("owen"), world.programme
    meeting = planned(world)
    heard(world, meeting)
    theme = programme.themes.get(number=3)
    poster = build_poster(enquiry)
    numbers = list(programme.alliances.values_list("pk", flat=True))
    return {
        "case-study": build_case_study(enquiry),
        "interim-report": build_impact_report(enquiry, is_final=False),
        "final-report": build_impact_report(enquiry, is_final=True),
        "cluster-summary": build_cluster_summary(world.south, **TERM),
        "poster": poster,
        "poster-a3": poster,
        "poster-booklet": poster,
        "national": build_national(programme, numbers, "All alliances"),
        "theme": build_edition(begin_edition(programme=programme, theme=theme, by=owen)),
        "overarching": build_edition(begin_edition(programme=programme, theme=None, by=owen)),
        "form": build_blank_form(sheet_called("question")),
        "minutes": build_minutes(Meeting.objects.get(pk=meeting.pk)),
        "handover": build_handover(enquiry, exact=False, absolute="https://example.org{}".format),
        "visit": build_visit(enquiry.participations.first(), "innovation"),
        "overview": build_overview(enquiry, Cycle.objects.filter(enquiry=enquiry).last()),
    }


def test_every_kind_passes_the_gate_and_verapdf(files, tmp_path):
    found = {kind: gate.problems(content) for kind, content in files.items()}

    assert sorted(files) == sorted(KINDS)
    assert found == {kind: [] for kind in files}
    assert broken_rules(files, tmp_path) == {kind: set() for kind in files}


def test_every_kind_is_the_same_bytes_in_another_process(values, files):
    there = subprocess.run(
        [sys.executable, "-c", RENDER],
        input=json.dumps(values),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "1"},
    )

    here = {kind: sha256(content).hexdigest() for kind, content in files.items()}
    assert json.loads(there.stdout) == here
