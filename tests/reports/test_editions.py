"""Editors arrange, word and choose; what they decide is what is issued."""

import json
from dataclasses import asdict
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from alliances.content import words as content
from alliances.models import AuditRecord
from enquiries.actions import give_verdict, move_finding, save_sheet, word_finding
from enquiries.models import (
    Challenge,
    Finding,
    LeadershipEntry,
    Listing,
    MessageExample,
    Quotation,
)
from impact.disclosure import Ledger
from impact.models import Claim
from reports.actions import (
    RewordedMeanwhile,
    add_passage,
    begin_edition,
    build_report,
    cancel_report,
    choose,
    issue_edition,
    move_passage,
    title_edition,
    word_passage,
)
from reports.builders import build_edition
from reports.builders.edition import OWN
from reports.editions import issues_of
from reports.models import Choice, Edition, Passage, Report
from reports.rendering import body_html, render_checked_pdf
from reports.rendering.national import PARTS, edition_context
from reports.views.editions import READ_BEFORE
from tests.desk import published
from tests.journeys.visitor import text_of
from tests.pages import queries_of

APPENDICES = ["studies", "matrix", "programme", "methods"]
USUAL = [
    "summary",
    "alliances",
    "areas",
    "levels",
    "messages",
    "leadership",
    "challenges",
    "accounts",
    "affirmed",
    "questions",
    *APPENDICES,
]


@pytest.fixture
def owen(world):
    return world.person("owen")


@pytest.fixture
def edition(world, owen) -> Edition:
    theme = world.programme.themes.get(number=3)
    return begin_edition(programme=world.programme, theme=theme, by=owen)


@pytest.fixture
def overarching(world, owen) -> Edition:
    return begin_edition(programme=world.programme, theme=None, by=owen)


def parts(edition) -> list[str]:
    return [passage.part or passage.heading for passage in edition.passages.all()]


def reword(passage, by, **changed) -> Passage:
    as_it_is = {
        "heading": passage.heading,
        "words": passage.words,
        "is_included": passage.is_included,
        "reason": passage.reason,
        "version": passage.version,
    }
    return word_passage(passage=passage, by=by, **(as_it_is | changed))


def example(
    world, enquiry, text="The head came.", *, messages=("km6",), is_anonymous=False
) -> MessageExample:
    return save_sheet(
        MessageExample,
        place={"enquiry": enquiry, "key": uuid4()},
        seen={},
        wanted={"messages": list(messages), "text": text, "is_anonymous": is_anonymous},
        by=world.person("leah"),
    )


def message(edition, code="km6"):
    return next(m for m in build_edition(edition).messages if m.code == code)


def headings(edition) -> list[str]:
    return [passage.heading for passage in build_edition(edition).passages]


# ---- arranging -------------------------------------------------------------------------------


def test_an_edition_begins_with_every_part_in_the_usual_order(edition):
    assert parts(edition) == USUAL
    assert (edition.title, edition.kind) == (edition.theme.title, "theme")


def test_an_edition_begun_twice_is_one(world, owen, edition):
    again = begin_edition(programme=world.programme, theme=edition.theme, by=world.person("owen"))

    assert again == edition
    assert Edition.objects.count() == 1


def test_the_overarching_report_has_no_theme_and_parts_of_its_own(overarching):
    assert (overarching.kind, overarching.theme) == ("overarching", None)
    assert [part for part in parts(overarching) if part not in USUAL] == [
        "cross-cutting",
        "national-challenges",
    ]


def test_a_passage_moves_one_place(edition, owen):
    move_passage(passage=edition.passages.get(part="areas"), up=True, by=owen)

    assert parts(edition)[:3] == ["summary", "areas", "alliances"]


@pytest.mark.parametrize(
    ("part", "up"),
    [("summary", True), ("questions", False), ("studies", True), ("methods", False)],
)
def test_a_passage_at_the_end_of_its_way_stays(edition, owen, part, up):
    move_passage(passage=edition.passages.get(part=part), up=up, by=owen)

    assert parts(edition) == USUAL


def test_an_appendix_moves_among_the_appendices(as_person, edition, owen):
    add_passage(edition=edition, key=UUID(int=5), heading="A word", words="Ours.", by=owen)
    move_passage(passage=edition.passages.get(part="methods"), up=True, by=owen)
    move_passage(passage=edition.passages.get(heading="A word"), up=True, by=owen)

    page = as_person("owen").get(reverse("edition", args=[edition.pk])).context

    body = [passage.part or passage.heading for passage in page["body"]]
    assert body == [*USUAL[: -len(APPENDICES) - 1], "A word", "questions"]
    assert [p.part for p in page["appendices"]] == ["studies", "matrix", "methods", "programme"]


