"""Records that no longer count: where they are gone from, where they stay, how they come back."""

import uuid

import pytest
from django.contrib.messages import get_messages

from enquiries.actions import Withdrawn, answer_help, bring_back, save_sheet, withdraw
from enquiries.models import (
    Draft,
    HelpRequest,
    LeadershipEntry,
    NextStep,
    Revision,
    SchoolPriority,
    Trial,
)
from enquiries.queries import recent_entries, with_whereabouts
from enquiries.sheets.queries import states
from impact.exchange.exporting import enquiry_document
from reports.builders import build_case_study
from tests.pages import errors_said, heading
from tests.world import log

REASON = "Logged twice."


@pytest.fixture
def trial(world) -> Trial:
    return world.cycle.trials.get()


@pytest.fixture
def leah(as_person):
    return as_person("leah")


def address(world, record, *parts: str) -> str:
    tail = "".join(f"{part}/" for part in parts)
    return f"/enquiries/{world.enquiry.pk}/forms/trial/{record.key}/{tail}"


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_withdrawing_asks_why_and_leads_back_to_the_list(world, leah, trial):
    url = address(world, trial, "withdraw")

    asked, refused = leah.get(url), leah.post(url, {"reason": " "})
    done = leah.post(url, {"reason": REASON})

    assert (asked.status_code, heading(asked)) == (200, "Withdraw this")
    assert (refused.status_code, errors_said(refused)) == (422, {"reason": "Enter why"})
    assert done.url == f"/enquiries/{world.enquiry.pk}/forms/trial/"
    assert Trial.everything.get().withdrawn == REASON


def test_list_tells_what_was_withdrawn_apart(world, leah, trial):
    withdraw(record=trial, reason=REASON, by=world.person("leah"))

    context = leah.get(f"/enquiries/{world.enquiry.pk}/forms/trial/").context

    assert (context["records"], context["withdrawn"]) == ([], [trial])


def test_withdrawn_record_is_gone_from_counts_reports_and_exports(world):
    leah, enquiry = world.person("leah"), world.enquiry
    before = enquiry_document(enquiry), build_case_study(enquiry, exact=True)
    told = {"behaviours": ["lba2"], "reflection": "Okapi"}
    entry = log(LeadershipEntry, enquiry=enquiry, by=leah, **told)
    step = log(NextStep, enquiry=enquiry, by=leah, text="Okapi")

    for record in (entry, step):
        withdraw(record=record, reason=REASON, by=leah)

    assert (enquiry_document(enquiry), build_case_study(enquiry, exact=True)) == before
    assert [logged.text for logged in recent_entries(enquiry)] == ["Paired planning"]


def test_withdrawn_request_for_help_is_wanted_no_more(world):
    withdraw(record=world.help_request, reason="We found it.", by=world.person("leah"))

    found = with_whereabouts(type(world.enquiry).objects.filter(pk=world.enquiry.pk)).get()

    assert found.help_wanted == 0
    assert list(world.enquiry.help_requests.all()) == []
    assert HelpRequest.everything.count() == 1


def test_answer_to_a_request_withdrawn_meanwhile_is_kept(world):
    withdraw(record=world.help_request, reason="We found it.", by=world.person("leah"))

    answer_help(request=world.help_request, answer="Ask them.", by=world.person("faye"))

    assert HelpRequest.everything.get().answer == "Ask them."


def test_withdrawn_trial_counts_for_no_form(world, trial):
    withdraw(record=trial, reason=REASON, by=world.person("leah"))

    found = next(s for s in states(world.enquiry, world.cycle) if s.title == "Trial")

    assert (found.records, found.saved_by) == (0, "")


def test_its_place_stays_taken(world):
    leah, enquiry = world.person("leah"), world.enquiry
    first = log(NextStep, enquiry=enquiry, by=leah, text="One")
    withdraw(record=first, reason=REASON, by=leah)

    second = log(NextStep, enquiry=enquiry, by=leah, text="Two")

    assert second.position == first.position + 1


