"""What was done in a programme, as those who run it read it: all of theirs, of nobody else's."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from alliances import audit
from alliances.actions import (
    assign,
    describe_alliance,
    invite,
    join_school,
    place_alliance,
    place_together,
    take_register,
)
from alliances.models import Alliance, AuditRecord, Programme, RegisterReading
from reports.actions import undo
from reports.acts import acts_in, acts_in_words
from tests.pages import queries_of
from tests.world import SINCE


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_what_was_done(number, world, at_work, as_person):
    AuditRecord.objects.all().delete()
    for n, name in enumerate(["leah", "sam", "tom"][:number]):
        with at_work(name):
            join_school(
                alliance=[world.abbot, world.bedfordshire][n % 2],
                name=f"School {n}",
                phase="primary",
                by=world.person(name),
                joined_on=SINCE,
            )

    address = reverse("programme-history", args=[world.programme.pk])

    assert queries_of(as_person("owen"), address) == 6


@pytest.fixture
def done(world, at_work):
    """Leah on 1 March to her alliance, Sam on the 2nd to its enquiry, Owen to the programme."""
    AuditRecord.objects.all().delete()
    acts = (("leah", world.abbot), ("sam", world.enquiry), ("owen", world.programme))
    for day, (name, subject) in enumerate(acts, 1):
        with at_work(name):
            act = audit.record("touched", subject, by=world.person(name))
        at = datetime(2026, 3, day, 23, 30, tzinfo=UTC)
        AuditRecord.objects.filter(pk=act.pk).update(at=at)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["owen", "sam", "leah"]),
        ({"person": "SAM"}, ["sam"]),
        ({"person": "leah@EXAMPLE"}, ["leah"]),
        ({"kind": "forms"}, ["sam"]),
        ({"kind": "people"}, ["owen", "leah"]),
        ({"since": "2 3 2026"}, ["owen", "sam"]),
        ({"until": "2 3 2026"}, ["sam", "leah"]),
        ({"since": "2 3 2026", "until": "2 3 2026"}, ["sam"]),
        ({"since": "2 13 2026", "kind": "none-such"}, ["owen", "sam", "leah"]),
    ],
    ids=str,
)
def test_what_was_done_is_narrowed(asked, found, done, world, as_person):
    sent = dict(asked)
    for name in {"since", "until"} & set(sent):
        parts = zip(("day", "month", "year"), sent.pop(name).split(), strict=True)
        sent |= {f"{name}_{part}": value for part, value in parts}

    page = as_person("owen").get(reverse("programme-history", args=[world.programme.pk]), sent)

    assert [act.record.by for act in page.context["acts"]] == [world.person(n) for n in found]
    assert page.context["page"].paginator.count == len(found)


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize(("most", "may_be_more"), [(2, True), (4, False)])
def test_only_the_latest_acts_are_counted(most, may_be_more, world, as_person, monkeypatch):
    monkeypatch.setattr("reports.views.history.MOST_ACTS", most)

    page = as_person("owen").get(reverse("programme-history", args=[world.programme.pk]))

    assert page.context["page"].paginator.count == min(most, 3)
    assert page.context["may_be_more"] == may_be_more


def test_last_day_before_the_first_is_said(world, as_person):
    sent = {f"{name}_{part}": 2026 for name in ("since", "until") for part in ("year",)}
    sent |= {"since_day": 2, "since_month": 3, "until_day": 1, "until_month": 3}

    page = as_person("owen").get(reverse("programme-history", args=[world.programme.pk]), sent)

    form = page.context["form"]
    assert form.errors == {"until": ["The last day must be the first day or later"]}
    assert (form["since"].label, form["until"].label) == ("First day", "Last day")


def test_acts_of_another_programme_are_not_told(done, world, as_person):
    other = Programme.objects.create(title="Another", alliances_funded=1)
    Alliance.objects.filter(pk=world.abbot.pk).update(programme=other, cluster=None)

    page = as_person("owen").get(reverse("programme-history", args=[world.programme.pk]))

    assert [act.words for act in page.context["acts"]] == ["Touched: programme"]


@pytest.fixture
def elsewhere(world, at_work):
    """Another programme, with a school, and Zoe working in it; then an act on each thing of it."""
    other = Programme.objects.create(title="Another", alliances_funded=1)
    Alliance.objects.filter(key="affinity").update(programme=other, cluster=None)
    affinity = Alliance.objects.get(key="affinity")
    school = join_school(alliance=affinity, name="Fen End", phase="", by=None, joined_on=SINCE)
    owen, zoe = world.person("owen"), world.person("zoe")
    held = {"role": "teacher", "scope": school, "by": None}
    reading = RegisterReading.objects.create(
        file_name="a.csv", file_hash=b"", added=0, changed=1, same=0, missing=0
    )
    reading.changes.create(kind="renamed", urn=1, school=school)
    subjects = [
        other,
        other.clusters.create(name="East"),
        other.findings.create(text="Pairs help.", moved_by=owen),
        other.reports.create(kind="overarching", asked_by=owen, about="All"),
        reading,
        assign(user=zoe, starts_on=SINCE, **held),
        invite(email="new@example.org", **held),
        zoe,
    ]
    AuditRecord.objects.all().delete()
    with at_work("owen"):
        for subject in subjects:
            audit.record("touched", subject, by=owen)
    return other


def touched(programme) -> list[str]:
    return [act.words for act in acts_in_words(acts_in(programme))]


def test_acts_of_no_alliance_are_told_to_the_programme_they_touch(elsewhere, world):
    assert touched(world.programme) == []
    assert touched(elsewhere) == [
        "Touched: user",
        "Touched: invitation",
        "Touched: assignment",
        "Touched: register reading",
        "Touched: report",
        "Touched: finding",
        "Touched: cluster",
        "Touched: programme",
    ]


def test_act_on_somebody_of_two_programmes_is_told_once_to_each(elsewhere, world):
    zoe = world.person("zoe")
    for alliance in (world.abbot, world.bedfordshire):
        assign(user=zoe, role="hei-partner", scope=alliance, by=None, starts_on=SINCE)
    AuditRecord.objects.filter(act="assigned").delete()

    assert touched(world.programme) == ["Touched: user"]
    assert touched(elsewhere)[0] == "Touched: user"


def test_reading_of_the_register_that_changed_no_school_of_ours_is_told_to_nobody(world, at_work):
    AuditRecord.objects.all().delete()
    with at_work("owen"):
        take_register({}, {}, file_name="a.csv", file_hash=b"", by=None)

    assert touched(world.programme) == []


def test_acts_of_a_programme_say_where(world, at_work, as_person):
    AuditRecord.objects.all().delete()
    leah = world.person("leah")
    with at_work("leah"):
        join_school(
            alliance=world.abbot, name="Wood Lane", phase="primary", by=leah, joined_on=SINCE
        )

    response = as_person("owen").get(reverse("programme-history", args=[world.programme.pk]))

    told = [(a.words, a.record.alliance, str(a.record.by)) for a in response.context["acts"]]
    assert told == [("Joined: membership", world.abbot, "Leah Marsh")]


# Alliances that were moved


def moves(world, number: int = 2, by: str = "owen"):
    """Owen moves some alliances of the South and the Midlands to a new cluster, all at once."""
    east, _ = world.programme.clusters.get_or_create(name="East")
    chosen = [world.abbot, world.bedfordshire, world.programme.alliances.get(key="jurassic")]
    return place_together(
        programme=world.programme, alliances=chosen[:number], by=world.person(by), cluster=east
    )


@pytest.fixture
def moved(world, at_work):
    AuditRecord.objects.all().delete()
    with at_work("owen"):
        return moves(world)


def shown(client, world) -> list[tuple]:
    """Each act of the page: what, which alliances, and its way back."""
    page = client.get(reverse("programme-history", args=[world.programme.pk]))
    return [(act.words, act.each, act.can_be_undone, act.kept) for act in page.context["acts"]]


def test_move_is_told_with_its_alliance_from_where_to_where(world, moved, as_person):
    abbot = f"{world.abbot}: cluster from “South” to “East”"
    bedfordshire = f"{world.bedfordshire}: cluster from “Midlands” to “East”"

    assert shown(as_person("owen"), world) == [
        ("Moved 2 alliances", [abbot, bedfordshire], True, ""),
        (f"Moved {bedfordshire}", [], True, ""),
        (f"Moved {abbot}", [], True, ""),
    ]


def test_place_that_was_none_or_is_there_no_more_is_told_in_words(world, moved, as_person):
    world.programme.clusters.get(name="East").delete()
    AuditRecord.objects.exclude(alliance=world.abbot).delete()
    with time_machine.travel(datetime(2027, 5, 3, 11, tzinfo=UTC)):
        place_alliance(
            alliance=world.abbot, by=world.person("owen"), cluster=world.midlands, region="Downs"
        )

    assert [words for words, *_ in shown(as_person("owen"), world)] == [
        f"Moved {world.abbot}: region from “Surrey” to “Downs”; cluster from none to “Midlands”",
        f"Moved {world.abbot}: cluster from “South” to one that is there no more",
    ]


def test_moves_are_undone_later_from_the_page_and_that_is_told(world, moved, as_person):
    owen, address = as_person("owen"), reverse("programme-history", args=[world.programme.pk])
    button = f'action="{reverse("undo", args=[moved.pk])}"'

    with time_machine.travel(datetime(2027, 5, 3, 11, tzinfo=UTC)):
        owen = as_person("owen")
        before = owen.get(address).content.decode().count(button)
        owen.post(reverse("undo", args=[moved.pk]), {"next": address})
        AuditRecord.objects.update(transaction="later")
        after = owen.get(address).content.decode().count(button)

    undone = "This was undone by Owen Pryce on 3 May 2027, 12:00pm."
    told = [(words, kept) for words, _, _, kept in shown(owen, world)]
    assert (before, after) == (1, 0)
    assert told == [
        ("Undone: moved 2 alliances", ""),
        (f"Moved {world.bedfordshire}: cluster from “East” to “Midlands”", ""),
        (f"Moved {world.abbot}: cluster from “East” to “South”", ""),
        ("Moved 2 alliances", undone),
        (f"Moved {world.bedfordshire}: cluster from “Midlands” to “East”", undone),
        (f"Moved {world.abbot}: cluster from “South” to “East”", undone),
    ]


def test_moves_of_which_one_was_moved_on_say_why_they_stay(world, moved, as_person):
    with time_machine.travel(datetime(2027, 5, 3, 11, tzinfo=UTC)):
        place_alliance(alliance=world.abbot, by=world.person("owen"), cluster=None)
    AuditRecord.objects.update(transaction="later")

    changed = f"Owen Pryce changed the cluster of {world.abbot} on 3 May 2027, 12:00pm"
    stays = f"Cannot be undone. {changed}."
    assert [(can, kept) for _, _, can, kept in shown(as_person("owen"), world)] == [
        (True, ""),
        (False, stays),
        (True, ""),
        (False, stays),
    ]


def test_change_of_a_record_is_told_with_what_it_changed(world, at_work, as_person):
    AuditRecord.objects.all().delete()
    former = world.abbot.name
    with at_work("leah"):
        describe_alliance(
            alliance=world.abbot,
            name="Guildford Alliance",
            universities=["King's College"],
            by=world.person("leah"),
        )

    ((words, _, can_be_undone, _),) = shown(as_person("owen"), world)

    assert words == (
        f"Changed the record of Guildford Alliance: name of the alliance from “{former}” to "
        "“Guildford Alliance”; former and other names; universities it works with"
    )
    assert can_be_undone


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_moves(number, world, at_work, as_person):
    AuditRecord.objects.all().delete()
    for _ in range(number):
        with at_work("owen"):
            act = moves(world, number)
        with at_work("owen"):
            undo(act=act, by=world.person("owen"))

    address = reverse("programme-history", args=[world.programme.pk])

    assert queries_of(as_person("owen"), address) == 13


# Parts of others, what signing in keeps, what an import brings, and what is a record itself.
NOTHING_DONE_TO = {
    *("AccountElsewhere", "AlliancePresent", "AuditRecord", "Choice", "Cohort", "Event"),
    *(
        "Breakage",
        "HalfTerm",
        "ImpactExample",
        "IssuedFigure",
        "Mail",
        "Paper",
        "Part",
        "PersonPresent",
    ),
    *("ProgrammeFact", "RegisterChange", "RegisteredSchool", "Rendition", "School"),
    *("SecondFactor", "SignInAddress", "Theme", "Verdict", "Weekly"),
}


def test_every_model_leads_to_an_alliance_or_a_programme_but_those_nothing_is_done_to():
    """An act on a row that leads to neither would be told to nobody."""
    without = {
        model.__name__
        for model in apps.get_models()
        if hasattr(model, "keeping")
        and not (hasattr(model, "within") or hasattr(model, "of_programme"))
    }

    assert without == NOTHING_DONE_TO
