"""The outbox: what leaves, once, when the mail server lets it; and who is told what."""

import re
import threading
from datetime import timedelta
from email import message_from_string

import pytest
from django.core import mail
from django.db import Error, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances import actions, links
from alliances.content import words
from alliances.models import Mail
from alliances.roles import Role
from tests.alliances.mail_server import mail_server
from tests.alliances.test_pages import banner, rows
from tests.reports.queue import tasks_told

MINUTE = timedelta(minutes=1)
RETURNED, MENTIONED = Mail.Kind.RETURNED, Mail.Kind.MENTIONED


def invite(world, email="new@example.org"):
    return actions.invite(
        email=email, role=Role.HEI_PARTNER, scope=world.abbot, by=world.person("leah")
    )


def notify(world, who="tom", kind=RETURNED, by="faye"):
    return actions.notify(
        person=world.person(who),
        kind=kind,
        by=world.person(by),
        about="Impact plan",
        path="/enquiries/1/",
    )


def state(about) -> tuple:
    """What became of the last e-mail: of an invitation, or itself."""
    kept = Mail.objects.get(pk=about.pk) if isinstance(about, Mail) else about.mails.first()
    return kept.state, kept.problem, kept.attempts


@pytest.fixture
def server(settings):
    """A mail server that takes everything until it is told otherwise."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server() as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def nobody_listens(settings):
    with mail_server() as closed:
        port = closed.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


# Once, and not lost


def test_worker_is_told_on_commit_and_sends_what_waits(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        kept = invite(world)

    assert tasks_told() == ["alliances.send_mails"]
    assert state(kept) == ("waiting", "", 0)
    assert (actions.send_mails(), state(kept)) == (1, ("sent", "", 0))


def test_mail_is_sent_once_however_often_it_is_asked_for(world, mailoutbox):
    invite(world)

    counts = [actions.send_mails() for _ in range(3)]

    assert (counts, len(mailoutbox)) == ([1, 0, 0], 1)


def test_words_of_a_mail_go_when_it_is_settled(world, server):
    server.refuses["off@example.org"] = "550 no such mailbox"
    for email in ("new@example.org", "off@example.org"):
        invite(world, email)

    actions.send_mails()

    assert list(Mail.objects.values_list("state", "text", "html").order_by("to")) == [
        ("sent", "", ""),
        ("dropped", "", ""),
    ]


def test_mail_carries_one_identity_through_all_its_attempts(world, server, clock):
    server.refuses["new@example.org"] = "451 later"
    kept = invite(world)
    actions.send_mails()
    del server.refuses["new@example.org"]
    clock.shift(MINUTE)
    actions.send_mails()

    (taken,) = (message_from_string(text) for text in server.taken)
    assert taken["Message-ID"] == f"<{kept.mails.get().key}@enquiry.example>"
    assert (taken["To"], taken["Auto-Submitted"]) == ("new@example.org", "auto-generated")
    assert taken["List-Unsubscribe"] is None


def test_address_that_is_refused_for_good_is_given_up_and_others_leave(world, server):
    server.refuses["off@example.org"] = "550 no such mailbox"
    off, new = invite(world, "off@example.org"), invite(world)

    assert actions.send_mails() == 1

    assert state(off) == ("dropped", "The mail server refused it. Is the address right?", 0)
    assert state(new) == ("sent", "", 0)


def test_address_that_is_refused_for_now_is_tried_later_and_others_leave(world, server, clock):
    server.refuses["off@example.org"] = "450 busy"
    off, new = invite(world, "off@example.org"), invite(world)

    first = actions.send_mails()
    told = state(off)
    clock.shift(MINUTE - timedelta(seconds=1))
    early = actions.send_mails()
    del server.refuses["off@example.org"]
    clock.shift(timedelta(seconds=1))

    assert (first, early, actions.send_mails()) == (1, 0, 1)
    assert told == ("waiting", "The mail server did not take it yet.", 1)
    assert (state(new)[0], state(off)) == ("sent", ("sent", "", 1))


def test_server_that_is_down_loses_nothing_and_is_asked_once_a_round(
    world, nobody_listens, clock, settings
):
    kept = [invite(world, f"{name}@example.org") for name in "ab"]

    assert actions.send_mails() == 0
    assert [state(each)[2] for each in kept] == [1, 0]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.shift(MINUTE)
    assert actions.send_mails() == 2
    assert [message.to for message in mail.outbox] == [["b@example.org"], ["a@example.org"]]


def test_pauses_double_up_to_an_hour_and_end_after_two_days(world, server, clock):
    server.refuses["new@example.org"] = "450 busy"
    kept, pauses = invite(world), []

    while state(kept)[0] == "waiting":
        actions.send_mails()
        waiting = kept.mails.get()
        if waiting.state == "waiting":
            pauses.append((waiting.try_at - timezone.now()) // MINUTE)
            clock.move_to(waiting.try_at)

    assert pauses == [1, 2, 4, 8, 16, 32, *[60] * 47]
    assert state(kept) == ("dropped", "The mail server took nothing for two days.", 53)


def test_mail_that_no_server_could_take_does_not_hold_up_the_others(world, mailoutbox, caplog):
    bad = invite(world, "bad@example.org")
    Mail.objects.filter(invitation=bad).update(subject="two\nlines")
    new = invite(world)

    assert actions.send_mails() == 1

    assert state(bad) == ("dropped", "It could not be put in the form of an e-mail.", 0)
    assert state(new)[0] == "sent"
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("spend", ["accept", "run out"])
def test_invitation_that_was_spent_before_is_not_sent(spend, world, clock, mailoutbox):
    kept = invite(world, "zoe@example.org")
    if spend == "accept":
        actions.accept_invitation(invitation=kept, user=world.person("zoe"))
    else:
        clock.move_to(kept.expires_at)

    actions.send_mails()

    assert (state(kept)[0], mailoutbox) == ("dropped", [])


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(world, server):
    invite(world)
    server.hold.clear()
    counts = []

    first = in_thread(lambda: counts.append(actions.send_mails()))
    assert server.arrived.wait(timeout=30)
    second = in_thread(lambda: counts.append(actions.send_mails()))
    second.join(timeout=30)
    server.hold.set()
    first.join(timeout=30)

    assert (counts, len(server.taken)) == ([0, 1], 1)


@pytest.mark.django_db(transaction=True)
def test_worker_that_dies_before_its_commit_sends_once_more_under_the_same_identity(world, server):
    kept = invite(world)
    server.hold.clear()
    dying = in_thread(lose_the_database)
    assert server.arrived.wait(timeout=30)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND state = 'idle in transaction'"
        )
    server.hold.set()
    dying.join(timeout=30)
    after_the_death = state(kept)
    sent = actions.send_mails()

    ids = {message_from_string(text)["Message-ID"] for text in server.taken}
    assert (after_the_death, sent, state(kept)) == (("waiting", "", 0), 1, ("sent", "", 0))
    assert (len(server.taken), len(ids)) == (2, 1)


def lose_the_database():
    with pytest.raises(Error):
        actions.send_mails()


def in_thread(work) -> threading.Thread:
    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


# At once


def test_returned_names_the_form_and_who_and_quotes_nothing(world, mailoutbox):
    notify(world)
    actions.send_mails()

    (message,) = mailoutbox
    assert message.subject == "Alliance Enquiry: something is returned to you for change"
    assert message.body == (
        "Faye Osborne returned “Impact plan” to you and asks for a change.\n"
        "\n"
        "What they ask for is here, once you have signed in:\n"
        "https://enquiry.example/enquiries/1/\n"
        "\n"
        "--\n"
        "Alliance Enquiry. Which e-mails you get is for you to say:\n"
        "https://enquiry.example/emails/\n"
    )


def test_mentioned_names_the_form_and_who(world, mailoutbox):
    notify(world, kind=MENTIONED)
    actions.send_mails()

    assert mailoutbox[0].subject == "Alliance Enquiry: somebody mentions you"
    assert mailoutbox[0].body.splitlines()[0] == (
        "Faye Osborne mentions you in a comment on “Impact plan”."
    )


def test_nobody_is_told_of_what_they_did_themselves(world):
    assert notify(world, who="faye", by="faye") is None


@pytest.mark.parametrize("name", ["sid", "pat", "zoe"])
def test_nobody_suspended_or_without_a_role_is_written_to(name, world):
    assert notify(world, who=name) is None


def test_nobody_is_written_to_under_an_address_that_is_not_verified(world):
    world.person("tom").emailaddress_set.update(verified=False)

    assert notify(world) is None


def test_person_suspended_meanwhile_is_not_written_to(world, mailoutbox):
    kept = notify(world)
    actions.suspend(user=world.person("tom"), by=None)

    actions.send_mails()

    assert state(kept) == ("dropped", "The person left or switched it off before.", 0)
    assert mailoutbox == []


@pytest.mark.parametrize("kind", [RETURNED, MENTIONED])
def test_kind_that_is_switched_off_is_not_sent_and_the_other_is(kind, world):
    actions.choose_mail(person=world.person("tom"), unwanted=[kind])

    told = {each: notify(world, kind=each) is not None for each in (RETURNED, MENTIONED)}

    assert told == {RETURNED: True, MENTIONED: True} | {kind: False}


# One's own choice


KINDS = [kind.value for kind in Mail.Kind if kind not in Mail.ALWAYS]
PARTS = list(words("alliances", "weekly"))


def test_choice_of_mails_is_kept_and_shown(as_person, world, acts):
    tom, url = as_person("tom"), reverse("mail")
    before = tom.get(url).context["form"].initial["kinds"]

    saved = tom.post(url, {"kinds": ["weekly"], "parts": PARTS}, follow=True)

    assert before == KINDS
    assert banner(saved) == ["Your choice of e-mails has been saved."]
    assert saved.context["form"].initial["kinds"] == ["weekly"]
    assert world.person("tom").unwanted_mail == sorted(set(KINDS) - {"weekly"})
    assert [act for act, *_ in acts()] == ["chose mail"]


def test_nothing_ticked_means_nothing_wanted(as_person, world):
    as_person("tom").post(reverse("mail"), {})

    assert world.person("tom").unwanted_mail == sorted([*KINDS, *PARTS])


def test_unknown_kind_is_refused(as_person, world):
    response = as_person("tom").post(reverse("mail"), {"kinds": ["invitation"]})

    assert (response.status_code, world.person("tom").unwanted_mail) == (422, [])


def test_link_of_a_mail_stops_its_kind_without_signing_in(world, server):
    notify(world)
    actions.send_mails()
    (taken,) = (message_from_string(text) for text in server.taken)
    link = re.fullmatch(
        r"<https://enquiry\.example(/\S+)>", re.sub(r"\s", "", taken["List-Unsubscribe"])
    )[1]
    client = Client(enforce_csrf_checks=True)

    asked = client.get(link)
    unchanged = world.person("tom").unwanted_mail
    answers = [client.post(link, {"List-Unsubscribe": "One-Click"}).status_code for _ in "ab"]

    assert taken["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (asked.status_code, unchanged, answers) == (200, [], [200, 200])
    assert world.person("tom").unwanted_mail == ["returned"]


def test_link_that_was_tampered_with_stops_nothing(world):
    link = links.to_stop(world.person("tom"), RETURNED).removeprefix("https://enquiry.example")

    response = Client().post(link[:-3] + "x/")

    assert (response.status_code, world.person("tom").unwanted_mail) == (404, [])


# What the national team sees


@pytest.mark.parametrize("more", [1, 3])
def test_national_team_sees_what_became_of_each_mail(
    more, as_person, world, server, django_assert_num_queries
):
    server.refuses["off@example.org"] = "550 no such mailbox"
    for number in range(more):
        invite(world, f"new{number}@example.org")
    invite(world, "off@example.org")
    actions.send_mails()
    notify(world)
    owen, url = as_person("owen"), reverse("programme-mail", args=[world.programme.pk])

    # session, person, programme seen, programme managed, states, count, page
    with django_assert_num_queries(7):
        response = owen.get(url)

    refused = "Not sent The mail server refused it. Is the address right?"
    assert [(row[0], row[3]) for row in rows(response)] == [
        ("Tom Abara tom@example.org", "On its way"),
        ("off@example.org", refused),
        *((f"new{n}@example.org", "Sent 2 March 2026, 12:00pm") for n in reversed(range(more))),
    ]
    assert [figure["value"] for figure in response.context["figures"]] == [1, more, 1]


def test_mails_are_narrowed_to_those_not_sent(as_person, world, server):
    server.refuses["off@example.org"] = "550 no such mailbox"
    invite(world, "off@example.org")
    invite(world)
    actions.send_mails()
    url = reverse("programme-mail", args=[world.programme.pk])

    found = rows(as_person("owen").get(url, {"state": "dropped"}))

    assert [row[0] for row in found] == ["off@example.org"]


def test_mails_of_another_programme_are_not_shown(as_person, world):
    other = actions.record_programme(
        title="Other", country="Wales", commissioner="X", duration="", ended="2015",
        alliances_funded=1, by=None,
    )  # fmt: skip
    actions.invite(email="far@example.org", role=Role.NCTL, scope=other, by=None)
    actions.invite(email="near@example.org", role=Role.NCTL, scope=world.programme, by=None)

    found = rows(as_person("owen").get(reverse("programme-mail", args=[world.programme.pk])))

    assert [row[0] for row in found] == ["near@example.org"]
