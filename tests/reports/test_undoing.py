"""An act is undone as long as nothing of it has changed since."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.models import Alliance, AuditRecord, Partner
from alliances.records import LISTED, said_of
from alliances.roles import Role
from reports.actions import begin_edition
from reports.models import Passage
from tests.pages import text
from tests.world import SINCE

NOON = datetime(2027, 5, 3, 11, tzinfo=UTC)
AT_NOON = "3 May 2027, 12:00pm"


def said(answered) -> list[str]:
    """What the page says after the button was pressed."""
    answer, _ = answered
    messages = get_messages(answer.wsgi_request)
    return [str(message) for message in messages]


def jurassic(world) -> Alliance:
    return world.programme.alliances.get(key="jurassic")


def undo(client, act, here: str = "/clusters/"):
    """Press the button of an act on a page; the answer, and what that page says then."""
    answer = client.post(reverse("undo", args=[act.pk]), {"next": here})
    return answer, text(client.get(answer.url)) if answer.status_code == 302 else ""


@pytest.fixture
def moved(world):
    """Owen moves George Abbot's and Jurassic to the Midlands."""
    return actions.place_together(
        programme=world.programme,
        alliances=world.south.alliances.all(),
        by=world.person("owen"),
        cluster=world.midlands,
    )


def test_moved_alliances_go_back_together(world, moved, as_person):
    answer, told = undo(as_person("owen"), moved)

    assert answer.url == "/clusters/"
    assert "Undone. 2 alliances are back where they were." in told
    assert {a.key for a in world.south.alliances.all()} == {"georgeabbot", "jurassic"}


def test_nothing_goes_back_where_one_has_been_moved_since(world, moved, as_person):
    with time_machine.travel(NOON):
        actions.place_alliance(alliance=world.abbot, by=world.person("nadia"), cluster=None)

    assert said(undo(as_person("owen"), moved)) == [
        f"Nothing was undone. Nadia Cole changed the cluster of {world.abbot} on {AT_NOON}."
    ]
    assert not world.south.alliances.exists()


def test_nothing_goes_back_to_a_cluster_that_is_there_no_more(world, moved, as_person):
    world.south.delete()

    gone = [
        f"The cluster that {alliance} had is there no more"
        for alliance in (world.abbot, jurassic(world))
    ]
    assert said(undo(as_person("owen"), moved)) == [f"Nothing was undone. {'; '.join(gone)}."]


def test_what_is_undone_is_not_undone_again(world, moved, as_person):
    owen = as_person("owen")
    with time_machine.travel(NOON):
        undo(as_person("owen"), moved)

    assert said(undo(owen, moved)) == [
        f"Nothing was undone. This was undone by Owen Pryce on {AT_NOON}."
    ]
    assert world.south.alliances.count() == 2


def test_act_undone_is_told_in_the_history(world, moved, as_person):
    undo(as_person("owen"), moved)

    told = AuditRecord.objects.get(act="undid")
    done = [told.by, told.subject_type, told.subject_id, told.detail]
    subject = ["alliances.programme", world.programme.pk]
    assert done == [world.person("owen"), *subject, {"undone": moved.pk}]


def test_one_that_was_moved_alone_goes_back(world, as_person):
    act = actions.place_alliance(alliance=world.abbot, by=world.person("owen"), region="Shore")

    undo(as_person("owen"), act)

    world.abbot.refresh_from_db()
    assert world.abbot.region == act.detail["was"]["region"]


@pytest.mark.parametrize(("name", "status"), [("nadia", 403), ("leah", 404)])
def test_who_may_not_move_alliances_may_not_move_them_back(world, moved, as_person, name, status):
    answer, _ = undo(as_person(name), moved)

    assert answer.status_code == status
    assert set(world.midlands.alliances.all()) > {world.abbot, jurassic(world)}


def test_alliances_moved_long_ago_by_somebody_else_go_back(world, moved, as_person):
    role = {"role": Role.NATIONAL_TEAM, "scope": world.programme}
    actions.assign(user=world.person("zoe"), by=None, starts_on=SINCE, **role)

    with time_machine.travel(NOON):
        answer = undo(as_person("zoe"), moved)

    assert said(answer) == ["Undone. 2 alliances are back where they were."]
    assert set(world.south.alliances.all()) == {world.abbot, jurassic(world)}


def test_act_that_cannot_be_undone_is_not_there(world, as_person):
    named = actions.name_lead(
        alliance=world.abbot, name="A", email="a@example.org", by=world.person("owen")
    )
    act = AuditRecord.objects.get(act="named", subject_id=named.pk)

    answer, _ = undo(as_person("owen"), act)

    assert answer.status_code == 404


