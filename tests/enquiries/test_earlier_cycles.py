"""Forms that begin anew with each cycle: those of an earlier one are read and corrected there."""

import re
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.urls import reverse

from alliances.actions import assign
from alliances.roles import Role
from enquiries.actions import save_sheet, start_cycle, withdraw
from enquiries.models import Cycle, Draft, Enquiry, MethodChoice, Trial
from enquiries.sheets import sheet_called
from tests.pages import heading
from tests.world import SINCE, log

ANSWERS = {"methods": ["lesson-study"], "issue": "Writing", "why_suitable": "It suits talk."}


@pytest.fixture
def earlier(world) -> Cycle:
    return world.enquiry.cycles.first()


@pytest.fixture
def leah(as_person):
    return as_person("leah")


def address(world, *parts, cycle: Cycle | None = None) -> str:
    tail = "".join(f"{part}/" for part in parts)
    query = f"?{urlencode({'cycle': cycle.position})}" if cycle else ""
    return f"/enquiries/{world.enquiry.pk}/{tail}{query}"


def method_of(world, cycle: Cycle, issue: str) -> MethodChoice:
    place = {"enquiry": world.enquiry, "cycle": cycle, "participation": None}
    wanted = {**ANSWERS, "issue": issue}
    return save_sheet(MethodChoice, place=place, seen={}, wanted=wanted, by=world.person("leah"))


def trial_of(world, cycle: Cycle) -> Trial:
    tried = {"held_on": date(2026, 2, 3), "strategy": "Talk first"}
    return log(Trial, cycle=cycle, by=world.person("leah"), **tried)


def test_form_shows_the_record_of_the_cycle_asked_for(world, earlier, leah):
    old, now = method_of(world, earlier, "Then"), method_of(world, world.cycle, "Now")
    plain, pinned = (address(world, "forms", "method", cycle=c) for c in (None, world.cycle))

    found = [
        leah.get(asked).context["record"]
        for asked in (plain, pinned, sheet_called("method").url_of(old))
    ]

    assert found == [now, now, old]


@pytest.mark.parametrize("asked", ["99", "-1", "one", ""])
@pytest.mark.parametrize(
    "page", [["forms"], ["forms", "method"], ["forms", "ethics"], ["guide"], ["overview"]]
)
def test_cycle_that_is_not_there_is_not_found(world, leah, page, asked):
    assert leah.get(f"{address(world, *page)}?cycle={asked}").status_code == 404


def test_pdf_of_a_cycle_that_is_not_there_is_not_found(world, leah):
    url = reverse("overview-pdf", args=[world.enquiry.pk])

    assert leah.get(f"{url}?cycle=99").status_code == 404


def test_correcting_an_earlier_cycle_stays_in_it(world, earlier, leah):
    url = address(world, "forms", "method", cycle=earlier)

    saved = leah.post(url, {**ANSWERS, "seen": "{}"})

    assert saved.url == address(world, "forms", cycle=earlier)
    assert MethodChoice.objects.get().cycle == earlier


def test_form_of_the_current_cycle_leads_back_to_the_plain_list(world, leah):
    saved = leah.post(address(world, "forms", "method"), {**ANSWERS, "seen": "{}"})

    assert saved.url == address(world, "forms")


def test_earlier_cycle_is_not_written_by_those_who_only_read(world, earlier, as_person):
    refused = as_person("owen").post(address(world, "forms", "method", cycle=earlier), ANSWERS)

    assert refused.status_code == 403


def test_draft_is_offered_in_its_own_cycle_alone(world, earlier, leah):
    sent = {"issue": "Half a thought", "draft": "1", "seen": "{}"}
    own, other = address(world, "forms", "method", cycle=earlier), address(world, "forms", "method")

    kept = leah.post(own, sent)

    issues = [leah.get(url).context["form"]["issue"].value() for url in (own, other)]
    assert kept.url == Draft.objects.get().address == own
    assert issues == ["Half a thought", None]


def test_draft_stays_with_its_cycle_once_the_next_has_begun(world, leah):
    url = address(world, "forms", "method")
    leah.post(url, {"issue": "Half a thought", "draft": "quietly", "seen": "{}"})
    start_cycle(enquiry=world.enquiry, by=world.person("leah"), label="Next", tried="It")

    issues = [
        leah.get(asked).context["form"]["issue"].value()
        for asked in (url, Draft.objects.get().address)
    ]

    assert issues == [None, "Half a thought"]