def test_what_is_printed_as_an_appendix_is_ordered_as_one():
    appended = [p.code for p in content("reports", "parts").values() if p.extra["place"] != "body"]

    assert appended == [key for key in APPENDICES if PARTS[key].is_appendix]
    assert [key for key, part in PARTS.items() if part.is_appendix] == [
        "studies",
        "matrix",
        "statements",
        "programme",
        "methods",
    ]


def test_a_passage_of_the_editors_own_is_added_once(edition, owen):
    for _ in range(2):
        add_passage(edition=edition, key=UUID(int=5), heading="A word", words="Ours.", by=owen)

    assert parts(edition) == [*USUAL, "A word"]


def test_the_key_of_a_passage_of_another_edition_adds_nothing(as_person, edition, overarching):
    key = overarching.passages.first().key
    sent = {"key": key, "heading": "A word", "words": "Ours."}

    answer = as_person("owen").post(reverse("passage-new", args=[edition.pk]), sent)

    assert answer.status_code == 404
    assert parts(edition) == USUAL


def test_the_order_of_the_passages_is_that_of_the_report(edition, owen):
    move_passage(passage=edition.passages.get(part="messages"), up=True, by=owen)

    page = body_html("theme", asdict(build_edition(edition)))

    assert page.index('id="messages"') < page.index('id="levels"')


def test_tables_are_counted_in_the_order_of_the_passages(edition, owen):
    for _ in range(USUAL.index("challenges")):
        move_passage(passage=edition.passages.get(part="challenges"), up=True, by=owen)

    page = body_html("theme", asdict(build_edition(edition)))

    assert page.index("Table 1:</span> Challenges and what was done") > 0
    assert page.index("Table 2:</span> Alliances, their themes") > 0


def test_words_stand_before_what_is_drawn(edition, owen):
    reword(edition.passages.get(part="messages"), owen, words="First.\n\nSecond.")

    page = body_html("theme", asdict(build_edition(edition)))

    told = page[page.index('id="messages"') :]
    assert told.index("<p>First.</p><p>Second.</p>") < told.index("doc-message")


def test_a_passage_of_words_alone_is_a_section(edition, owen):
    add_passage(edition=edition, key=UUID(int=5), heading="A word", words="Ours.", by=owen)

    page = body_html("theme", asdict(build_edition(edition)))

    assert page.count("<p>Ours.</p>") == 1
    assert page.count("A word</h2>") == 1


def test_what_is_left_out_is_not_told(edition, owen):
    reword(edition.passages.get(part="matrix"), owen, is_included=False, reason="Too many rows.")

    assert "Key messages and the alliances cited" not in headings(edition)
    assert "Too many rows." not in body_html("theme", asdict(build_edition(edition)))


def test_what_is_left_out_is_in_none_of_the_data(world, overarching, owen):
    said = example(world, world.enquiry)
    before = build_edition(overarching)
    for passage in overarching.passages.all():
        reword(passage, owen, is_included=False, reason="Not now.")

    told = build_edition(overarching)

    names = {name for own in OWN.values() for name in own}
    assert {name for name in names if not getattr(before, name)} == {
        "findings",
        "research",
        "studies",
    }
    assert {name for name in names if getattr(told, name)} == set()
    assert said.text in json.dumps(asdict(before))
    assert said.text not in json.dumps(asdict(told))


def test_numbers_of_what_is_left_out_are_not_written_down_as_told(world, edition, owen):
    told = Ledger(3, 6)
    build_edition(edition, ledger=told)
    for part in ("accounts", "affirmed", "leadership"):
        reword(edition.passages.get(part=part), owen, is_included=False, reason="Not now.")
    untold = Ledger(3, 6)

    build_edition(edition, ledger=untold)

    assert len(told.told) > 0
    assert untold.told == []


def test_what_names_no_alliance_is_not_in_the_order_of_the_alliances(world, edition):
    for text in ("Wednesdays.", "Mondays."):
        example(world, world.enquiry, text, is_anonymous=True)
        challenge(world, text)

    told = build_edition(edition)

    challenges = [pair.first for pair in told.challenges]
    assert challenges == sorted(challenges, key=str.lower)
    assert challenges.index("Mondays.") < challenges.index("Wednesdays.")
    assert [e.first for e in message(edition).examples] == ["Mondays.", "Wednesdays."]


