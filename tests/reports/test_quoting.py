"""Where words stand whose speaker has thought again: listed, and taken out by a new version."""

import pytest
from django.urls import reverse

from enquiries.actions import save_sheet
from enquiries.models import Quotation
from reports.actions import (
    ask_about_enquiry,
    begin_edition,
    build_report,
    choose,
    correct_report,
    issue_edition,
)
from reports.models import Kind, Report
from tests import desk
from tests.pages import queries_of, text
from tests.world import log

WORDS = "Pupils “argued” about Quokkas\nand stayed in at break."


def voice(world, words: str = WORDS, **more) -> Quotation:
    said = {"text": words, "attribution": "Year 5 teacher", "consent": "given", **more}
    return log(Quotation, enquiry=world.enquiry, by=world.person("leah"), **said)


def save(world, said: Quotation, **wanted) -> None:
    seen = {name: getattr(said, name) for name in wanted}
    place = {"enquiry": said.enquiry, "key": said.key}
    save_sheet(Quotation, place=place, seen=seen, wanted=wanted, by=world.person("leah"))
    said.refresh_from_db()


def case_study(world) -> Report:
    leah = world.person("leah")
    report = ask_about_enquiry(kind=Kind.CASE_STUDY, enquiry=world.enquiry, by=leah)
    build_report(report.pk)
    return report


def theme_report(world, said: Quotation) -> Report:
    owen = world.person("owen")
    edition = begin_edition(programme=world.programme, theme=world.abbot.theme, by=owen)
    chosen = {"sheet": "quotation", "record": said.key, "message": "km6", "is_included": True}
    choose(edition=edition, **chosen, reason="It says it best.", by=owen)
    report = issue_edition(edition=edition, by=owen)
    build_report(report.pk)
    return report


def listed(client, world, *, of: str = "quoted") -> list[tuple]:
    """Each report of the page: its number, the words it carries, whether it opens, and the way."""
    pk = world.enquiry.pk if of == "quoted" else world.programme.pk
    found = client.get(reverse(of, args=[pk])).context["carriers"]
    return [
        (c.report.pk, [each.attribution for each in c.quotations], c.is_open, str(c.way))
        for c in found
    ]


def test_report_is_listed_once_consent_is_taken_back(world, as_person):
    said = voice(world)
    report = case_study(world)
    before = listed(as_person("leah"), world)

    save(world, said, consent="inside")

    assert before == []
    assert listed(as_person("leah"), world) == [(report.pk, ["Year 5 teacher"], True, "correct")]


def test_report_is_listed_once_the_quotation_is_withdrawn(world, as_person):
    said = voice(world)
    report = case_study(world)

    save(world, said, withdrawn="They asked us to.")

    assert [row[0] for row in listed(as_person("leah"), world)] == [report.pk]


def test_what_it_said_before_it_was_changed_is_found_too(world, as_person):
    said = voice(world)
    report = case_study(world)

    save(world, said, text="They talked more.")
    save(world, said, consent="inside")

    assert [row[0] for row in listed(as_person("leah"), world)] == [report.pk]


def test_new_version_leaves_the_words_out_and_ends_the_list(world, as_person):
    said, leah = voice(world), world.person("leah")
    report = case_study(world)
    save(world, said, consent="inside")

    later = correct_report(report=report, correction="Without a quotation.", by=leah)
    waiting = listed(as_person("leah"), world)
    build_report(later.pk)

    assert [row[0] for row in waiting] == [report.pk]
    assert listed(as_person("leah"), world) == []


def test_report_on_a_theme_is_for_the_national_team_to_correct(world, as_person):
    said = voice(world)
    report = theme_report(world, said)
    save(world, said, consent="inside")

    row = (report.pk, ["Year 5 teacher"])
    assert listed(as_person("leah"), world) == [(*row, False, "others")]
    assert listed(as_person("owen"), world, of="programme-quoted") == [(*row, True, "correct")]


def test_teacher_is_told_of_reports_that_others_open(world, as_person):
    said = voice(world)
    report = case_study(world)
    save(world, said, consent="inside")

    assert listed(as_person("tom"), world) == [(report.pk, ["Year 5 teacher"], False, "others")]


def test_published_case_study_leads_to_its_desk(world, as_person):
    said = voice(world)
    words = {**desk.WORDS, "impact": "So.", "impact_shows": [f"Q{said.position}"]}
    report = desk.published(world, **words).report
    build_report(report.pk)

    save(world, said, consent="inside")

    way = (report.pk, ["Year 5 teacher"], True, "desk")
    assert listed(as_person("owen"), world, of="programme-quoted") == [way]


def test_words_never_agreed_to_are_not_looked_for(world, as_person):
    voice(world, consent="inside")
    case_study(world)

    assert listed(as_person("leah"), world) == []


def test_same_words_in_a_report_of_another_alliance_are_their_own(world, as_person):
    said = voice(world)
    report = case_study(world)
    Report.objects.filter(pk=report.pk).update(
        alliance=world.bedfordshire, enquiry=world.other_enquiry
    )
    save(world, said, consent="inside")

    assert listed(as_person("owen"), world, of="programme-quoted") == []


def test_pages_say_what_cannot_be_taken_back(world, as_person):
    address = reverse("sheet-new", args=[world.enquiry.pk, "quotation"])

    form = text(as_person("leah").get(address, follow=True))
    page = text(as_person("leah").get(reverse("quoted", args=[world.enquiry.pk])))

    assert "copies of them cannot be taken back" in form
    assert "Copies that people have downloaded, printed or passed on cannot be taken back." in page


@pytest.fixture
def carried(world):
    """Puts a number of quotations in a report each, and takes consent back."""

    def carry(number: int) -> None:
        for n in range(number):
            said = voice(world, f"Quokka {n} said so.")
            case_study(world)
            save(world, said, consent="inside")

    return carry


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_page_of_an_enquiry(number, carried, world, as_person):
    carried(number)

    assert queries_of(as_person("leah"), reverse("quoted", args=[world.enquiry.pk])) == 7


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_page_of_a_programme(number, carried, world, as_person):
    carried(number)

    address = reverse("programme-quoted", args=[world.programme.pk])

    assert queries_of(as_person("owen"), address) == 9