def test_history_tells_who_withdrew_it_and_why_and_brings_it_back(world, leah, trial):
    leah.post(address(world, trial, "withdraw"), {"reason": REASON})
    opened = leah.get(address(world, trial))

    history = leah.get(opened.url)
    back = leah.post(address(world, trial, "bring-back"))
    changes = [save.changes for save in leah.get(opened.url).context["saves"]]

    assert opened.url == address(world, trial, "history")
    assert history.context["record"].withdrawn == REASON
    assert back.url == address(world, trial)
    assert list(world.cycle.trials.all()) == [trial]
    assert [(c.label, c.before, c.after) for (c, *_) in changes[:2]] == [
        ("Why it was withdrawn", REASON, ""),
        ("Why it was withdrawn", "", REASON),
    ]


def test_withdrawing_twice_keeps_the_first_reason(world, trial):
    leah, tom = world.person("leah"), world.person("tom")
    saves = Revision.objects.count()

    withdraw(record=trial, reason=REASON, by=leah)
    withdraw(record=Trial.everything.get(), reason="Another.", by=tom)

    assert Trial.everything.get().withdrawn == REASON
    assert Revision.objects.count() == saves + 1


def test_bringing_back_what_stands_changes_nothing(world, trial):
    saves = Revision.objects.count()

    bring_back(record=trial, by=world.person("leah"))

    assert Revision.objects.count() == saves


def test_withdrawn_record_is_not_saved_and_what_was_typed_is_kept(world, leah, trial):
    withdraw(record=trial, reason=REASON, by=world.person("tom"))

    response = leah.post(address(world, trial), {"strategy": "Okapi", "seen": "{}"})

    trial.refresh_from_db()
    assert response.url == address(world, trial, "history")
    assert trial.strategy == "Paired planning"
    assert Draft.objects.get(by=world.person("leah")).typed["strategy"] == ["Okapi"]


def test_action_refuses_to_change_what_was_withdrawn(world, trial):
    leah, place = world.person("leah"), {"enquiry": world.enquiry, "key": trial.key}
    withdraw(record=trial, reason=REASON, by=leah)

    with pytest.raises(Withdrawn):
        save_sheet(Trial, place=place, seen={}, wanted={"strategy": "Okapi"}, by=leah)


def test_earlier_words_wait_until_it_is_back(world, leah, trial):
    place = {"enquiry": world.enquiry, "key": trial.key}
    seen = {"strategy": trial.strategy}
    wanted = {"strategy": "Okapi"}
    save_sheet(Trial, place=place, seen=seen, wanted=wanted, by=world.person("leah"))
    changed = Revision.objects.first()
    withdraw(record=trial, reason=REASON, by=world.person("leah"))

    response = leah.post(f"/revisions/{changed.pk}/restore/", {"newest": changed.pk})

    assert said(response) == ["This was withdrawn. Bring it back first."]
    assert Trial.everything.get().strategy == "Okapi"


def test_what_withdrew_a_record_is_no_words_to_bring_back(world, leah, trial):
    withdraw(record=trial, reason=REASON, by=world.person("leah"))
    withdrawing = Revision.objects.first()
    bring_back(record=Trial.everything.get(), by=world.person("leah"))
    coming_back = Revision.objects.first()

    for save in (withdrawing, coming_back):
        leah.post(f"/revisions/{save.pk}/restore/", {"newest": coming_back.pk})

    assert Trial.everything.get().withdrawn == ""


def test_form_that_is_filled_in_once_is_not_withdrawn(world, leah):
    place = {"enquiry": world.enquiry, "participation": world.enquiry.participations.first()}
    wanted = {"priority": "Writing"}
    made = save_sheet(SchoolPriority, place=place, seen={}, wanted=wanted, by=world.person("leah"))
    url = f"/enquiries/{world.enquiry.pk}/forms/priority/{made.key}/withdraw/"

    assert [leah.get(url).status_code, leah.post(url, {"reason": REASON}).status_code] == [404, 404]


def test_record_that_never_was_is_not_withdrawn(world, leah):
    url = f"/enquiries/{world.enquiry.pk}/forms/trial/{uuid.uuid4()}/withdraw/"

    assert leah.get(url).status_code == 404