def test_who_reworded_what_is_put_on_record(edition, owen):
    reword(edition.passages.get(part="matrix"), owen, heading="Who shows what")

    record = AuditRecord.objects.get(act="reworded")
    assert record.by == owen
    assert (record.detail["before"]["heading"], record.detail["after"]["heading"]) == (
        "Key messages and the alliances cited",
        "Who shows what",
    )


def test_two_editors_of_one_passage_undo_nothing_unseen(edition, owen):
    opened = edition.passages.get(part="summary")
    reword(opened, owen, words="Hers.")

    with pytest.raises(RewordedMeanwhile):
        reword(opened, owen, words="His.")

    assert Passage.objects.get(pk=opened.pk).words == "Hers."


def test_saving_what_another_saved_alike_is_no_conflict(edition, owen):
    opened = edition.passages.get(part="summary")
    reword(opened, owen, words="The same.")

    reword(opened, owen, words="The same.")

    assert Passage.objects.get(pk=opened.pk).version == 2


def test_the_title_is_that_of_the_report(edition, owen):
    title_edition(edition=edition, title="Leading well", seen=edition.title, by=owen)

    edition.refresh_from_db()
    assert build_edition(edition).title == "Leading well"


def test_nobody_retitles_an_edition_over_a_title_they_have_not_seen(as_person, edition):
    address, seen = reverse("edition-title", args=[edition.pk]), edition.title
    first = as_person("owen").post(address, {"title": "Leading well", "seen": seen})

    second = as_person("owen").post(address, {"title": "Well led", "seen": seen})
    again = as_person("owen").post(address, {"title": "Well led", "seen": "Leading well"})

    edition.refresh_from_db()
    form = second.context["form"]
    assert [answer.status_code for answer in (first, second, again)] == [302, 422, 302]
    assert form.errors["title"] == ["Somebody else saved it meanwhile: “Leading well”"]
    assert form["seen"].value() == "Leading well"
    assert edition.title == "Well led"


# ---- what holds across the themes --------------------------------------------------------------


def across(edition, code="cc5"):
    return next(m for m in build_edition(edition).cross_cutting if m.code == code)


def challenge(world, text, *, kind=""):
    said = {"kind": kind, "challenge": text, "response": "We asked."}
    place = {"enquiry": world.enquiry, "key": uuid4()}
    return save_sheet(Challenge, place=place, seen={}, wanted=said, by=world.person("leah"))


def test_a_message_across_the_themes_has_the_examples_tagged_with_it(world, overarching):
    before = build_edition(overarching).cross_cutting
    example(world, world.enquiry, "Pairs met.", messages=["cc5", "km6"])

    told = across(overarching)

    assert [m.number for m in before] == list(range(1, 11))
    assert [m for m in before if m.examples or m.alliances] == []
    assert [(e.first, e.second) for e in told.examples] == [("Pairs met.", world.abbot.name)]
    assert told.alliances == [world.abbot.name]


def test_that_nobody_has_tagged_any_message_across_the_themes_is_said_once(overarching):
    page = body_html("overarching", asdict(build_edition(overarching)))

    assert page.count("No alliance has tagged an example with any of them yet.") == 1


def test_messages_across_the_themes_that_nobody_has_tagged_are_named_once(
    as_person, world, overarching
):
    said = Quotation.objects.filter(enquiry=world.enquiry).first()
    address = reverse("choice", args=[overarching.pk, "quotation", said.key])
    sent = {"is_included": "yes", "message": "cc5", "reason": "It says it."}
    as_person("owen").post(address, sent)

    told = edition_context(asdict(build_edition(overarching)))

    others = [m for m in content("enquiries", "cross-cutting").values() if m.code != "cc5"]
    assert told["untagged"] == [f"“{message.title}”" for message in others]


def test_a_quotation_is_told_under_a_message_across_the_themes(as_person, world, overarching):
    said = Quotation.objects.filter(enquiry=world.enquiry).first()
    address = reverse("choice", args=[overarching.pk, "quotation", said.key])
    sent = {"is_included": "yes", "message": "cc5", "reason": "It says it."}

    answer = as_person("owen").post(address, sent)
    listed = as_person("owen").get(reverse("choices", args=[overarching.pk, "quotation"]))

    (row,) = [row for row in listed.context["rows"] if row["record"] == said]
    assert answer.status_code == 302
    assert [q.first for q in across(overarching).quotations] == [said.text]
    assert row["message"].title == "Help peers learn"


