"""What is published: frozen, read by anybody, corrected at its address, withdrawn for good."""

import json

import pytest
from django.urls import reverse

from enquiries.models import Enquiry
from reports import actions
from reports.actions import NotToCorrect, build_report, correct_report, retry_report
from reports.manuscript.standing import standings_of
from reports.models import Publication, Report
from reports.rendering.gate import problems
from tests.desk import WORDS, chosen, published, signed, take, write
from tests.journeys.visitor import text_of

ADDRESS = "/case-studies/george-abbot-teaching-school-alliance/"


def sign_again(world) -> None:
    take(world, actions.check_consent, "leah")
    take(world, actions.sign_off_case_study, "leah")


def corrected(world) -> Publication:
    """A second version, with other words in its context."""
    published(world)
    write(world, context="Five schools work together.")
    sign_again(world)
    return take(world, actions.publish_case_study, "owen", correction="There are five schools.")


def words_on(client, address: str = ADDRESS) -> str:
    return client.get(address).content.decode()


def test_anybody_reads_what_is_published_as_a_page(world, client):
    published(world)

    listed = client.get("/case-studies/")
    page = client.get(ADDRESS)

    assert (
        f'<a class="govuk-link" href="{ADDRESS}">Planning in pairs</a>' in listed.content.decode()
    )
    assert page.status_code == 200
    assert "<p>Four schools work together.</p>" in page.content.decode()


def test_anybody_reads_it_as_pdf_once_a_worker_has_set_it(world, client):
    publication = published(world)
    address = f"{ADDRESS.rstrip('/')}.pdf"
    before = client.get(address).status_code

    build_report(publication.report_id)

    response = client.get(address)
    assert (before, response["Content-Type"]) == (404, "application/pdf")
    assert "Four schools work together." in text_of(response.content)
    assert f'href="{address}"' in words_on(client)


def test_pdf_that_a_reader_has_is_not_sent_again(world, client, django_assert_num_queries):
    build_report(published(world).report_id)
    address = f"{ADDRESS.rstrip('/')}.pdf"
    first = client.get(address)

    # its versions, the file's hash
    with django_assert_num_queries(2):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Cache-Control"]) == (200, "public, no-cache")
    assert (again.status_code, again.content) == (304, b"")


def test_pdf_of_a_correction_is_sent_to_who_has_the_one_before(world, client):
    build_report(published(world).report_id)
    address = f"{ADDRESS.rstrip('/')}.pdf"
    first = client.get(address)
    write(world, context="Five schools work together.")
    sign_again(world)
    later = take(world, actions.publish_case_study, "owen", correction="There are five schools.")
    build_report(later.report_id)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert "Five schools work together." in text_of(again.content)


def test_nothing_is_public_before_it_is_published(world, client):
    chosen(world)

    assert client.get(ADDRESS).status_code == 404
    assert "None has been published yet." in words_on(client, "/case-studies/")


def test_change_of_words_leaves_what_is_published_alone(world, client):
    published(world)

    write(world, context="Five schools work together.")

    assert "Four schools work together." in words_on(client)
    assert "Five schools" not in words_on(client)


def test_what_is_published_was_signed_off_and_not_what_was_written_since(world):
    publication = published(world)
    write(world, context="Five schools work together.")

    build_report(publication.report_id)

    publication.report.refresh_from_db()
    assert "Five schools" not in json.dumps(publication.report.data)


def test_failed_pdf_of_what_is_published_is_tried_again_with_the_same_words(world):
    publication = published(world)
    Report.objects.filter(pk=publication.report_id).update(status=Report.Status.FAILED)
    write(world, context="Five schools work together.")

    retry_report(report=publication.report, by=world.person("owen"))
    build_report(publication.report_id)

    publication.report.refresh_from_db()
    assert publication.report.status == Report.Status.READY
    assert "Five schools" not in json.dumps(publication.report.data)


def test_correction_stands_at_the_same_address_and_says_so(world, client):
    publication = corrected(world)

    page = words_on(client)

    assert (publication.slug, publication.report.version) == (
        "george-abbot-teaching-school-alliance",
        2,
    )
    assert "Five schools work together." in page
    assert "It corrects version 1" in page
    assert f'href="{ADDRESS}versions/1/"' in page


def test_version_before_can_be_reached_and_leads_to_the_latest(world, client):
    corrected(world)

    page = words_on(client, f"{ADDRESS}versions/1/")

    assert "Four schools work together." in page
    assert (
        f'There is a later one, which corrects it: <a class="govuk-link" href="{ADDRESS}">' in page
    )


def test_pdf_of_the_version_before_says_that_there_is_a_later_one_and_stays_as_it_was(
    world, client
):
    later = corrected(world)
    first = later.report.corrects
    build_report(first.pk)
    before = bytes(Report.objects.get(pk=first.pk).rendition.file)
    waiting = client.get(f"{ADDRESS}versions/1.pdf").status_code

    build_report(later.report_id)

    answer = client.get(f"{ADDRESS}versions/1.pdf")
    told, notice = text_of(answer.content), "This version is out of date."
    assert (waiting, answer["Content-Type"]) == (404, "application/pdf")
    assert ("Four schools work together." in told, told.count(notice)) == (True, 1)
    assert text_of(client.get(f"{ADDRESS.rstrip('/')}.pdf").content).count(notice) == 0
    assert bytes(Report.objects.get(pk=first.pk).rendition.file) == before
    assert words_on(client, f"{ADDRESS}versions/1/").count(f'href="{ADDRESS}versions/1.pdf"') == 1


