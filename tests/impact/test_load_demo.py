"""The demonstration: loaded once, told each time."""

import re

from django.core.management import call_command

from alliances.models import Assignment, AuditRecord, User
from enquiries.models import Enquiry
from impact.claims.queries import claims_with_evidence
from impact.models import MatchedRow

PEOPLE = [
    ("Project lead", "Leah Marsh", "leah@example.org", "georgeabbot"),
    ("Project lead", "Ravi Nair", "ravi@example.org", "centralbeds"),
    ("External facilitator", "Faye Osborne", "faye@example.org", "London and South cluster"),
    ("External facilitator", "Marcus Hale", "marcus@example.org", "Midlands and East cluster"),
    ("Agency staff", "Nadia Cole", "nadia@example.org", "the whole programme"),
    ("National team", "Owen Pryce", "owen@example.org", "the whole programme"),
    ("Support staff", "Sana Malik", "sana@example.org", "the whole programme"),
]


def people(lines):
    return [tuple(re.split(r"  +", re.sub(r"(\S) (\S+@)", r"\1  \2", line))) for line in lines]


def claimed() -> list[tuple[str, str, bool]]:
    """What the people claim: the alliance, how strong it is called, whether it is signed off."""
    enquiries = Enquiry.objects.order_by("alliance__key").values_list("pk", "alliance__key")
    return [
        (key, stated.degree.title, stated.is_signed)
        for pk, key in enquiries
        for stated in claims_with_evidence([pk], logged_by__isnull=False)
    ]


def test_the_demonstration_loads_once(db, rows, capsys, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "correct horse battery")

    call_command("load_demo")

    first = capsys.readouterr().out.splitlines()
    before, records = rows(), list(AuditRecord.objects.values_list("pk", flat=True))
    assert people(first[-7:]) == PEOPLE
    assert Enquiry.objects.exclude(title="").count() == 8
    assert Assignment.objects.count() == 7
    assert User.objects.get(email="leah@example.org").check_password("correct horse battery")
    assert claimed() == [
        ("centralbeds", "Limited", False),
        ("georgeabbot", "Very limited", True),
        ("georgeabbot", "Limited", True),
    ]
    assert {row.matched_set.measure.population for row in MatchedRow.objects.all()} == {
        "Nobody: made up for the demonstration"
    }
    assert MatchedRow.objects.count() == 30

    call_command("load_demo")

    assert people(capsys.readouterr().out.splitlines()) == PEOPLE
    assert rows() == before
    assert list(AuditRecord.objects.values_list("pk", flat=True)) == records
