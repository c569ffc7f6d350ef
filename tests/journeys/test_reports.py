"""A report's page in each of its states, as people meet it."""

from enquiries.models import Enquiry
from reports.models import Report


def test_report_is_followed_from_waiting_to_failure_and_at_last_to_its_file(sign_in, begin_work):
    told = Enquiry.objects.filter(alliance__key="affinity")
    told.update(document={"outline": [{}]})
    nadia = sign_in("nadia")
    nadia.follow("Affinity TSA")
    nadia.press("Make the case study")
    nadia.says("Waiting for a free worker")
    report = Report.objects.filter(pk=Report.objects.get().pk)

    report.update(status=Report.Status.BUILDING, progress=40, stage="Setting the pages")
    nadia.page.get_by_text("Setting the pages").wait_for()
    nadia.look()
    begin_work()
    nadia.page.get_by_role("heading", name="The report could not be made").wait_for()
    nadia.look()
    told.update(document={})
    nadia.press("Try again")
    nadia.await_report()

    assert nadia.download()[:5] == b"%PDF-"


def test_report_without_a_file_is_read_as_a_page(sign_in, worker):
    nadia = sign_in("nadia")
    nadia.follow("Affinity TSA")
    nadia.press("Make the case study")
    nadia.await_report()
    Report.objects.update(rendition=None, problem="PDFs cannot be made here.")

    nadia.open(nadia.path)
    nadia.says("PDFs cannot be made here.")
    nadia.follow("Read it as a web page")

    assert nadia.heading == "Lesson study."


def test_list_of_reports_is_empty_at_first(sign_in):
    leah = sign_in("leah")

    leah.follow("Reports", exact=True)

    leah.says("No reports yet")
