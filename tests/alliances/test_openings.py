"""The national team reads an alliance's work with a reason, for a time, and is seen to."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alliances import access, actions
from alliances.models import LONGEST_OPENING, AuditRecord, Mail, Opening, User
from alliances.roles import RULES, Permission, Scope

READ = Permission.READ_ENQUIRY
REASON = "A head rang us."


def opened(world, name="owen", days=3, reason=REASON) -> Opening:
    return actions.open_alliance(
        alliance=world.abbot, reason=reason, days=days, by=world.person(name)
    )


def readable(world, name="owen") -> set:
    return set(access.alliances_for(world.person(name), READ))


# What it opens


def test_only_roles_over_a_programme_wait_for_an_opening():
    waiting = {rule.scope for rule in RULES.values() if rule.on_opening}

    assert waiting == {Scope.PROGRAMME}


def test_opening_opens_one_alliance_to_one_person(world):
    opened(world)

    assert readable(world) == {world.abbot}
    assert READ in access.permissions_over(world.person("owen"), world.abbot)
    assert READ not in access.permissions_over(world.person("owen"), world.bedfordshire)


def test_without_an_opening_nothing_is_read(world):
    assert readable(world) == set()


@pytest.mark.parametrize("name", ["nadia", "uma", "zoe", "ravi"])
def test_opening_gives_nothing_to_a_role_that_may_not_open(name, world):
    before = readable(world, name)

    opened(world, name)

    assert readable(world, name) == before


def test_opening_gives_nothing_once_the_role_has_ended(world):
    opened(world)

    role = world.person("owen").assignments.get()
    actions.end_assignment(assignment=role, by=None, on=timezone.localdate())

    assert readable(world) == set()
    assert access.permissions_over(world.person("owen"), world.abbot) == set()


def test_people_over_counts_who_has_opened_it(world):
    before = list(access.people_over(world.abbot, Permission.COMMENT))

    opened(world)

    after = set(access.people_over(world.abbot, Permission.COMMENT))
    assert after - set(before) == {world.person("owen")}
    assert world.person("owen") not in access.people_over(world.bedfordshire, Permission.COMMENT)


def test_roles_around_a_cluster_count_who_has_opened_an_alliance_of_it(world):
    opened(world)

    around = {
        cluster.name: "Owen Pryce"
        in [held.user.name for held in access.roles_around(cluster, Permission.SEE_MEETINGS)]
        for cluster in (world.south, world.midlands)
    }

    assert around == {"South": True, "Midlands": False}


@pytest.mark.parametrize("openings", [0, 1, 3])
def test_permissions_take_one_query_whatever_is_open(openings, world, django_assert_num_queries):
    owen = User.objects.with_roles().get(pk=world.person("owen").pk)
    for alliance in world.programme.alliances.all()[:openings]:
        actions.open_alliance(alliance=alliance, reason=REASON, days=1, by=owen)

    with django_assert_num_queries(1):
        access.permissions_over(owen, world.abbot)
    with django_assert_num_queries(1):
        found = set(access.alliances_for(owen, READ))

    assert len(found) == openings


# Opening and closing


def test_opening_is_recorded_and_the_lead_is_told_at_once(world):
    opening = opened(world)

    told = Mail.objects.get(kind=Mail.Kind.OPENED)
    record = AuditRecord.objects.get(act="opened", subject_type="alliances.opening")
    assert told.person == world.person("leah")
    assert "Owen Pryce of the national team has opened" in told.text
    assert REASON not in told.text
    assert (record.by, record.subject_id) == (world.person("owen"), opening.pk)
    assert record.detail == {"alliance": world.abbot.pk, "days": 3}


def test_opening_twice_is_one(world):
    first, second = opened(world), opened(world, reason="Another")

    assert first == second
    assert Mail.objects.filter(kind=Mail.Kind.OPENED).count() == 1


def test_opening_ends_after_its_days(world):
    opened(world, days=2)

    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=1)):
        assert readable(world) == set()


def test_closing_shuts_it_at_once_and_is_recorded(world):
    opening, owen = opened(world), world.person("owen")

    actions.end_opening(opening=opening, by=owen)
    actions.end_opening(opening=opening, by=owen)

    assert readable(world) == set()
    assert (
        AuditRecord.objects.filter(
            act="closed", subject_type="alliances.opening", subject_id=opening.pk
        ).count()
        == 1
    )


@pytest.mark.parametrize(
    ("reason", "days"), [("", 3), ("  \n", 3), (REASON, 0), (REASON, LONGEST_OPENING + 1)]
)
def test_opening_takes_a_reason_and_at_most_a_fortnight(reason, days, world):
    with pytest.raises(actions.NotAnOpening):
        opened(world, reason=reason, days=days)

    assert Opening.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"until": timedelta(days=LONGEST_OPENING, seconds=1)},
        {"until": timedelta(0)},
        {"ended": timedelta(days=-1)},
    ],
)
def test_database_refuses_what_is_no_opening(wrong, world):
    now = timezone.now()
    moments = {
        key: now + value if isinstance(value, timedelta) else value for key, value in wrong.items()
    }
    row = {"reason": REASON, "since": now, "until": now + timedelta(days=1), **moments}

    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(alliance=world.abbot, person=world.person("owen"), **row)


# Its pages


def test_refused_page_offers_to_open_the_work_and_leads_back(world, as_person):
    owen, page = as_person("owen"), reverse("enquiry", args=[world.enquiry.pk])
    form = f"{reverse('alliance-open', args=[world.abbot.pk])}?next={page}"

    refused = owen.get(page)
    opened_now = owen.post(form, {"reason": REASON, "days": "3"})

    assert refused.status_code == 403
    assert f'href="{form}"' in refused.content.decode()
    assert (opened_now.status_code, opened_now.url) == (302, page)
    assert owen.get(page).status_code == 200


def test_opening_leads_to_no_other_site(world, as_person):
    form = reverse("alliance-open", args=[world.abbot.pk])

    answer = as_person("owen").post(
        f"{form}?next=https://elsewhere.example/", {"reason": REASON, "days": "3"}
    )

    assert answer.url == reverse("alliance", args=[world.abbot.pk])


def test_refused_minutes_offer_every_alliance_of_the_cluster(world, as_person):
    refused = as_person("owen").get(reverse("meetings", args=[world.south.pk]))

    offered = list(refused.context["openable"])
    assert (refused.status_code, offered) == (403, list(world.south.alliances.all()))


@pytest.mark.parametrize("name", ["nadia", "hana", "uma"])
def test_refused_page_offers_nothing_to_who_may_not_open(name, world, as_person):
    refused = as_person(name).get(reverse("enquiry", args=[world.enquiry.pk]))

    assert (refused.status_code, list(refused.context["openable"])) == (403, [])


@pytest.mark.parametrize(("reason", "days"), [("", "3"), ("  ", "3"), (REASON, "15"), (REASON, "")])
def test_faulty_opening_is_asked_for_again(reason, days, world, as_person):
    form = reverse("alliance-open", args=[world.abbot.pk])

    answer = as_person("owen").post(form, {"reason": reason, "days": days})

    assert (answer.status_code, Opening.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("leah", True),
        ("tom", True),
        ("hana", True),
        ("uma", True),
        ("faye", True),
        ("nadia", False),
    ],
)
def test_alliance_sees_who_opened_its_work_why_and_until_when(name, sees, world, as_person):
    opened(world)

    page = as_person(name).get(reverse("alliance", args=[world.abbot.pk])).content.decode()

    assert [text in page for text in ("Owen Pryce", REASON, "Open now")] == [sees] * 3


@pytest.mark.parametrize("rows", [1, 3])
def test_alliance_page_takes_as_many_queries_for_three_openings_as_for_one(
    rows, world, as_person, django_assert_num_queries
):
    for _ in range(rows):
        actions.end_opening(opening=opened(world), by=world.person("owen"))
    leah = as_person("leah")

    with django_assert_num_queries(8):
        page = leah.get(reverse("alliance", args=[world.abbot.pk]))

    assert len(page.context["openings"]) == rows


def test_cluster_page_holds_the_words_of_opened_alliances_alone(world, as_person):
    owen, page = as_person("owen"), reverse("cluster", args=[world.south.pk])
    before = owen.get(page).context["help_requests"]

    opened(world)

    assert (before, owen.get(page).context["help_requests"]) == ([], [world.help_request])


def test_who_records_schools_sees_them_without_what_is_logged(world, as_person):
    page = as_person("owen").get(reverse("schools", args=[world.enquiry.pk]))

    assert page.status_code == 200
    assert "No successor named" not in page.content.decode()
    assert reverse("sheet", args=[world.enquiry.pk, "risk"]) not in page.content.decode()