def test_a_theme_report_takes_nothing_under_a_message_across_the_themes(as_person, world, edition):
    said = Quotation.objects.filter(enquiry=world.enquiry).first()
    address = reverse("choice", args=[edition.pk, "quotation", said.key])
    sent = {"is_included": "yes", "message": "cc5", "reason": "It says it."}

    assert as_person("owen").post(address, sent).status_code == 422
    assert build_edition(edition).cross_cutting == []


def test_national_challenges_have_what_alliances_logged_of_each(world, overarching):
    challenge(world, "Cover was dear.", kind="challenge-2")
    challenge(world, "Something else.")

    known = {known.title: known for known in build_edition(overarching).national_challenges}

    assert len(known) == 10
    assert [(c.first, c.second) for c in known.pop("Time").logged] == [
        ("Cover was dear.", "We asked.")
    ]
    assert [title for title, each in known.items() if each.logged] == []


def test_national_challenges_of_which_nothing_is_logged_are_named(world, overarching):
    challenge(world, "Cover was dear.", kind="challenge-2")

    told = edition_context(asdict(build_edition(overarching)))

    assert [each["first"] for each in told["logged"]] == ["Cover was dear."]
    assert len(told["unlogged"]) == 9
    assert told["unlogged"][:2] == [
        "Schools’ readiness and will to take part",
        "Leadership of R&D",
    ]


def test_strategic_questions_are_asked_until_they_are_left_out(overarching, owen):
    before = build_edition(overarching).strategic_questions
    questions = overarching.passages.get(part="questions")

    reword(questions, owen, is_included=False, reason="Answered since.")

    assert len(before) == 5
    assert build_edition(overarching).strategic_questions == []


# ---- what statements rest on -------------------------------------------------------------------


def test_statements_that_are_only_printed_are_listed_by_alliance(world, edition):
    claim = Claim.objects.filter(enquiry=world.enquiry).first()
    Claim.objects.filter(pk=claim.pk).update(group_size=12)

    told = edition_context(asdict(build_edition(edition)))

    listed = [line["mark"] for _, lines in told["bare"] for line in lines]
    marks = [line.mark for line in build_edition(edition).rests_on]
    assert [alliance for alliance, _ in told["bare"]] == [
        "Central Bedfordshire Teaching School Partnership",
        world.abbot.name,
        "Jurassic Coast TSA",
    ]
    assert [line["claim"] for line in told["recorded"]] == [claim.pk]
    assert sorted([*listed, told["recorded"][0]["mark"]]) == sorted(marks)
    assert told["bare_count"] == len(listed)


def test_the_figures_of_the_summary_lead_to_what_they_count(edition):
    told = edition_context(asdict(build_edition(edition)))

    first, last = [section for section in told["sections"] if section.about]
    assert [(each["second"], each.get("at"), each.get("where")) for each in told["counted"]] == [
        ("alliances funded by the programme", None, None),
        ("alliances in this report", "table-1", "Table\u00a01"),
        ("with a full account of their enquiry", first.key, "Sections 8 and 9"),
        ("measures recorded", first.key, "Sections 8 and 9"),
    ]
    assert (first.number, last.number) == ("8", "9")


# ---- choosing --------------------------------------------------------------------------------


def test_an_example_is_told_with_its_alliance_unless_left_out(world, edition, owen):
    said = example(world, world.enquiry)
    before = [(e.first, e.second) for e in message(edition).examples]

    choose(
        edition=edition,
        sheet="example",
        record=said.key,
        is_included=False,
        reason="Told twice.",
        by=owen,
    )

    assert before == [("The head came.", world.abbot.name)]
    assert message(edition).examples == []


def test_an_anonymous_example_names_nobody(world, edition):
    example(world, world.enquiry, is_anonymous=True)

    told = message(edition)

    assert [(e.first, e.second) for e in told.examples] == [("The head came.", "An alliance")]


def test_a_quotation_is_told_once_it_is_chosen(world, edition, owen):
    said = Quotation.objects.filter(enquiry=world.enquiry).first()
    before = message(edition).quotations

    choose(
        edition=edition,
        sheet="quotation",
        record=said.key,
        message="km6",
        is_included=True,
        reason="It says it best.",
        by=owen,
    )

    assert before == []
    assert [(q.first, q.second) for q in message(edition).quotations] == [(said.text, said.voice)]


