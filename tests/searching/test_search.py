"""Everything that somebody may read is found by its words, and nothing else."""

from uuid import uuid4

import pytest
from django.urls import reverse

from alliances.models import User
from alliances.searching.finding import Search
from alliances.searching.sources import reader
from enquiries.actions import bring_back, save_sheet, withdraw
from enquiries.models import Challenge, NextStep, Trial
from tests import desk
from tests.access.cast import SIGNED_IN, gather
from tests.reports.filled import fill_in
from tests.world import log

PLACES = {"alliance": "", "cluster": "", "theme": ""}


def titles(world, name: str, text: str, kind: str = "", **where) -> list[str]:
    found = Search(reader(world.person(name)).narrowed(**PLACES | where), text, kind)
    return [result.lead.title for result in found[0:50]]


@pytest.fixture
def trial(world) -> Trial:
    return world.cycle.trials.get()


@pytest.mark.parametrize("typed", ["planning", "Plánning", "PLANNED", "paired planning"])
def test_a_trial_is_found_however_its_words_are_written(world, typed):
    assert "Trial: Paired planning" in titles(world, "leah", typed, "log")


def test_accents_of_what_was_written_do_not_matter(world):
    log(NextStep, enquiry=world.enquiry, text="Meet at the Café Zoë", by=world.person("leah"))

    (found,) = Search(reader(world.person("leah")), "cafe zoe")[0:9]

    assert [piece.text for piece in found.pieces if piece.is_marked] == ["Café", "Zoë"]


def test_either_spelling_is_found(world):
    log(NextStep, enquiry=world.enquiry, text="Analyse the colours", by=world.person("leah"))

    assert titles(world, "leah", "analyze colors") == ["Next step: Analyse the colours"]


def test_a_title_counts_more_than_what_is_below_it(world):
    by = world.person("leah")
    log(Challenge, enquiry=world.enquiry, challenge="Rain", response="Umbrellas, quokka", by=by)
    given = dict.fromkeys(("done", "experienced", "reflection", "recommendation"), "Rain")
    log(Trial, cycle=world.cycle, by=by, held_on="2026-02-03", strategy="Quokka", **given)

    assert titles(world, "leah", "quokka") == ["Trial: Quokka", "Challenge: Rain"]


def test_withdrawn_is_not_found_until_it_is_brought_back(world, trial):
    leah = world.person("leah")

    withdraw(record=trial, reason="Twice", by=leah)
    without = titles(world, "leah", "paired planning", "log")
    bring_back(record=trial, by=leah)

    assert without == []
    assert titles(world, "leah", "paired planning", "log") == ["Trial: Paired planning"]


def test_what_is_reworded_is_found_by_its_new_words_alone(world, trial):
    save_sheet(
        Trial,
        place={"enquiry": world.enquiry, "key": trial.key},
        seen={"with_whom": trial.with_whom},
        wanted={"with_whom": "Quokka"},
        by=world.person("leah"),
    )

    assert titles(world, "leah", "mixed groups", "log") == []
    assert titles(world, "leah", "quokka") == ["Trial: Paired planning"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *((name, 1) for name in ("leah", "sam", "tom", "faye", "nell")),
        *((name, 0) for name in ("owen", "hana", "uma", "ravi", "marcus", "nadia", "pat", "zoe")),
    ],
)
def test_a_word_of_a_log_is_found_by_those_who_read_it(world, name, found):
    gather(world)
    log(NextStep, enquiry=world.enquiry, text="Quokkas", by=world.person("leah"))

    assert len(titles(world, name, "quokka")) == found


def test_a_word_one_letter_wrong_is_met_by_the_word_that_was_meant(world):
    leah, ravi = world.person("leah"), world.person("ravi")
    log(NextStep, enquiry=world.enquiry, text="Quokkas everywhere", by=leah)

    assert Search(reader(leah), "quokkaz everywhere").suggestion == "quokkas everywhere"
    assert Search(reader(ravi), "quokkaz everywhere").suggestion == ""


def test_nothing_is_suggested_where_something_is_found(world):
    assert Search(reader(world.person("leah")), "planning").suggestion == ""


@pytest.mark.parametrize("text", ["", "   ", "!!!", "the", "\x00"])
def test_nothing_is_found_by_what_is_no_word(world, text):
    assert titles(world, "leah", text) == []


