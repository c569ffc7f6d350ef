"""The first page: what is due or stuck, what others changed, one useful act."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.actions import assign, list_alliance, record_cluster
from alliances.models import Mail
from alliances.roles import Role
from enquiries.actions import open_enquiry, save_sheet, set_deadline, start_cycle
from enquiries.models import CollaborationPlacing, Enquiry, LeadershipEntry, Trial
from enquiries.sheets import sheet_called
from reports.actions import ask_for_case_study, keep_counts
from reports.homes import home_of
from reports.models import Report
from tests.waiting import shared_judgement
from tests.world import PASSWORD, SINCE, log

NUMBERS = [1, 3]
A_WHILE_AGO = timedelta(days=2)


@pytest.fixture
def home(world):
    """The first page of somebody of the cast, who was here two days before."""

    def of(name: str):
        now = timezone.localtime()
        return home_of(world.person(name), now - A_WHILE_AGO, now)

    return of


def log_trial(world, *, by: str, strategy: str = "Silent debate"):
    today = timezone.localdate()
    return log(Trial, cycle=world.cycle, by=world.person(by), strategy=strategy, held_on=today)


def log_leadership(world, *, by: str):
    entry = {"behaviour": "Trust", "reflection": "It takes a term."}
    log(LeadershipEntry, enquiry=world.enquiry, by=world.person(by), **entry)


def one_more(world, name: str):
    """Another alliance in Faye's cluster."""
    alliance, _ = list_alliance(
        programme=world.programme,
        key=name.lower().replace(" ", "-"),
        name=name,
        theme=None,
        cohort=None,
        other_names=[],
        theme_note="",
        region="",
        lead_school="",
        partners=[],
        by=None,
    )
    record_cluster(programme=world.programme, name="South", alliances=[alliance], by=None)
    return alliance


def told(found) -> list[tuple[str, int, str, str]]:
    return [(each.act, each.times, each.place, each.by) for each in found.news]


# What is due or stuck


@pytest.mark.parametrize("name", ["leah", "faye"])
def test_no_more_than_three_things_are_due_and_the_rest_is_counted(home, world, name):
    found = home(name)

    assert len(found.due) == min(3, found.due_in_all)


def test_facilitator_is_told_which_alliances_need_a_look_and_why(home, world):
    jurassic, abbot = Enquiry.objects.filter(alliance__cluster=world.south).order_by(
        "-alliance__name"
    )

    assert [(each.title, each.text, each.url) for each in home("faye").stuck] == [
        (
            "Jurassic Coast TSA",
            "No project lead; nothing logged by a person yet; baseline missing",
            reverse("enquiry", args=[jurassic.pk]),
        ),
        (
            "George Abbot Teaching School Alliance",
            "Asks for help; one school left",
            reverse("enquiry", args=[abbot.pk]),
        ),
    ]


def test_who_asked_for_a_report_is_told_that_it_failed(home, world):
    report = ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))
    Report.objects.filter(pk=report.pk).update(status=Report.Status.FAILED)

    assert [(each.title, each.url) for each in home("leah").stuck] == [
        (f"A report could not be made: {report.subject}", reverse("report", args=[report.pk]))
    ]
    assert home("hana").stuck == []


def test_who_runs_the_programme_is_told_of_e_mails_that_did_not_arrive(home, world):
    Mail.objects.create(
        to="tom@example.org",
        person=world.person("tom"),
        kind=Mail.Kind.MENTIONED,
        subject="You were mentioned",
        state=Mail.State.DROPPED,
        settled_at=timezone.now(),
    )

    url = reverse("programme-mail", args=[world.programme.pk])
    assert [(each.title, each.url) for each in home("owen").stuck] == [
        ("E-mails did not arrive", f"{url}?state=dropped"),
        (
            "2 alliances have no project lead",
            reverse("bring-in", args=[world.programme.pk]),
        ),
    ]
    assert home("nadia").stuck == []


# What others changed


