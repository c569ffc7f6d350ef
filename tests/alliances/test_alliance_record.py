"""The record of an alliance (F01): its names and partners, and its place in the programme."""

import pytest

from alliances.models import Alliance, AuditRecord


@pytest.fixture
def url(world):
    return f"/alliances/{world.abbot.pk}/edit/"


def opened(client, url) -> dict:
    """What a person's form would send back untouched."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    lines = {n: "\n".join(v) for n, v in values.items() if isinstance(v, list)}
    return {name: "" if value is None else value for name, value in (values | lines).items()}


def names(alliance) -> list[str]:
    return list(alliance.other_names.values_list("name", flat=True))


def test_lead_describes_the_alliance_and_its_former_name_stays(world, as_person, url, acts):
    leah = as_person("leah")
    former = world.abbot.name
    typed = opened(leah, url) | {
        "name": "Guildford Alliance",
        "other_names": "Abbot's",
        "universities": "University of Surrey\n\nKing's College",
        "other_partners": "Guildford Museum",
        "link": "https://www.example.org/coaching",
    }

    response = leah.post(url, typed)

    alliance = Alliance.objects.get(pk=world.abbot.pk)
    assert response.url == f"/alliances/{alliance.pk}/"
    assert (alliance.name, alliance.link) == (
        "Guildford Alliance",
        "https://www.example.org/coaching",
    )
    assert names(alliance) == ["Abbot's", former]
    assert list(alliance.partners.values_list("kind", "name")) == [
        ("other", "Guildford Museum"),
        ("university", "University of Surrey"),
        ("university", "King's College"),
    ]
    assert [act[0] for act in acts()] == ["described"]


def test_page_after_the_record_is_saved_offers_to_undo_it(world, as_person, url):
    leah = as_person("leah")

    page = leah.post(url, opened(leah, url) | {"area": "Surrey"}, follow=True)

    act = AuditRecord.objects.get(act="described", alliance=world.abbot, by=world.person("leah"))
    shown = [(str(said), said.extra_tags) for said in page.context["messages"]]
    assert shown == [("The record of the alliance is saved.", f"undo /acts/{act.pk}/undo/")]


def test_what_is_sent_back_untouched_changes_nothing(world, as_person, url, acts):
    leah, before = as_person("leah"), world.abbot.stand()

    page = leah.post(url, opened(leah, url), follow=True)

    shown = [(str(said), said.extra_tags) for said in page.context["messages"]]
    assert shown == [("The record was like this already. Nothing was changed.", "")]
    assert acts() == []
    assert Alliance.objects.get(pk=world.abbot.pk).stand() == before


def test_national_team_gives_an_alliance_its_place(world, as_person, url):
    owen = as_person("owen")
    elsewhere = world.programme.clusters.exclude(pk=world.abbot.cluster_id).first()

    owen.post(url, opened(owen, url) | {"cluster": elsewhere.pk, "region": "North"})

    alliance = Alliance.objects.get(pk=world.abbot.pk)
    assert (alliance.cluster, alliance.region) == (elsewhere, "North")


def test_lead_cannot_move_the_alliance(world, as_person, url):
    leah, place = as_person("leah"), world.abbot.cluster
    elsewhere = world.programme.clusters.exclude(pk=place.pk).first()

    leah.post(url, opened(leah, url) | {"cluster": elsewhere.pk})

    form = leah.get(url).context["form"]
    assert set(form.fields) & {"theme", "cohort", "region", "cluster"} == set()
    assert Alliance.objects.get(pk=world.abbot.pk).cluster == place


def test_name_of_another_alliance_is_refused(world, as_person, url):
    leah = as_person("leah")
    taken = world.programme.alliances.exclude(pk=world.abbot.pk).first().name

    response = leah.post(url, opened(leah, url) | {"name": taken.upper()})

    assert response.context["form"].errors == {
        "name": ["Another alliance of the programme has this name"]
    }


def test_two_people_on_one_record_undo_nothing_unseen(world, as_person, url):
    leah, owen = as_person("leah"), as_person("owen")
    leahs, owens = opened(leah, url), opened(owen, url)
    owen.post(url, owens | {"region": "North"})

    refused = leah.post(url, leahs | {"area": "Surrey"})
    again = leah.post(
        url, leahs | {"area": "Surrey", "seen": refused.context["form"]["seen"].value()}
    )

    alliance = Alliance.objects.get(pk=world.abbot.pk)
    assert (refused.status_code, again.status_code) == (422, 302)
    assert (alliance.area, alliance.region) == ("Surrey", "North")
