"""Examples of key messages, and findings put to those who took part."""

from uuid import uuid4

import pytest

from enquiries.actions import (
    FindingSettled,
    give_verdict,
    move_finding,
    save_sheet,
    word_finding,
)
from enquiries.findings.queries import Mark, coverage, findings_waiting_for
from enquiries.models import Finding, Listing, MessageExample, Verdict
from tests.pages import errors_said, queries_of, typed

ASKED, PUBLISHED = Finding.State.ASKED, Finding.State.PUBLISHED


def word(world, text="Heads who ask see change sooner.") -> Finding:
    return word_finding(
        programme=world.programme, text=text, message="km6", by=world.person("owen")
    )


def put(world, finding: Finding, to=ASKED) -> Finding:
    return move_finding(finding=finding, to=to, by=world.person("owen"), seen=finding.wording)


def say(world, finding: Finding, name: str, affirmed="yes", **said) -> Verdict:
    return give_verdict(finding=finding, by=world.person(name), affirmed=affirmed, **said)


def example(world, enquiry, codes: list[str], *, is_anonymous=False) -> MessageExample:
    return save_sheet(
        MessageExample,
        place={"enquiry": enquiry, "key": uuid4()},
        seen={},
        wanted={"messages": codes, "text": "The head came.", "is_anonymous": is_anonymous},
        by=world.person("leah"),
    )


def marks(world, *, named=True) -> dict[str, dict[str, Mark]]:
    """By alliance, its marks by message, those that say something."""
    matrix = coverage(world.programme.alliances.all(), named=named)
    codes = [covered.message.code for covered in matrix.messages]
    return {
        alliance.key: {
            code: mark for code, mark in zip(codes, row, strict=True) if mark != Mark(0, False)
        }
        for alliance, row in matrix.rows
    }


@pytest.fixture
def no_listing(world):
    """The programme as if its printed report had named nobody."""
    Listing.objects.update(key_messages=[])
    return world


# Findings


@pytest.mark.parametrize(
    ("moves", "state"),
    [([], "draft"), ([ASKED], "asked"), ([ASKED, PUBLISHED], "published"), ([ASKED] * 2, "asked")],
)
def test_finding_moves_forwards(world, moves, state):
    finding = word(world)

    for to in moves:
        put(world, finding, to)

    finding.refresh_from_db()
    assert finding.state == state


def test_nobody_words_a_finding_over_words_they_have_not_seen(world, as_person):
    finding = word(world, "Heads ask.\r\nStaff see.")
    owen, url = as_person("owen"), f"/findings/{finding.pk}/edit/"
    first, second = typed(owen.get(url)), typed(owen.get(url))
    message = {"message": "km6"}

    saved = owen.post(url, {**first, **message, "text": "Heads listen."})
    refused = owen.post(url, {**second, **message, "text": "Heads wait."})
    between = Finding.objects.get().text
    again = owen.post(url, {**typed(refused), **message})

    assert (saved.status_code, refused.status_code, again.status_code) == (302, 422, 302)
    assert (between, Finding.objects.get().text) == ("Heads listen.", "Heads wait.")
    assert "“Heads listen.”" in errors_said(refused)["text"]


def test_nobody_puts_words_to_participants_that_they_have_not_read(world, as_person):
    finding, owen = word(world, "Heads ask."), as_person("owen")
    url = f"/findings/{finding.pk}/"
    read = typed(owen.get(url))
    owen.post(f"{url}edit/", {**typed(owen.get(f"{url}edit/")), "text": "Heads wait."})

    owen.post(f"{url}move/", read)
    unread = Finding.objects.get().state
    owen.post(f"{url}move/", typed(owen.get(url)))

    assert (unread, Finding.objects.get().state) == ("draft", "asked")


def test_finding_sent_twice_is_one_draft(world):
    assert word(world) == word(world)


@pytest.mark.parametrize(("before", "to"), [([], PUBLISHED), ([ASKED], "draft"), ([], "nonsense")])
def test_finding_never_skips_nor_goes_back(world, before, to):
    finding = word(world)
    for each in before:
        put(world, finding, each)

    with pytest.raises(FindingSettled):
        put(world, finding, to)