def test_licence_of_the_settings_stands_in_what_is_published_and_in_nothing_else(
    world, client, settings
):
    settings.PUBLICATION_LICENCE = "Open Licence v1 https://example.org/licence"
    publication = published(world)
    asked = actions.ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))
    build_report(publication.report_id)
    build_report(asked.pk)

    publication.report.refresh_from_db()
    asked.refresh_from_db()
    link = '<a href="https://example.org/licence">Open Licence v1</a>'
    assert words_on(client).count(link) == 1
    assert text_of(bytes(publication.report.rendition.file)).count("Open Licence v1") == 1
    assert problems(bytes(publication.report.rendition.file)) == []
    assert ("licence" in publication.report.data, "licence" in asked.data) == (True, False)


def test_without_a_licence_in_the_settings_nothing_is_said_of_any(world, client):
    publication = published(world)

    assert (words_on(client).count("doc-licence"), "licence" in publication.report.data) == (
        0,
        False,
    )


def test_correction_has_to_say_what_was_wrong(world):
    published(world)
    write(world, context="Five schools work together.")
    sign_again(world)

    with pytest.raises(actions.NotNow, match="Say what the version before had wrong"):
        take(world, actions.publish_case_study, "owen")


def test_published_twice_it_is_one(world):
    first = published(world)

    again = take(world, actions.publish_case_study, "owen")

    assert (again, Publication.objects.count()) == (first, 1)


def test_withdrawn_it_is_read_by_nobody_in_any_version(world, client):
    corrected(world)

    actions.withdraw_publication(
        enquiry=world.enquiry, reason="A parent asked.", by=world.person("owen")
    )

    addresses = [ADDRESS, f"{ADDRESS}versions/1/", f"{ADDRESS.rstrip('/')}.pdf"]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert "None has been published yet." in words_on(client, "/case-studies/")
    assert {each.reason for each in Publication.objects.all()} == {"A parent asked."}


def test_withdrawn_it_may_be_published_again_as_a_later_version(world, client):
    published(world)
    actions.withdraw_publication(
        enquiry=world.enquiry, reason="A parent asked.", by=world.person("owen")
    )
    write(world, context="Five schools work together.")
    sign_again(world)

    later = take(world, actions.publish_case_study, "owen", correction="A passage is left out.")

    assert later.report.version == 2
    assert client.get(f"{ADDRESS}versions/1/").status_code == 404


def test_published_report_is_corrected_at_the_desk_alone(world):
    publication = published(world)
    build_report(publication.report_id)
    publication.report.refresh_from_db()

    with pytest.raises(NotToCorrect, match="It is published"):
        correct_report(report=publication.report, correction="Wrong.", by=world.person("owen"))


def test_report_asked_for_is_told_in_the_words_that_were_signed_off(world):
    leah = world.person("leah")
    write(world, **WORDS)
    before = actions.ask_for_case_study(enquiry=world.enquiry, by=leah)
    build_report(before.pk)
    signed(world)

    after = actions.ask_for_case_study(enquiry=world.enquiry, by=leah)
    build_report(after.pk)

    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.data["told"], before.data["title"]) == ([], world.enquiry.title)
    assert [told["key"] for told in after.data["told"]] == ["context", "innovation"]


def test_account_of_everything_logged_stays_whole(world, as_person):
    published(world)

    page = as_person("leah").get(reverse("account", args=[world.enquiry.pk])).content.decode()

    assert "Trial notes" in page
    assert "Four schools work together." not in page


@pytest.mark.parametrize("count", [1, 3])
def test_public_pages_ask_the_same_for_one_version_and_for_three(
    world, client, django_assert_num_queries, count
):
    published(world)
    for number in range(1, count):
        write(world, context=f"Version {number} of the words.")
        sign_again(world)
        take(world, actions.publish_case_study, "owen", correction="Better words.")

    # what can be chosen, count, page
    with django_assert_num_queries(3):
        client.get("/case-studies/")
    with django_assert_num_queries(2):
        client.get(ADDRESS)


@pytest.mark.parametrize("enquiries", [1, 3])
def test_where_case_studies_stand_is_read_alike_for_one_and_for_three(
    world, django_assert_num_queries, enquiries
):
    published(world)
    listed = [world.enquiry, *Enquiry.objects.exclude(pk=world.enquiry.pk)][:enquiries]

    with django_assert_num_queries(5):
        found = standings_of(listed)

    assert [each.state.label for each in found] == ["Published", *["Not begun"] * (enquiries - 1)]


def test_list_of_the_programme_asks_so_much(world, as_person, django_assert_num_queries):
    published(world)
    owen = as_person("owen")

    with django_assert_num_queries(13):
        owen.get(reverse("programme-case-studies", args=[world.programme.pk]))
