"""The addresses for programs, tried with a token of everybody."""

from tests.access.documents import a_publication, case_study
from tests.access.places import alliance, enquiry, programme
from tests.access.walk import Page

REPORTS = {200: "leah hana faye nell"}
TAKE_PART = {200: "leah sam tom hana uma faye ravi marcus nadia owen nell"}

FOR_PROGRAMS = [
    Page("api-programmes"),
    Page("api-programme", programme, get=TAKE_PART),
    Page("api-alliances"),
    Page("api-alliance", alliance),
    Page("api-schools", alliance),
    Page("api-enquiries"),
    Page("api-enquiry", enquiry),
    Page("api-cycles", enquiry),
    Page("api-measures", enquiry),
    Page("api-claims", enquiry),
    Page("api-case-studies"),
    Page("api-case-study", a_publication),
    Page("api-reports"),
    Page("api-report", case_study, get=REPORTS),
    Page("api-report-data", case_study, get=REPORTS),
]