def test_the_latest_choice_counts_and_the_earlier_stay(world, edition, owen):
    said = example(world, world.enquiry)
    for is_included in (False, True):
        choose(
            edition=edition,
            sheet="example",
            record=said.key,
            is_included=is_included,
            reason="Thought again.",
            by=owen,
        )

    assert len(message(edition).examples) == 1
    assert Choice.objects.count() == 2


def test_a_theme_report_tells_of_its_alliances_alone(world, edition):
    told = {line.name for line in build_edition(edition).alliances}

    of_the_theme = world.programme.alliances.filter(theme__number=3)
    assert told == set(of_the_theme.values_list("name", flat=True))


def test_published_findings_are_told_without_small_numbers(world, edition, owen):
    finding = word_finding(programme=world.programme, text="It is so.", message="", by=owen)
    for to in (Finding.State.ASKED, Finding.State.PUBLISHED):
        finding = move_finding(finding=finding, to=to, by=owen, seen=finding.wording)

    told = build_edition(edition).findings

    assert [(f.text, f.yes, f.partly, f.no) for f in told] == [("It is so.", "0", "0", "0")]


def test_answers_to_a_finding_that_are_withheld_are_explained(world, edition, owen):
    finding = word_finding(programme=world.programme, text="It is so.", message="", by=owen)
    finding = move_finding(finding=finding, to=Finding.State.ASKED, by=owen, seen=finding.wording)
    give_verdict(finding=finding, by=world.person("leah"), affirmed="yes")
    move_finding(finding=finding, to=Finding.State.PUBLISHED, by=owen, seen=finding.wording)
    LeadershipEntry.objects.all().delete()
    Listing.objects.update(claims=[])

    told = build_edition(edition)

    assert [f.yes for f in told.findings] == ["[c]"]
    assert [s.second for s in told.symbols if s.first == "[c]"] == [
        "withheld, because it rests on few pupils, or could tell of fewer than 3 alliances"
    ]


def test_published_case_studies_of_its_alliances_are_listed(world, edition):
    before = build_edition(edition).studies
    publication = published(world)

    assert before == []
    assert build_edition(edition).studies == [
        f"{world.abbot.name}: {publication.report.data['title']}"
    ]


def test_reasons_are_kept_and_not_printed(world, edition, owen):
    said = Quotation.objects.filter(enquiry=world.enquiry).first()
    reword(edition.passages.get(part="matrix"), owen, is_included=False, reason="Quokka")
    choose(
        edition=edition,
        sheet="quotation",
        record=said.key,
        message="km6",
        is_included=True,
        reason="Numbat",
        by=owen,
    )

    report = issue_edition(edition=edition, by=owen)
    build_report(report.pk)

    report.refresh_from_db()
    read = body_html(report.kind, report.data) + json.dumps(report.data)
    paper = text_of(bytes(report.rendition.file))
    assert said.text in read
    assert [word for word in ("Quokka", "Numbat") if word in read + paper] == []


# ---- issuing ---------------------------------------------------------------------------------


def test_an_issue_is_frozen_as_it_stands(edition, owen):
    report = issue_edition(edition=edition, by=owen)
    build_report(report.pk)
    report.refresh_from_db()
    title_edition(edition=edition, title="Another", seen=edition.title, by=owen)

    assert (report.status, report.kind, report.theme) == ("ready", "theme", edition.theme)
    assert report.data["title"] == edition.theme.title


def test_an_editor_reads_that_an_issue_under_way_was_read_before(as_person, edition):
    as_owen, address = as_person("owen"), reverse("edition-issue", args=[edition.pk])
    first = as_owen.post(address, follow=True)
    Report.objects.update(status="building", data={}, data_hash="0" * 64)

    second = as_owen.post(address, follow=True)

    told = [[str(each) for each in page.context["messages"]] for page in (first, second)]
    assert told == [[], [READ_BEFORE]]
    assert Report.objects.count() == 1


def test_the_overarching_report_is_accessible_as_a_pdf(overarching, owen):
    add_passage(edition=overarching, key=UUID(int=5), heading="A word", words="Ours.", by=owen)

    pdf = render_checked_pdf("overarching", asdict(build_edition(overarching)))

    assert pdf.pages > 5


