"""A report's page in each of its states, as people meet it."""

from django.urls import reverse

from alliances.models import Alliance
from enquiries.models import Enquiry
from reports.models import Report


def affinity() -> str:
    """The page of an alliance of which little is told, which is quick to print."""
    return reverse("alliance", args=[Alliance.objects.get(key="affinity").pk])


def test_report_is_followed_from_waiting_to_failure_and_at_last_to_its_file(sign_in, begin_work):
    told = Enquiry.objects.filter(alliance__key="affinity")
    told.update(document={"outline": [{}]})
    marcus = sign_in("marcus")
    marcus.open(affinity())
    marcus.press("Make the case study")
    marcus.says("Waiting for a free worker")
    report = Report.objects.filter(pk=Report.objects.get().pk)

    report.update(status=Report.Status.BUILDING, progress=40, stage="Setting the pages")
    marcus.page.get_by_text("Setting the pages").wait_for()
    marcus.look()
    begin_work()
    marcus.page.get_by_role("heading", name="The report could not be made").wait_for()
    marcus.look()
    told.update(document={})
    marcus.press("Try again")
    marcus.await_report()

    assert marcus.download()[:5] == b"%PDF-"


def test_report_without_a_file_is_read_as_a_page(sign_in, worker):
    marcus = sign_in("marcus")
    marcus.open(affinity())
    marcus.press("Make the case study")
    marcus.await_report()
    Report.objects.update(rendition=None, problem="PDFs cannot be made here.")

    marcus.open(marcus.path)
    marcus.says("PDFs cannot be made here.")
    marcus.follow("Read it as a web page")

    assert marcus.heading == "Lesson study."


def test_list_of_reports_is_empty_at_first(sign_in):
    leah = sign_in("leah")

    leah.follow("Reports", exact=True)

    leah.says("No reports yet")
