"""An act of one's own is undone as long as nothing of it has changed since."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.models import AuditRecord
from alliances.roles import Role
from reports.actions import begin_edition
from reports.models import Passage
from tests.pages import text
from tests.world import SINCE


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
    actions.place_alliance(alliance=world.abbot, by=world.person("owen"), cluster=None)

    _, told = undo(as_person("owen"), moved)

    assert f"Nothing was undone. {world.abbot} has been moved since." in told
    assert not world.south.alliances.exists()


def test_nothing_goes_back_to_a_cluster_that_is_there_no_more(world, moved, as_person):
    world.south.delete()

    _, told = undo(as_person("owen"), moved)

    assert f"{world.abbot} was in a place that is there no more" in told


def test_what_is_undone_is_not_undone_again(world, moved, as_person):
    owen = as_person("owen")
    undo(owen, moved)

    _, told = undo(owen, moved)

    assert "Nothing was undone." in told
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


@pytest.mark.parametrize(("name", "status"), [("nadia", 404), ("leah", 404)])
def test_act_of_somebody_else_is_not_there(world, moved, as_person, name, status):
    answer, _ = undo(as_person(name), moved)

    assert answer.status_code == status


def test_act_of_longer_ago_is_not_undone(world, moved, as_person):
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        answer, _ = undo(as_person("owen"), moved)

    assert answer.status_code == 404


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


# Roles


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
