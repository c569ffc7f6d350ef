"""Every address for programs: from it come the URLs, the OpenAPI document and the page about it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import path

from alliances.content import words
from reports.api import shapes, views
from reports.api.shapes import Shape
from reports.guards import GUARDS, Held

ROOT = "/api/v1/"
FOLLOWS_ITS_OWNER = "Nothing more: it tells what the owner of the token may see."


@dataclass(frozen=True)
class Address:
    """``shape`` is what it tells, of a list each item; None where that is a file of its own kind.

    ``filters`` narrow a list by the numbers of other things; ``about`` holds for a list whole.
    """

    name: str
    route: str
    view: Callable[..., HttpResponse]
    shape: type[Shape] | None = None
    is_list: bool = False
    filters: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return words("reports", "api")[self.name].title

    @property
    def text(self) -> str:
        return words("reports", "api")[self.name].text

    @property
    def route_in_braces(self) -> str:
        """The address as OpenAPI writes it."""
        plain = self.route.replace("<int:", "{").replace("<slug:", "{")
        return ROOT + plain.replace(">", "}")

    @property
    def takes(self) -> str:
        """What the owner of the token has to be allowed, in words."""
        guard = GUARDS[self.name]["GET"]
        if not isinstance(guard, Held):
            return FOLLOWS_ITS_OWNER
        return f"To {', or to '.join(each.value for each in guard.permissions)}."


WITHHELD = ("withheld_below",)
ADDRESSES = (
    Address("api-programmes", "programmes/", views.programmes, shapes.Programme, is_list=True),
    Address("api-programme", "programmes/<int:pk>/", views.programme, shapes.Programme),
    Address(
        "api-alliances", "alliances/", views.alliances, shapes.Alliance,
        is_list=True, filters=("programme",),
    ),
    Address("api-alliance", "alliances/<int:pk>/", views.alliance, shapes.Alliance),
    Address(
        "api-schools", "alliances/<int:pk>/schools/", views.schools, shapes.School, is_list=True
    ),
    Address(
        "api-enquiries", "enquiries/", views.enquiries, shapes.Enquiry,
        is_list=True, filters=("alliance",),
    ),
    Address("api-enquiry", "enquiries/<int:pk>/", views.enquiry, shapes.Enquiry),
    Address("api-cycles", "enquiries/<int:pk>/cycles/", views.cycles, shapes.Cycle, is_list=True),
    Address(
        "api-measures", "enquiries/<int:pk>/measures/", views.measures, shapes.Measure,
        is_list=True, about=WITHHELD,
    ),
    Address(
        "api-claims", "enquiries/<int:pk>/claims/", views.claims, shapes.Claim,
        is_list=True, about=WITHHELD,
    ),
    Address(
        "api-case-studies", "case-studies/", views.case_studies, shapes.CaseStudy, is_list=True
    ),
    Address("api-case-study", "case-studies/<slug:slug>/", views.case_study, shapes.CaseStudy),
    Address("api-reports", "reports/", views.reports, shapes.Report, is_list=True),
    Address("api-report", "reports/<int:pk>/", views.report, shapes.Report),
    Address("api-report-data", "reports/<int:pk>/data/", views.report_data),
)  # fmt: skip

urlpatterns = [path(each.route, each.view, name=each.name) for each in ADDRESSES]
