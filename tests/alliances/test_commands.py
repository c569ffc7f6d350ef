"""What is done from the command line: clusters, facilitators and national staff, suspension."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from alliances.models import Invitation
from alliances.roles import Role


def said(name: str, *arguments, **options) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


def test_invite_to_a_cluster_prints_the_link(world):
    printed = said("invite", "fran@example.org", role="facilitator", cluster="South")

    kept = Invitation.objects.get()
    assert (kept.role, kept.scope) == (Role.FACILITATOR, world.south)
    assert printed == f"https://enquiry.example{reverse('invitation', args=[kept.token])}\n"


def test_invite_to_a_programme(world):
    said("invite", "nell@example.org", role="nctl")

    assert Invitation.objects.get().scope == world.programme


def test_invite_of_a_facilitator_without_a_cluster_names_those_there_are(world):
    with pytest.raises(CommandError) as refused:
        said("invite", "fran@example.org", role="facilitator")

    assert str(refused.value) == "Name a cluster with --cluster. Known: Midlands, South."


@pytest.mark.parametrize("command", ["invite", "form_cluster"])
def test_command_without_a_programme_says_so(db, command):
    arguments = {
        "invite": ["a@example.org", "--role", "nctl"],
        "form_cluster": ["North", "jurassic"],
    }

    with pytest.raises(CommandError) as refused:
        said(command, *arguments[command])

    assert str(refused.value) == (
        "Import a programme first, or name the one meant with --programme."
    )


def test_form_cluster_moves_the_alliances_named(world):
    printed = said("form_cluster", "North", "jurassic", "affinity")

    north = world.programme.clusters.get(name="North")
    assert [alliance.key for alliance in north.alliances.all()] == ["affinity", "jurassic"]
    assert printed == "North: Affinity TSA, Jurassic Coast TSA\n"


def test_form_cluster_with_an_unknown_key_changes_nothing(world):
    with pytest.raises(CommandError) as refused:
        said("form_cluster", "North", "jurassic", "nowhere")

    assert str(refused.value) == "No alliance has the key nowhere."
    assert world.programme.clusters.filter(name="North").count() == 0


def test_suspended_person_is_shut_out_at_the_next_request(world, as_person):
    leah = as_person("leah")

    said("suspend", "Leah@Example.org")

    assert leah.get(reverse("my-week")).status_code == 302


def test_suspend_of_nobody_is_refused(db):
    with pytest.raises(CommandError) as refused:
        said("suspend", "nobody@example.org")

    assert str(refused.value) == "Nobody has that address."
