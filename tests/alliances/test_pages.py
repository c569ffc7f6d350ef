"""The people page and its forms: what they say, what they refuse, what they cost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.models import Invitation
from alliances.roles import Role
from tests.alliances.test_signing_in import errors


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def rows(response) -> list[list[str]]:
    """The cells of each row of the page's table, as a reader sees them."""
    table = re.search(r"<tbody.*?</tbody>", response.content.decode(), re.DOTALL)[0]
    found = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in found
    ]


def banner(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def people(world):
    return reverse("people", args=[world.abbot.pk])


def test_people_page_lists_names_roles_and_dates(as_person, people):
    response = as_person("sam").get(people)

    assert [row[:3] for row in rows(response)] == [
        ["Hana Lind", "Headteacher George Abbot School", "5 January 2026"],
        ["Leah Marsh", "Project lead", "5 January 2026"],
        ["Sam Field", "School lead George Abbot School", "5 January 2026"],
        ["Sid Moss", "Project lead", "5 January 2026"],
        ["Tom Abara", "Teacher taking part George Abbot School", "5 January 2026"],
        ["Uma Rao", "University partner", "5 January 2026"],
    ]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("leah", {"role-change", "hand-over", "assignment-end", "invite"}),
        ("sam", {"assignment-end"}),
    ],
)
def test_people_page_offers_what_one_may_do(name, offered, as_person, people, world):
    html = as_person(name).get(people).content.decode()

    addresses = {
        "invite": reverse("invite", args=[world.abbot.pk]),
        **{
            each: reverse(each, args=[world.person("sam").assignments.get().pk])
            for each in ("role-change", "hand-over", "assignment-end")
        },
    }
    assert {each for each, address in addresses.items() if f'href="{address}"' in html} == offered


def test_people_page_of_an_alliance_without_people(as_person, world):
    empty = actions.found_alliance(programme=world.programme, key="new", name="New", by=None)

    response = as_person("owen").get(reverse("people", args=[empty.pk]))

    assert "Nobody has a role here yet" in response.content.decode()


@pytest.mark.parametrize("more", [0, 1, 3])
def test_people_page_takes_the_same_queries_for_many(
    more, as_person, people, world, django_assert_num_queries
):
    for number in range(more):
        person = actions.register_person(
            email=f"person{number}@example.org", name=f"Person {number}", password=None, by=None
        )
        today = timezone.localdate()
        actions.assign(
            user=person, role=Role.TEACHER, scope=world.abbot_school, by=None, starts_on=today
        )
        actions.invite(
            email=f"guest{number}@example.org",
            role=Role.TEACHER,
            scope=world.abbot_school,
            by=None,
        )
    leah = as_person("leah")

    # session, person, alliance, people, invitations
    with django_assert_num_queries(6 if more else 5):  # and the e-mails of invitations
        response = leah.get(people)

    assert len(rows(response)) == 6 + more


# Inviting


def test_invite_sends_a_link_that_works(as_person, world, people, mailoutbox):
    data = {"email": "new@example.org", "role": "teacher", "school": world.abbot_school.pk}

    response = as_person("leah").post(reverse("invite", args=[world.abbot.pk]), data, follow=True)
    actions.send_mails()

    kept = Invitation.objects.get()
    address = f"https://enquiry.example{reverse('invitation', args=[kept.token])}"
    assert response.redirect_chain == [(people, 302)]
    assert banner(response) == ["An invitation is on its way to new@example.org."]
    assert (kept.scope, kept.invited_by) == (world.abbot_school, world.person("leah"))
    assert address in mailoutbox[0].body.splitlines()


def test_invite_as_lead_ignores_the_school(as_person, world):
    data = {"email": "new@example.org", "role": "project-lead", "school": world.abbot_school.pk}

    as_person("leah").post(reverse("invite", args=[world.abbot.pk]), data)

    assert Invitation.objects.get().scope == world.abbot


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, ["Enter e-mail address", "Select role"]),
        (
            {"email": "nobody", "role": "hei-partner"},
            ["Enter an email address in the correct format, like name@example.org"],
        ),
        ({"email": "a@example.org", "role": "nctl"}, ["Select role from the list"]),
        ({"email": "a@example.org", "role": "teacher"}, ["Select the school this role is held in"]),
        (
            {"email": "a@example.org", "role": "teacher", "school": "0"},
            ["Select school from the list"],
        ),
    ],
)
def test_invite_says_what_is_wrong_above_and_beside(data, said, as_person, world):
    url = reverse("invite", args=[world.abbot.pk])

    response = as_person("leah").post(url, {"sent": "1", **data})

    summary, beside = errors(response)
    assert (response.status_code, summary, beside) == (422, said, said)
    assert Invitation.objects.count() == 0


def test_invite_offers_only_schools_of_the_alliance(as_person, world):
    response = as_person("leah").get(reverse("invite", args=[world.abbot.pk]))

    offered = set(response.context["form"].fields["school"].queryset)
    assert offered == set(world.abbot.schools_now())
    assert world.bedfordshire.schools_now().count() > 0


# Invitations that wait


@pytest.fixture
def waiting(world):
    """An invitation of Leah's that nobody has accepted."""
    return actions.invite(
        email="new@example.org",
        role=Role.TEACHER,
        scope=world.abbot_school,
        by=world.person("leah"),
    )


def invitations(response) -> list[list[str]]:
    """The cells of each row of the second table."""
    _, second = response.content.decode().split("Invited, not joined yet")
    found = re.findall(r"<tr.*?</tr>", second.split("<tbody")[1], re.DOTALL)
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in found
    ]


