"""The demonstration: loaded once, told each time."""

import re

from django.core.management import call_command

from alliances.models import Assignment, AuditRecord, User
from enquiries.models import Enquiry

PEOPLE = [
    ("Project lead", "Leah Marsh", "leah@example.org", "georgeabbot"),
    ("Project lead", "Ravi Nair", "ravi@example.org", "centralbeds"),
    ("External facilitator", "Faye Osborne", "faye@example.org", "London and South cluster"),
    ("External facilitator", "Marcus Hale", "marcus@example.org", "Midlands and East cluster"),
    ("Agency staff", "Nadia Cole", "nadia@example.org", "the whole programme"),
    ("National team", "Owen Pryce", "owen@example.org", "the whole programme"),
]


def people(lines):
    return [tuple(re.split(r"  +", re.sub(r"(\S) (\S+@)", r"\1  \2", line))) for line in lines]


def test_the_demonstration_loads_once(db, rows, capsys, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "correct horse battery")

    call_command("load_demo")

    first = capsys.readouterr().out.splitlines()
    before, records = rows(), list(AuditRecord.objects.values_list("pk", flat=True))
    assert people(first[-6:]) == PEOPLE
    assert Enquiry.objects.exclude(title="").count() == 8
    assert Assignment.objects.count() == 6
    assert User.objects.get(email="leah@example.org").check_password("correct horse battery")

    call_command("load_demo")

    assert people(capsys.readouterr().out.splitlines()) == PEOPLE
    assert rows() == before
    assert list(AuditRecord.objects.values_list("pk", flat=True)) == records
