"""What an enquiry lacks and where it stands is kept until anything of it changes."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from alliances.actions import place_alliance
from enquiries.actions import (
    answer_help,
    leave_enquiry,
    pass_gate,
    save_sheet,
    set_deadline,
    start_cycle,
    withdraw,
)
from enquiries.models import (
    CheckInCall,
    Enquiry,
    HelpRequest,
    ImpactOverview,
    LeadershipEntry,
    Response,
    Risk,
    Trial,
)
from impact.actions import sign_off
from impact.claims.queries import claims_by_enquiry, stated
from reports.actions import keep_counts
from reports.digests import kept_lacks, where_stood
from reports.due import due_from
from reports.lacking import Kind, Lacking, lacking_of
from reports.stood import Stood, stood_of
from tests.claims import claimed, measured, with_tests
from tests.desk import criticised, write
from tests.measuring import add_measure, add_reading
from tests.meetings import heard, planned
from tests.world import PEOPLE, log

TODAY = timezone.localdate()


def act_trial(world):
    told = {"tried": "Pairs", "held_on": date(2026, 11, 2)}
    log(Trial, cycle=world.cycle, by=world.person("tom"), **told)


def act_leadership(world):
    said = {"behaviour": "Trust", "reflection": "It takes a term."}
    log(LeadershipEntry, enquiry=world.enquiry, by=world.person("leah"), **said)


def act_questionnaire(world):
    place = {"enquiry": world.enquiry, "cycle": world.cycle, "instrument": "progress-impact"}
    sent = {**place, "version": 1, "key": uuid4()}
    save_sheet(Response, place=sent, seen={}, wanted={}, by=world.person("leah"))


def act_gate(world):
    leah = world.person("leah")
    pass_gate(cycle=world.cycle, enters="ended", missing=["All"], reason="Late", by=leah)


def act_deadline(world):
    set_deadline(cycle=world.cycle, deadline=date(2026, 12, 1), by=world.person("faye"))


def act_cycle(world):
    start_cycle(enquiry=world.enquiry, by=world.person("leah"), label="Next", tried="It")


def act_overview(world):
    place = {"enquiry": world.enquiry, "cycle": world.cycle}
    save_sheet(ImpactOverview, place=place, seen={}, wanted={}, by=world.person("leah"))


def act_agreed_at_the_meeting(world):
    heard(world, planned(world), cycle=world.cycle, next_focus="Talk in mathematics")


def act_without_a_cluster(world):
    place_alliance(alliance=world.abbot, by=world.person("owen"), cluster=None)


def act_claim(world):
    claimed(world)


def act_measure(world):
    leah = world.person("leah")
    add_measure(enquiry=world.enquiry, by=leah, name="Trust", level="teacher")


def act_case_study(world):
    write(world)


def act_critique(world):
    criticised(world)


def act_help(world):
    log(HelpRequest, enquiry=world.enquiry, by=world.person("leah"), text="How?")


def act_answer(world):
    request = HelpRequest.objects.filter(enquiry=world.enquiry, answered_at=None).first()
    answer_help(request=request, answer="Count them.", by=world.person("faye"))


def act_risk(world):
    said = {"risk": "Heads change", "likelihood": "high", "effect": "high"}
    save_sheet(
        Risk, place={"enquiry": world.enquiry}, seen={}, wanted=said, by=world.person("leah")
    )


def act_call(world):
    place = {"enquiry": world.enquiry, "held_on": date(2026, 11, 2)}
    said = {"status": "at-risk"}
    save_sheet(CheckInCall, place=place, seen={}, wanted=said, by=world.person("faye"))


def act_data_test(world):
    with_tests(world, world.enquiry.measures.first())


def act_school_that_left(world):
    leave_enquiry(
        participation=world.enquiry.participations.exclude(part="left").last(),
        on=date(2026, 11, 2),
        reason="No cover",
        replaced_by="",
        by=world.person("leah"),
    )


def act_reading(world):
    add_reading(
        measure=add_measure(enquiry=world.enquiry, by=world.person("leah"), name="Trust"),
        by=world.person("leah"),
        moment="baseline",
        kind="number",
        value=7,
    )


def act_withdrawn_trial(world):
    withdraw(record=world.cycle.trials.last(), reason="Twice", by=world.person("leah"))


ACTS = [
    act_help,
    act_answer,
    act_risk,
    act_call,
    act_data_test,
    act_school_that_left,
    act_reading,
    act_withdrawn_trial,
    act_trial,
    act_leadership,
    act_questionnaire,
    act_gate,
    act_deadline,
    act_cycle,
    act_overview,
    act_agreed_at_the_meeting,
    act_without_a_cluster,
    act_claim,
    act_measure,
    act_case_study,
    act_critique,
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_is_lacking_is_read_anew_once_it_has_changed(world, act):
    pk = world.enquiry.pk
    keep_counts()
    before = read_anew(world)

    act(world)

    assert (read_anew(world) != before, kept_lacks([pk])) == (True, {})
    keep_counts()
    assert (kept_lacks([pk])[pk], where_stood([pk], TODAY)[pk]) == read_anew(world)


def test_what_waits_for_a_signature_is_read_anew_once_it_is_given(world):
    measure = measured(world)
    claim = claimed(world, **{"evidence.measure": [measure.pk]}, result_id=None)
    with_tests(world, measure)
    keep_counts()
    waiting = kept_lacks([world.enquiry.pk])[world.enquiry.pk].missing

    sign_off(claim=claim, seal=stated(claim).seal, by=world.person("leah"))

    assert kept_lacks([world.enquiry.pk]) == {}
    lacking, stood = read_anew(world)
    signed = [each for each in waiting if each["kind"] != Kind.CLAIM]
    assert (lacking.missing, stood.claimed["signed"]) == (signed, 1)
    assert len(signed) == len(waiting) - 1


def read_anew(world) -> tuple[Lacking, Stood]:
    """As JSON gives it back."""
    enquiry = Enquiry.objects.get(pk=world.enquiry.pk)
    lacking, stood = (
        lacking_of(enquiry),
        stood_of([enquiry.pk], TODAY, claims_by_enquiry([enquiry.pk]))[enquiry.pk],
    )
    return (
        Lacking(**json.loads(json.dumps(asdict(lacking)))),
        Stood(**json.loads(json.dumps(asdict(stood)))),
    )


def test_the_same_is_due_of_what_is_kept(world):
    everybody = [world.person(name) for name in PEOPLE]
    today = timezone.localdate()
    before = [due_from(person, today) for person in everybody]

    keep_counts()

    assert list(kept_lacks([world.enquiry.pk])) == [world.enquiry.pk]
    assert [due_from(person, today) for person in everybody] == before


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_past_somebody_who_is_still_writing(world):
    """What they wrote has an earlier number than what was written and seen meanwhile."""

    def write_meanwhile():
        try:
            act_trial(world)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            act_answer(world)
            thread.submit(write_meanwhile).result(timeout=20)
            while_writing = thread.submit(keep_in_thread, 0.1).result(timeout=20)
        kept = thread.submit(keep_in_thread, 5.0).result(timeout=60)

    assert (while_writing, kept > 0) == (0, True)
    found = where_stood([world.enquiry.pk], TODAY)[world.enquiry.pk]
    assert found == read_anew(world)[1]


def keep_in_thread(patience: float) -> int:
    try:
        return keep_counts(patience)
    finally:
        connection.close()


@pytest.mark.parametrize("many", [1, 2])
def test_queries_of_what_is_kept(world, many, django_assert_num_queries):
    keep_counts()

    with django_assert_num_queries(1):
        assert len(kept_lacks([world.enquiry.pk, world.other_enquiry.pk][:many])) == many