def test_places_narrow_what_is_found(world):
    text = "tsa"
    everywhere = titles(world, "owen", text, "alliance")

    here = titles(world, "owen", text, "alliance", alliance=str(world.abbot.pk))
    south = titles(world, "owen", text, "alliance", cluster=str(world.south.pk))
    theme = titles(world, "owen", text, "alliance", theme=str(world.abbot.theme_id))

    assert here == [world.abbot.name]
    assert sorted(south) == sorted(a.name for a in world.south.alliances.all())
    assert set(theme) < set(everywhere)
    assert world.abbot.name in theme


def test_a_published_case_study_is_found_by_everybody_until_it_is_withdrawn(world):
    desk.published(world)

    assert titles(world, "zoe", "planning pairs") == ["Planning in pairs"]


@pytest.fixture
def full(world):
    """The world with every form filled in, a published case study, and all who come to the walk."""
    fill_in(world.other_enquiry, world.other_enquiry.cycles.last(), world.person("ravi"))
    gather(world)
    desk.published(world)
    return world


def test_every_result_leads_to_a_page_that_its_finder_may_open(full, as_person):
    """By common words, everything that each of the cast finds."""
    refused, opened = {}, {}

    for name in SIGNED_IN:
        client, person = as_person(name), full.person(name)
        urls = set()
        for text in ("school", "planning", "answered"):
            found = Search(reader(person), text)
            urls |= {result.lead.url for result in found[0:1000]}
        opened[name] = len(urls)
        answers = {url: client.get(url).status_code for url in sorted(urls)}
        refused |= {(name, url): code for url, code in answers.items() if code != 200}

    assert refused == {}
    assert opened["nadia"] > opened["zoe"] == 1
    assert opened["ravi"] > 10


# The page


def test_page_tells_results_with_marks(world, as_person):
    page = as_person("leah").get(reverse("search"), {"q": "paired planning"}).content.decode()

    assert "<mark>Paired</mark> <mark>planning</mark>" in page
    assert f"/forms/trial/{world.cycle.trials.get().key}/" in page


def test_page_offers_the_word_that_was_meant(world, as_person):
    page = as_person("tom").get(reverse("search"), {"q": "pláning"})

    assert 'Did you mean <a class="govuk-link" href="?q=planning">planning</a>' in (
        page.content.decode()
    )


@pytest.mark.parametrize("given", [{"kind": "nothing"}, {"alliance": "x"}, {"page": "99"}])
def test_page_takes_what_it_does_not_know_for_nothing(world, as_person, given):
    page = as_person("owen").get(reverse("search"), {"q": "tsa", **given})

    assert page.status_code == 200
    assert (
        page.context["page"].paginator.count == Search(reader(world.person("owen")), "tsa").count()
    )


def test_page_has_as_many_queries_for_three_as_for_one(world, as_person, django_assert_num_queries):
    client, leah = as_person("leah"), world.person("leah")

    for number in (1, 3):
        while number > world.enquiry.next_steps.filter(text__contains="Quokka").count():
            text = f"Quokka {uuid4()}"
            log(NextStep, enquiry=world.enquiry, text=text, by=leah)
        with django_assert_num_queries(6):
            page = client.get(reverse("search"), {"q": "quokka"})
        assert page.context["page"].paginator.count == number


def test_of_very_many_alliances_a_cluster_is_chosen_first(world, as_person, monkeypatch):
    most = world.south.alliances.count()
    monkeypatch.setattr("alliances.searching.forms.MOST_TO_CHOOSE_FROM", most)
    owen, south = as_person("owen"), str(world.south.pk)

    everywhere = owen.get(reverse("search"))
    inside = owen.get(reverse("search"), {"cluster": south})

    assert "alliance" not in everywhere.context["form"].fields
    offered = [pk for pk, _ in inside.context["form"].fields["alliance"].choices if pk]
    assert sorted(map(int, offered)) == sorted(a.pk for a in world.south.alliances.all())


def test_reading_of_what_was_opened_is_put_down(world, as_person):
    gather(world)
    nell = User.objects.get(email="nell@example.org")

    as_person("nell").get(reverse("search"), {"q": "listened"})

    (read,) = nell.reads.all()
    assert (read.page, read.alliance_id) == ("GET search", world.abbot.pk)