def test_news_are_what_others_did_since_the_last_visit(home, world):
    before = [told(home(name)) for name in ("leah", "tom")]
    log_trial(world, by="tom")
    log_trial(world, by="tom", strategy="Cold calling")

    after = [told(home(name)) for name in ("leah", "tom")]
    (act, times, *where), *rest = before[0]
    assert (act, where) == (
        "Saved: trial",
        ["George Abbot Teaching School Alliance", "Tom Abara"],
    )
    assert after == [[(act, times + 2, *where), *rest], before[1]]


def test_news_of_before_the_last_visit_are_none(world):
    log_trial(world, by="tom")
    now = timezone.localtime()

    assert home_of(world.person("leah"), now, now).news == []


@pytest.mark.parametrize(("name", "count"), [("leah", 1), ("pat", 0), ("tom", 0), ("ravi", 0)])
def test_news_of_a_shared_judgement_are_for_who_may_read_it(home, world, name, count):
    shared_judgement(world)

    acts = [act for act, *_ in told(home(name))]

    assert acts.count("Shared a judgement: judgement") == count


@pytest.mark.parametrize(
    ("name", "page"),
    [("sam", "alliance-history"), ("faye", "alliance-history"), ("owen", "alliance")],
)
def test_news_of_an_act_lead_to_a_page_that_opens(home, as_person, world, name, page):
    set_deadline(cycle=world.cycle, deadline=timezone.localdate(), by=world.person("leah"))

    url = home(name).news[0].url

    assert url == reverse(page, args=[world.abbot.pk])
    assert as_person(name).get(url).status_code == 200


def test_news_of_a_form_lead_to_it(home, as_person, world):
    log_trial(world, by="tom")

    url = home("leah").news[0].url

    assert url == reverse("sheet", args=[world.enquiry.pk, "trial"])
    assert as_person("leah").get(url).status_code == 200


def test_news_are_no_form_in_which_only_a_facilitator_s_judgement_changed(home, world):
    """But for those who judge with her."""
    zoe, faye = world.person("zoe"), world.person("faye")
    assign(user=zoe, role=Role.FACILITATOR, scope=world.south, by=None, starts_on=SINCE)
    place = {"enquiry": world.enquiry, "key": uuid4()}
    before = [told(home(name)) for name in ("leah", "zoe")]

    placed = {"skill": "low", "participation_degree": "high"}
    save_sheet(CollaborationPlacing, place=place, seen={}, wanted=placed, by=faye)

    placing = ("Saved: " + sheet_called("collaboration").title.lower(), 1, str(world.abbot))
    after = [told(home(name)) for name in ("leah", "zoe")]
    assert after == [before[0], [(*placing, "Faye Osborne"), *before[1]][:5]]


def test_last_visit_is_the_sign_in_before_this_one(client, world):
    first, answers = None, []
    for _ in range(2):
        client.post(reverse("account_login"), {"login": "leah@example.org", "password": PASSWORD})
        answers.append(client.get(reverse("home")).context["before"])
        first = first or world.person("leah").last_login
        client.post(reverse("account_logout"))

    assert answers == [None, first]


# One useful act


@pytest.mark.parametrize(
    ("name", "title", "address"),
    [
        ("leah", "Have you tried something in class?", "/enquiries/{abbot}/forms/trial/new/"),
        ("tom", "Have you tried something in class?", "/enquiries/{abbot}/forms/trial/new/"),
        (
            "faye",
            "How is Jurassic Coast TSA doing, in your view?",
            "/enquiries/{jurassic}/guide/",
        ),
        ("owen", "Go on with the programme’s reports", "/programmes/{programme}/editions/"),
        ("nadia", "See the whole programme on paper", "/programmes/{programme}/report/"),
        (
            "uma",
            "See what George Abbot Teaching School Alliance is working on",
            "/alliances/{alliance}/",
        ),
    ],
)
def test_each_has_one_useful_act(home, world, name, title, address):
    log_trial(world, by="sam")
    places = {
        "abbot": world.enquiry.pk,
        "jurassic": Enquiry.objects.get(alliance__key="jurassic").pk,
        "programme": world.programme.pk,
        "alliance": world.abbot.pk,
    }

    act = home(name).next_act

    assert (act.title, act.url) == (title, address.format(**places))