def test_page_left_open_is_saved_in_the_cycle_it_showed(world, leah):
    page = leah.get(address(world, "forms", "method"))
    start_cycle(enquiry=world.enquiry, by=world.person("leah"), label="Next", tried="It")

    leah.post(page.context["address"], {**ANSWERS, "seen": "{}"})

    assert MethodChoice.objects.get().cycle == world.cycle


def test_record_known_by_its_key_shows_its_own_cycle(world, earlier, leah):
    trial = trial_of(world, earlier)

    cycles = leah.get(sheet_called("trial").url_of(trial)).context["cycles"]

    assert (cycles.shown, cycles.is_earlier, cycles.current) == (earlier, True, world.cycle)


def test_new_record_of_an_earlier_cycle_is_kept_and_listed_there(world, earlier, leah):
    began = leah.get(address(world, "forms", "review", "new", cycle=earlier))
    form = leah.get(began.url).context["form"]

    saved = leah.post(began.url, {**dict.fromkeys(form.names, "Yes."), "seen": "{}"})

    listed = [
        len(leah.get(address(world, "forms", "review", cycle=cycle)).context["records"])
        for cycle in (earlier, None)
    ]
    assert saved.url == address(world, "forms", cycle=earlier)
    assert listed == [1, 0]


def test_withdrawing_from_an_earlier_cycle_leads_back_to_its_list(world, earlier, leah):
    trial = trial_of(world, earlier)

    done = leah.post(address(world, "forms", "trial", trial.key, "withdraw"), {"reason": "Twice."})

    assert done.url == address(world, "forms", "trial", cycle=earlier)
    assert leah.get(done.url).context["withdrawn"] == [trial]


def test_history_of_a_withdrawn_record_leads_back_to_its_cycle(world, earlier, leah):
    trial = trial_of(world, earlier)
    withdraw(record=trial, reason="Twice.", by=world.person("leah"))

    cycles = leah.get(address(world, "forms", "trial", trial.key, "history")).context["cycles"]

    assert cycles.shown == earlier


def test_links_of_an_earlier_list_stay_in_it(world, earlier, leah):
    html = leah.get(address(world, "forms", cycle=earlier)).content.decode()

    links = re.findall(r'href="(/enquiries/\d+/(?:forms/(?:method|ethics)/|guide/)[^"]*)"', html)

    assert sorted(links) == sorted(
        [
            address(world, "forms", "ethics"),
            address(world, "forms", "method", cycle=earlier),
            address(world, "guide", cycle=earlier),
        ]
    )


def test_overview_is_drawn_from_the_cycle_and_leads_to_it(world, earlier, leah):
    method_of(world, earlier, "Then")

    found = [
        next(
            cell
            for cell in leah.get(address(world, "overview", cycle=cycle)).context["overview"].group
            if cell.name == "Strategy and approach to trial"
        )
        for cycle in (earlier, None)
    ]

    assert [bool(cell.text) for cell in found] == [True, False]
    assert found[0].url == address(world, "forms", "method", cycle=earlier)


@pytest.mark.parametrize("cycles", [1, 3])
def test_list_of_forms_is_read_in_as_many_queries_whatever_the_cycles(
    world, leah, cycles, django_assert_num_queries
):
    world.enquiry.cycles.exclude(pk=world.cycle.pk).delete()
    for number in range(1, cycles):
        start_cycle(
            enquiry=world.enquiry, by=world.person("leah"), label=f"C{number}", tried="Trios"
        )

    with django_assert_num_queries(5):
        leah.get(address(world, "forms"))


@pytest.mark.usefixtures("owen_reads")
@pytest.mark.parametrize(("name", "may_start"), [("ravi", True), ("owen", False)])
@pytest.mark.parametrize("parts", [["method"], ["trial"], ["trial", UUID(int=1)]], ids=str)
def test_form_of_a_cycle_says_kindly_that_none_has_begun(world, as_person, name, may_start, parts):
    bare = Enquiry.objects.get(alliance__key="affinity")
    lead = {"user": world.person("ravi"), "role": Role.PROJECT_LEAD, "scope": bare.alliance}
    assign(**lead, by=None, starts_on=SINCE)
    tail = "".join(f"{part}/" for part in parts)

    page = as_person(name).get(f"/enquiries/{bare.pk}/forms/{tail}")

    assert page.status_code == 200
    assert heading(page) == sheet_called(parts[0]).title
    assert page.context["may_start"] is may_start