def test_who_may_do_it_no_more_may_not_undo_it(world, moved, as_person):
    role = world.person("owen").assignments.get()
    actions.end_assignment(assignment=role, by=None, on=timezone.localdate())

    answer, _ = undo(as_person("owen"), moved)

    assert answer.status_code == 404


@pytest.mark.parametrize("here", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_button_leads_to_no_other_site(moved, as_person, here):
    answer, _ = undo(as_person("owen"), moved, here)

    assert answer.url == reverse("home")


# The record of an alliance


def described(world, by: str = "leah", **wanted) -> AuditRecord:
    """What somebody says of George Abbot's alliance on its form."""
    alliance = Alliance.objects.get(pk=world.abbot.pk)
    return actions.describe_alliance(alliance=alliance, by=world.person(by), **wanted)


def record(world) -> dict:
    """What the record of George Abbot's alliance says, as it is kept."""
    alliance = Alliance.objects.get(pk=world.abbot.pk)
    names = [field.name for field in Alliance._meta.concrete_fields if field.name not in UNSAID]
    return said_of(alliance, [*names, *LISTED])


UNSAID = {"id", "programme", "key"}


def test_record_of_an_alliance_is_as_it_was(world, as_person):
    Partner.objects.create(alliance=world.abbot, kind="university", name="University of Surrey")
    before = record(world)
    act = described(
        world,
        name="Guildford Alliance",
        other_names=["Abbot's"],
        universities=["King's College", "University of Surrey"],
        other_partners=[],
        link="https://www.example.org/coaching",
        phases=["primary"],
    )
    changed = record(world)

    answer = undo(as_person("leah"), act)

    assert said(answer) == ["Undone. The record of the alliance is as it was."]
    assert changed["other_names"] == ["Abbot's", before["name"]]
    assert record(world) == before


def test_what_the_act_did_not_touch_stays_as_it_is_now(world, as_person):
    before = record(world)
    act = described(world, area="Surrey")
    described(world, context="Twelve schools.")

    undo(as_person("leah"), act)

    assert record(world) == before | {"context": "Twelve schools."}


@pytest.mark.parametrize(
    ("name", "status"),
    [("owen", 302), ("sam", 403), ("faye", 403), ("nadia", 403), ("ravi", 404), ("zoe", 404)],
)
def test_record_is_undone_by_who_may_change_it_however_long_ago(world, as_person, name, status):
    act = described(world, area="Surrey")

    with time_machine.travel(NOON):
        answer, _ = undo(as_person(name), act)

    assert answer.status_code == status
    assert (record(world)["area"] == "Surrey") == (status != 302)


@pytest.mark.parametrize(("name", "status"), [("leah", 403), ("owen", 302)])
def test_place_that_the_national_team_gave_is_undone_by_the_national_team(
    world, as_person, name, status
):
    before = record(world)
    act = described(world, by="owen", area="Surrey", cluster=world.midlands)

    answer, _ = undo(as_person(name), act)

    assert answer.status_code == status
    assert (record(world) == before) == (status == 302)


def test_record_that_was_changed_since_stays_and_says_by_whom(world, as_person):
    act = described(world, area="Surrey", link="https://a.example.org")
    with time_machine.travel(NOON):
        described(world, by="owen", area="Kent", link="https://b.example.org", context="Else")
    before = record(world)

    answer = undo(as_person("leah"), act)

    both = "the area and link to further material"
    assert said(answer) == [
        f"Nothing was undone. Owen Pryce changed {both} of {world.abbot} on {AT_NOON}."
    ]
    assert record(world) == before


def test_record_that_was_changed_since_by_no_act_stays(world, as_person):
    act = described(world, area="Surrey")
    Alliance.objects.filter(pk=world.abbot.pk).update(area="Kent")

    answer = undo(as_person("leah"), act)

    left = f"The record of {world.abbot} does not say any more what this left there (area)."
    assert said(answer) == [f"Nothing was undone. {left}"]


def test_record_that_was_changed_to_something_else_and_back_stays(world, as_person):
    act = described(world, area="Surrey")
    described(world, area="Kent")
    with time_machine.travel(NOON):
        described(world, area="Surrey")

    answer = undo(as_person("leah"), act)

    assert said(answer) == [
        f"Nothing was undone. Leah Marsh changed the area of {world.abbot} on {AT_NOON}."
    ]


def test_former_name_that_another_alliance_bears_by_now_is_not_given_back(world, as_person):
    former = world.abbot.name
    act = described(world, name="Guildford Alliance")
    actions.describe_alliance(alliance=jurassic(world), name=former.upper(), by=None)

    answer = undo(as_person("leah"), act)

    assert said(answer) == [f"Nothing was undone. Another alliance is called {former} by now."]


def test_changes_are_undone_one_after_the_other_and_the_undoing_too(world, as_person):
    leah, records = as_person("leah"), [record(world)]
    acts = []
    for area in ("Surrey", "Kent"):
        acts.append(described(world, area=area))
        records.append(record(world))

    first, second = acts
    undo(leah, second)
    undo(leah, first)
    undone = AuditRecord.objects.filter(act="described").latest("pk")
    at_first = record(world)
    undo(leah, undone)

    assert (at_first, record(world)) == (records[0], records[1])
    assert undone.detail["undoes"] == first.pk


def test_what_an_import_changed_is_not_there(world, as_person):
    act = actions.describe_alliance(alliance=world.abbot, name="Guildford Alliance", by=None)

    answer, _ = undo(as_person("leah"), act)

    assert answer.status_code == 404


def test_change_made_before_changes_were_kept_is_not_there(world, as_person):
    act = described(world, area="Surrey")
    AuditRecord.objects.filter(pk=act.pk).update(detail={})

    answer, _ = undo(as_person("leah"), act)

    assert answer.status_code == 404


# Roles


def test_role_that_ended_longer_ago_does_not_go_on(uma_left, as_person):
    act = AuditRecord.objects.filter(act="ended").latest("pk")

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        answer, _ = undo(as_person("leah"), act)

    assert answer.status_code == 404


def test_role_that_somebody_else_ended_is_not_there(uma_left, as_person):
    answer, _ = undo(as_person("owen"), AuditRecord.objects.filter(act="ended").latest("pk"))

    assert answer.status_code == 404


@pytest.fixture
def uma_left(world, as_person):
    """Leah ends Uma's role; the answer of the page."""
    role = world.person("uma").assignments.get()
    return as_person("leah").post(reverse("assignment-end", args=[role.pk]))


def test_role_that_was_ended_goes_on(world, uma_left, as_person):
    act, leah = AuditRecord.objects.get(act="ended", by=world.person("leah")), as_person("leah")
    people = reverse("people", args=[world.abbot.pk])

    _, told = undo(leah, act, people)

    assert uma_left.url == people
    assert "Undone. The role of Uma Rao goes on." in told
    assert world.person("uma").assignments.get().ends_on is None


def test_page_after_a_role_has_ended_offers_to_undo_it(world, as_person):
    role, leah = world.person("uma").assignments.get(), as_person("leah")

    page = leah.post(reverse("assignment-end", args=[role.pk]), follow=True)

    act = AuditRecord.objects.get(act="ended", by=world.person("leah"))
    html = page.content.decode()
    assert f'action="{reverse("undo", args=[act.pk])}"' in html
    people = reverse("people", args=[world.abbot.pk])
    assert f'<input type="hidden" name="next" value="{people}">' in html


def test_role_given_again_meanwhile_stays_as_it_is(world, uma_left, as_person):
    uma = world.person("uma")
    actions.assign(user=uma, role=Role.HEI_PARTNER, scope=world.abbot, by=None, starts_on=SINCE)
    act = AuditRecord.objects.get(act="ended", by=world.person("leah"))

    _, told = undo(as_person("leah"), act)

    assert "Nothing was undone. The role has changed since." in told


def test_role_that_was_changed_into_another_does_not_go_on_beside_it(world, as_person):
    role = world.person("tom").assignments.get()
    actions.change_role(
        assignment=role, role=Role.SCHOOL_LEAD, by=world.person("leah"), on=timezone.localdate()
    )
    act = AuditRecord.objects.get(act="ended", by=world.person("leah"))

    _, told = undo(as_person("leah"), act)

    assert "Nothing was undone." in told
    assert world.person("tom").assignments.current().get().role == Role.SCHOOL_LEAD


# Passages


@pytest.fixture
def passage(world) -> Passage:
    edition = begin_edition(programme=world.programme, theme=None, by=world.person("owen"))
    return edition.passages.first()


def left_out(client, passage: Passage):
    """Leave a passage out by its form; the page that follows."""
    sent = {"heading": passage.heading, "words": passage.words, "version": passage.version}
    sent["reason"] = "Told elsewhere."
    return client.post(reverse("passage", args=[passage.key]), sent, follow=True)


def test_passage_left_out_comes_back_in(world, passage, as_person):
    owen = as_person("owen")
    left_out(owen, passage)
    act = AuditRecord.objects.get(act="reworded")

    _, told = undo(owen, act)

    passage.refresh_from_db()
    assert "Undone. The passage is as it was." in told
    assert [passage.is_included, passage.reason] == [True, ""]


def test_passage_changed_since_stays_as_it_is(world, passage, as_person):
    owen = as_person("owen")
    left_out(owen, passage)
    act = AuditRecord.objects.get(act="reworded")
    Passage.objects.filter(pk=passage.pk).update(words="Others.")

    _, told = undo(owen, act)

    assert "Nothing was undone. Somebody has changed the passage since." in told