# ---- pages -----------------------------------------------------------------------------------


def test_a_passage_left_out_needs_a_reason(as_person, edition):
    passage = edition.passages.get(part="matrix")

    answer = as_person("owen").post(
        reverse("passage", args=[passage.key]), {"heading": "Matrix", "version": 1}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"reason": ["Say why it is left out"]}


def test_an_editor_who_was_overtaken_reads_the_other_words(as_person, edition, owen):
    passage = edition.passages.get(part="summary")
    reword(passage, owen, words="Hers.")
    sent = {"heading": passage.heading, "words": "His.", "is_included": "on", "version": 1}
    as_owen = as_person("owen")

    first = as_owen.post(reverse("passage", args=[passage.key]), sent)
    second = as_owen.post(reverse("passage", args=[passage.key]), sent | {"version": 2})

    assert first.status_code == 422
    assert first.context["form"].errors == {"words": ["Somebody else saved it meanwhile: “Hers.”"]}
    assert second.status_code == 302
    assert Passage.objects.get(pk=passage.pk).words == "His."


def test_an_editor_who_was_overtaken_reads_all_that_is_otherwise(as_person, edition, owen):
    passage = edition.passages.get(part="summary")
    reword(passage, owen, heading="In short", is_included=False, reason="It is too long.")
    sent = {"heading": passage.heading, "words": "", "is_included": "on", "version": 1}

    answer = as_person("owen").post(reverse("passage", args=[passage.key]), sent)

    assert answer.context["form"].errors == {
        "heading": ["Somebody else saved it meanwhile: “In short”"],
        "is_included": ["Somebody else saved it meanwhile: it is left out"],
        "reason": ["Somebody else saved it meanwhile: “It is too long.”"],
    }


def test_a_quotation_is_told_under_a_message(world, as_person, edition):
    said = Quotation.objects.filter(enquiry=world.enquiry).first()

    answer = as_person("owen").post(
        reverse("choice", args=[edition.pk, "quotation", said.key]),
        {"is_included": "yes", "reason": "It says it best."},
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "message": ["Choose the message that it is told under"]
    }


def test_a_decision_leads_back_to_its_row_on_its_page(world, as_person, edition):
    for _ in range(27):
        example(world, world.enquiry)
    last = MessageExample.objects.order_by("enquiry__alliance__name", "pk").last()

    answer = as_person("owen").post(
        reverse("choice", args=[edition.pk, "example", last.key]),
        {"is_included": "no", "reason": "Told already."},
    )

    listed = reverse("choices", args=[edition.pk, "example"])
    assert answer["Location"] == f"{listed}?page=2#r{last.key}"


@pytest.mark.parametrize("examples", [1, 3])
def test_listing_what_could_be_told_takes_a_fixed_number_of_queries(
    world, as_person, edition, examples
):
    for _ in range(examples):
        example(world, world.enquiry)

    address = reverse("choices", args=[edition.pk, "example"])

    assert queries_of(as_person("owen"), address) == 8


@pytest.mark.parametrize("passages", [1, 3])
def test_the_desk_takes_a_fixed_number_of_queries(as_person, edition, owen, passages):
    for place in range(passages):
        add_passage(edition=edition, key=UUID(int=place), heading="A", words="B", by=owen)
        report = issue_edition(edition=edition, by=owen)
        cancel_report(report=report, by=owen)

    assert issues_of(edition).count() == passages
    assert queries_of(as_person("owen"), reverse("edition", args=[edition.pk])) == 7


def test_a_passage_left_out_is_told_again_though_its_reason_is_sent_along(as_person, edition, owen):
    passage = edition.passages.get(part="matrix")
    reword(passage, owen, is_included=False, reason="Too many rows.")

    answer = as_person("owen").post(
        reverse("passage", args=[passage.key]),
        {"heading": "Matrix", "is_included": "on", "reason": "Too many rows.", "version": 2},
    )

    assert answer.status_code == 302
    passage.refresh_from_db()
    assert (passage.is_included, passage.reason) == (True, "")


@pytest.mark.parametrize("number", ["²", "7", "three"])
def test_a_report_on_a_theme_that_is_not_there_is_not_begun(world, as_person, number):
    address = reverse("edition-begin", args=[world.programme.pk])

    assert as_person("owen").post(address, {"theme": number}).status_code == 404
    assert Edition.objects.count() == 0