def test_words_put_to_participants_are_fixed(world):
    finding = put(world, word(world))

    with pytest.raises(FindingSettled):
        word_finding(
            programme=world.programme,
            finding=finding,
            text="Other",
            message="",
            by=world.person("owen"),
        )


def test_verdict_given_twice_is_the_last(world):
    finding = put(world, word(world))

    say(world, finding, "leah", not_so="Not in ours")
    say(world, finding, "leah", "no")

    verdict = Verdict.objects.get()
    assert (verdict.affirmed, verdict.not_so) == ("no", "Not in ours")


@pytest.mark.parametrize("moves", [[], [ASKED, PUBLISHED]])
def test_verdict_is_given_only_while_asked_for(world, moves):
    finding = word(world)
    for to in moves:
        put(world, finding, to)

    with pytest.raises(FindingSettled):
        say(world, finding, "leah")


def test_drafts_are_the_national_teams_alone(world, as_person):
    word(world, "A draft")
    put(world, word(world, "An asked one"))

    shown = as_person("leah").get("/findings/").context["findings"]

    assert [finding.text for finding in shown] == ["An asked one"]


def test_counts_stand_beside_each_finding(world, as_person):
    finding = put(world, word(world))
    for name, affirmed in [("leah", "yes"), ("sam", "yes"), ("ravi", "partly"), ("faye", "no")]:
        say(world, finding, name, affirmed)

    (shown,) = (
        as_person("owen").get(f"/programmes/{world.programme.pk}/findings/").context["findings"]
    )

    assert (shown.yes, shown.partly, shown.no) == (2, 1, 1)


def test_who_said_what_is_not_shown(world, as_person):
    finding = put(world, word(world))
    say(world, finding, "leah", "no", missing="Time")

    page = as_person("owen").get(f"/findings/{finding.pk}/").content.decode()

    assert ("Time" in page, "Leah" in page) == (True, False)


def test_findings_wait_for_those_who_have_not_answered(world):
    findings = [put(world, word(world, text)) for text in ("One", "Two")]
    say(world, findings[0], "leah")

    waiting = {
        name: findings_waiting_for(world.person(name)).count()
        for name in ("leah", "sam", "hana", "owen")
    }

    assert waiting == {"leah": 1, "sam": 2, "hana": 2, "owen": 0}


# Examples of messages


def test_matrix_counts_tagged_examples(no_listing):
    world = no_listing
    example(world, world.enquiry, ["km1", "km6"])
    example(world, world.enquiry, ["km6"])
    example(world, world.other_enquiry, ["km13"])

    assert marks(world) == {
        "affinity": {},
        "centralbeds": {"km13": Mark(1, False)},
        "georgeabbot": {"km1": Mark(1, False), "km6": Mark(2, False)},
        "jurassic": {},
    }


def test_printed_names_stand_beside_examples(world):
    world.enquiry.listing.key_messages = ["km2"]
    world.enquiry.listing.save()
    example(world, world.enquiry, ["km2"])

    assert marks(world)["georgeabbot"] == {"km2": Mark(1, True)}


@pytest.mark.parametrize(
    ("named", "row", "unnamed"), [(True, {"km13": Mark(1, False)}, 0), (False, {}, 1)]
)
def test_anonymous_examples_are_counted_without_their_alliance(no_listing, named, row, unnamed):
    world = no_listing
    example(world, world.enquiry, ["km13"], is_anonymous=True)

    matrix = coverage(world.programme.alliances.all(), named=named)

    assert marks(world, named=named)["georgeabbot"] == row
    assert [each.unnamed for each in matrix.messages if each.message.code == "km13"] == [unnamed]


# Queries


@pytest.mark.parametrize("many", [1, 3])
def test_pages_cost_the_same_however_many(world, as_person, many):
    for number in range(many):
        finding = put(world, word(world, f"Finding {number}"))
        say(world, finding, "leah")
        example(world, world.enquiry, ["km1"])
    listed = f"/programmes/{world.programme.pk}"

    counts = {
        "asked": queries_of(as_person("leah"), "/findings/"),
        "list": queries_of(as_person("owen"), f"{listed}/findings/"),
        "one": queries_of(as_person("owen"), f"/findings/{finding.pk}/"),
        "matrix": queries_of(as_person("owen"), f"{listed}/messages/"),
    }

    assert counts == {"asked": 3, "list": 5, "one": 8, "matrix": 7}