def test_act_is_another_where_it_is_due_already(home, world):
    """Tom is asked for nothing but the trial that nobody has logged for weeks."""
    found = home("tom")

    trial = reverse("sheet-new", args=[world.enquiry.pk, "trial"])
    assert [each.url for each in found.due].count(trial) == 1
    assert found.next_act.url == reverse("sheet-new", args=[world.enquiry.pk, "leadership"])


def test_report_is_asked_for_from_the_first_page(as_person, world):
    nadia = as_person("nadia")
    act = nadia.get(reverse("home")).context["home"].next_act

    nadia.post(act.url)

    assert [report.asked_by for report in Report.objects.all()] == [world.person("nadia")]


# Where one works


def test_who_works_nowhere_learns_what_to_do(as_person, world):
    home = as_person("zoe").get("/").context["home"]

    assert (home.due, home.stuck, home.next_act, home.places) == ([], [], None, [])


def test_nobody_is_offered_to_sign_in(as_person, world):
    answer = as_person(None).get("/")

    assert answer.templates[0].name == "reports/start.html"


# What it costs


@pytest.mark.parametrize("more", NUMBERS)
def test_page_of_who_writes_takes_the_same_queries(
    more, as_person, world, django_assert_num_queries
):
    for number in range(more):
        log_trial(world, by="tom", strategy=f"Strategy {number}")
        log_leadership(world, by="leah")
    sam = as_person("sam")

    with django_assert_num_queries(30):
        sam.get("/")


def led_by_zoe(world, number: int) -> list[Enquiry]:
    """The enquiries of so many alliances more."""
    alliances = [one_more(world, f"Alliance {each}") for each in range(number)]
    for alliance in alliances:
        assign(
            user=world.person("zoe"),
            role=Role.PROJECT_LEAD,
            scope=alliance,
            by=None,
            starts_on=SINCE,
        )
    return [open_enquiry(alliance=alliance, by=None) for alliance in alliances]


@pytest.mark.parametrize("led", [1, 3])
def test_each_further_enquiry_asks_for_what_it_lacks(
    as_person, world, led, django_assert_num_queries
):
    """Of enquiries without a cycle; one in its course takes as many as My week."""
    led_by_zoe(world, led)
    client = as_person("zoe")

    with django_assert_num_queries(18 + led):
        client.get("/")


@pytest.mark.parametrize("led", [1, 3])
def test_each_further_enquiry_that_is_kept_takes_one_more(
    as_person, world, led, django_assert_num_queries
):
    for enquiry in led_by_zoe(world, led):
        start_cycle(enquiry=enquiry, by=world.person("zoe"), label="One", tried="Pairs")
    keep_counts()
    client = as_person("zoe")

    # what the page takes, and of each enquiry the calendar of its programme
    with django_assert_num_queries(18 + led):
        client.get("/")


@pytest.mark.parametrize("more", NUMBERS)
def test_page_of_a_facilitator_takes_the_same_queries(
    more, as_person, world, django_assert_num_queries
):
    for number in range(more):
        name = f"Alliance {number}"
        alliance = one_more(world, name)
        open_enquiry(alliance=alliance, by=None)
        log_trial(world, by="tom", strategy=name)
    faye = as_person("faye")

    with django_assert_num_queries(44):
        faye.get("/")


@pytest.mark.parametrize("more", NUMBERS)
def test_page_of_the_national_team_takes_the_same_queries(
    more, as_person, world, django_assert_num_queries
):
    for number in range(more):
        log_trial(world, by="tom", strategy=f"Strategy {number}")
    owen = as_person("owen")

    with django_assert_num_queries(14):
        owen.get("/")