OFFERED = "Send again to new@example.org Withdraw the invitation of new@example.org"
INVITED = ["new@example.org", "Teacher taking part George Abbot School"]


def test_people_page_says_what_became_of_an_invitation(as_person, people, waiting, clock):
    leah = as_person("leah")

    before = invitations(leah.get(people))
    actions.send_mails()
    after = invitations(leah.get(people))
    clock.move_to(waiting.expires_at)
    late = invitations(as_person("leah").get(people))

    assert before == [[*INVITED, "16 March 2026", "On its way", OFFERED]]
    assert after == [[*INVITED, "16 March 2026", "Sent 2 March 2026, 12:00pm", OFFERED]]
    assert late == [[*INVITED, "Ran out 16 March 2026", "Sent 2 March 2026, 12:00pm", OFFERED]]


def test_send_again_and_withdraw_by_hand(as_person, people, waiting, mailoutbox):
    leah = as_person("leah")

    again = leah.post(reverse("invitation-again", args=[waiting.pk]), follow=True)
    actions.send_mails()
    asked = leah.get(reverse("invitation-withdraw", args=[waiting.pk]))
    withdrawn = leah.post(reverse("invitation-withdraw", args=[waiting.pk]), follow=True)

    assert banner(again) == ["An invitation is on its way to new@example.org again."]
    assert len(mailoutbox) == 1
    assert "Withdraw the invitation of new@example.org?" in text_of(asked.content.decode())
    assert banner(withdrawn) == ["The invitation of new@example.org is withdrawn."]
    assert "Invited, not joined yet" not in withdrawn.content.decode()


def test_withdrawn_invitation_is_changed_no_more(as_person, waiting):
    url = reverse("invitation-withdraw", args=[waiting.pk])
    leah = as_person("leah")
    leah.post(url)

    again = leah.post(reverse("invitation-again", args=[waiting.pk]))

    assert (leah.get(url).status_code, again.status_code) == (404, 404)


# Changing, handing over, leaving


def test_role_change_offers_the_other_roles_of_the_scope(as_person, world):
    url = reverse("role-change", args=[world.person("tom").assignments.get().pk])

    form = as_person("leah").get(url).context["form"]

    assert form.fields["role"].choices == [
        ("school-lead", "School lead"),
        ("headteacher", "Headteacher"),
    ]


def test_role_change(as_person, world, people):
    held = world.person("tom").assignments.get()
    url = reverse("role-change", args=[held.pk])

    response = as_person("leah").post(url, {"role": "school-lead"}, follow=True)

    assert response.redirect_chain == [(people, 302)]
    assert banner(response) == ["Tom Abara is now school lead."]
    assert as_person("leah").get(url).status_code == 404


def test_role_change_to_one_the_person_holds_already(as_person, world):
    tom, school = world.person("tom"), world.abbot_school
    held, today = tom.assignments.get(), timezone.localdate()
    actions.assign(user=tom, role=Role.SCHOOL_LEAD, scope=school, by=None, starts_on=today)

    response = as_person("leah").post(
        reverse("role-change", args=[held.pk]), {"role": "school-lead"}
    )

    said = ["Tom Abara has this role here already"]
    assert (response.status_code, *errors(response)) == (422, said, said)


def test_hand_over_ends_ones_own_access(as_person, world):
    leah, url = as_person("leah"), reverse("enquiry", args=[world.enquiry.pk])
    held = world.person("leah").assignments.get()

    response = leah.post(
        reverse("hand-over", args=[held.pk]), {"email": "zoe@example.org"}, follow=True
    )

    assert banner(response) == ["The role has been handed over to zoe@example.org."]
    assert (leah.get(url).status_code, as_person("zoe").get(url).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Enter e-mail address of the person who takes over"),
        ("LEAH@example.org", "Enter the address of somebody else"),
        ("zoe@example.org", "zoe@example.org has this role here already"),
    ],
)
def test_hand_over_says_what_is_wrong_above_and_beside(email, said, as_person, world):
    zoe, today = world.person("zoe"), timezone.localdate()
    actions.assign(user=zoe, role=Role.PROJECT_LEAD, scope=world.abbot, by=None, starts_on=today)
    held = world.person("leah").assignments.get()

    response = as_person("leah").post(
        reverse("hand-over", args=[held.pk]), {"email": email, "sent": "1"}
    )

    assert (response.status_code, *errors(response)) == (422, [said], [said])
    held.refresh_from_db()
    assert held.ends_on is None


def test_leaving_by_oneself(as_person, world):
    tom = as_person("tom")
    url = reverse("assignment-end", args=[world.person("tom").assignments.get().pk])

    response = tom.post(url, follow=True)

    assert banner(response) == ["The role of Tom Abara has ended."]
    assert tom.get(url).status_code == 404


def test_ending_the_role_of_the_only_lead_warns(as_person, world):
    held = world.person("leah").assignments.get()
    url = reverse("assignment-end", args=[held.pk])
    alone = as_person("leah").get(url).context["is_only_lead"]
    actions.assign(
        user=world.person("zoe"),
        role=Role.PROJECT_LEAD,
        scope=world.abbot,
        by=None,
        starts_on=held.starts_on,
    )

    beside_another = as_person("leah").get(url).context["is_only_lead"]

    assert (alone, beside_another) == (True, False)


def test_ending_another_role_does_not_warn(as_person, world):
    held = world.person("tom").assignments.get()

    page = as_person("leah").get(reverse("assignment-end", args=[held.pk]))

    assert page.context["is_only_lead"] is False
