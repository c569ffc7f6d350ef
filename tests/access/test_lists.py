"""Lists hold what one may open, and nothing else."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.actions import (
    assign,
    found_alliance,
    invite,
    join_school,
    leave_school,
    record_cluster,
    record_programme,
)
from alliances.roles import Role
from enquiries.actions import open_enquiry
from enquiries.models import HelpRequest
from reports import actions as reports
from tests.world import PEOPLE, SINCE, log


def addresses(response, *names: str) -> set[str]:
    """Where the links of a page lead, of those to pages of these names."""
    patterns = "|".join(reverse(name, args=[0]).replace("0", r"\d+") for name in names)
    return set(re.findall(rf'href="({patterns})"', response.content.decode()))


def row_headings(response) -> set[str]:
    """What the rows of a page's tables are about, without details and hidden words."""
    cells = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', response.content.decode(), re.DOTALL)
    plain = [re.sub(r"<span.*?</span>|<[^>]+>", "", cell, flags=re.DOTALL) for cell in cells]
    return {unescape(text).strip() for text in plain}


@pytest.fixture
def neighbours(world):
    """What could leak: another programme, reports and requests for help of everybody."""
    other = record_programme(
        title="Another programme",
        country="Wales",
        commissioner="Somebody",
        duration="2 years",
        ended="2015",
        alliances_funded=1,
        by=None,
    )
    foreign = found_alliance(programme=other, key="harlech", name="Harlech Alliance", by=None)
    farther = open_enquiry(alliance=foreign, by=None)
    record_cluster(programme=other, name="Far", alliances=[foreign], by=None)
    nadia, ravi = world.person("nadia"), world.person("ravi")
    for enquiry in (world.enquiry, world.other_enquiry, farther):
        reports.ask_for_case_study(enquiry=enquiry, by=nadia)
    for programme in (world.programme, other):
        everything = programme.alliances.all()
        about = f"All of {programme}"
        reports.ask_for_national(programme=programme, alliances=everything, about=about, by=nadia)
    log(HelpRequest, enquiry=world.other_enquiry, text="Who has a test?", by=ravi)
    return world


HOMES_OF = {
    "leah sam tom": ["enquiry"],
    "hana uma": ["abbot"],
    "faye": ["south"],
    "ravi": ["other_enquiry"],
    "marcus": ["midlands"],
    "nadia": ["programme"],
    "owen": ["programme", "south", "midlands"],
    "pat zoe sid nobody": [],
}
KINDS = {"abbot": "alliance", "south": "cluster", "midlands": "cluster", "other_enquiry": "enquiry"}


@pytest.mark.parametrize("people", HOMES_OF)
def test_home_leads_to_ones_own_places_only(people, neighbours, as_person):
    places = [(KINDS.get(place, place), getattr(neighbours, place)) for place in HOMES_OF[people]]
    expected = {reverse(kind, args=[place.pk]) for kind, place in places}

    for name in people.split():
        response = as_person(None if name == "nobody" else name).get(reverse("home"))
        home = response.context.get("home")
        places = home.places if home else []

        assert {reverse(each.url_name, args=[each.pk]) for each in places} == expected, name


REPORTS_OF = {
    "leah hana faye": ["abbot"],
    "ravi marcus": ["bedfordshire"],
    "nadia owen": ["programme"],
    "sam tom uma pat zoe": [],
}


@pytest.mark.parametrize("people", REPORTS_OF)
def test_reports_listed_are_those_one_may_ask_for(people, neighbours, as_person):
    names = {
        "programme": f"All of {neighbours.programme}",
        "abbot": f"{neighbours.abbot}: {neighbours.enquiry}",
        "bedfordshire": f"{neighbours.bedfordshire}: {neighbours.other_enquiry}",
    }
    expected = {names[each] for each in REPORTS_OF[people]}

    for name in people.split():
        assert row_headings(as_person(name).get(reverse("reports"))) == expected, name


@pytest.mark.parametrize("name", ["nadia", "owen"])
def test_programme_lists_its_own_alliances_and_reports(name, neighbours, as_person):
    own = neighbours.programme.reports.get(alliance=None)

    response = as_person(name).get(reverse("programme", args=[neighbours.programme.pk]))

    own_alliances = neighbours.programme.alliances.values_list("pk", flat=True)
    listed = {reverse("alliance", args=[pk]) for pk in own_alliances}
    assert addresses(response, "alliance") == listed
    assert addresses(response, "report") == {reverse("report", args=[own.pk])}


def test_cluster_lists_its_own_alliances_and_requests(neighbours, as_person):
    response = as_person("faye").get(reverse("cluster", args=[neighbours.south.pk]))

    assert row_headings(response) == {a.name for a in neighbours.south.alliances.all()}
    asked = {reverse("help-answer", args=[neighbours.help_request.pk])}
    assert addresses(response, "help-answer") == asked


@pytest.fixture
def left_school(world):
    """A school that has left, with Zoe, who still teaches there, and invitations here and there."""
    school = join_school(
        alliance=world.abbot, name="Leaver Primary", phase="primary", by=None, joined_on=SINCE
    )
    assign(user=world.person("zoe"), role=Role.TEACHER, scope=school, by=None, starts_on=SINCE)
    today = timezone.localdate()
    leave_school(membership=school.memberships.get(), on=today, reason="Joined a trust", by=None)
    for scope in (world.abbot, world.bedfordshire):
        invite(
            email=f"lead@{scope.key}.example",
            role=Role.PROJECT_LEAD,
            scope=scope,
            by=None,
        )
    return world


@pytest.mark.parametrize(
    ("name", "invited"),
    [("leah", {"lead@georgeabbot.example"}), ("owen", {"lead@georgeabbot.example"})]
    + [(name, set()) for name in ("sam", "tom", "hana", "uma", "faye", "nadia")],
)
def test_people_are_those_with_a_current_role_here(name, invited, left_school, as_person):
    response = as_person(name).get(reverse("people", args=[left_school.abbot.pk]))

    here = {PEOPLE[key] for key in ("leah", "sid", "sam", "tom", "hana", "uma")}
    assert row_headings(response) == here | invited
    assert set(re.findall(r"[\w.]+@[\w.]+", response.content.decode())) == invited


def test_left_school_shuts_out_its_people(left_school, as_person):
    response = as_person("zoe").get(reverse("alliance", args=[left_school.abbot.pk]))

    assert response.status_code == 404
