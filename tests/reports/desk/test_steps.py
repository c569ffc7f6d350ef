"""The steps from draft to publication: who may take which when, and what undoes it."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.models import Mail
from enquiries.actions import open_thread, resolve_thread
from enquiries.models import Ethics, Trial
from impact.actions import sign_off
from impact.claims.queries import stated
from reports import actions
from reports.due import Kind, due_from
from reports.manuscript.anonymity import look_through
from reports.manuscript.hindrances import hindrances
from reports.manuscript.standing import State, standing_of
from reports.models import EditorialStep
from tests.claims import claimed
from tests.desk import WORDS, chosen, criticised, published, signed, take, write


def state(world) -> str:
    return standing_of(world.enquiry).state.label


def reasons(world) -> list[str]:
    return [each.text for each in hindrances(standing_of(world.enquiry))]


def test_case_study_goes_from_one_to_the_next(world):
    said = [state(world)]

    write(world, **WORDS)
    said.append(state(world))
    take(world, actions.send_for_critique, "leah")
    said.append(state(world))
    take(world, actions.give_critique, "faye", is_done=False, note="Say what changed.")
    said.append(state(world))
    write(world, impact="Pupils ask more.")
    take(world, actions.send_for_critique, "leah")
    take(world, actions.give_critique, "faye", is_done=True)
    said.append(state(world))
    take(world, actions.check_consent, "leah")
    take(world, actions.sign_off_case_study, "leah")
    said.append(state(world))
    take(world, actions.choose_case_study, "owen", is_chosen=True, note="Cross-phase.")
    said.append(state(world))
    take(world, actions.publish_case_study, "owen")
    said.append(state(world))

    assert said == [
        "Not begun",
        "Being written",
        "With the facilitator",
        "Being revised",
        "To be checked and signed off",
        "Signed off, to be chosen",
        "Chosen, to be published",
        "Published",
    ]


def test_every_step_says_who_when_why_and_of_which_words(world):
    draft = write(world, **WORDS)
    take(world, actions.send_for_critique, "leah")

    step = take(world, actions.give_critique, "faye", is_done=False, note="Say what changed.")

    assert (step.by, step.note) == (world.person("faye"), "Say what changed.")
    assert step.revision == draft.revisions().first()


def test_step_sent_twice_is_taken_once(world):
    write(world, **WORDS)

    first = take(world, actions.send_for_critique, "leah")
    again = take(world, actions.send_for_critique, "leah")

    assert (first, EditorialStep.objects.count()) == (again, 1)


def test_step_about_words_that_have_changed_is_refused(world):
    write(world, **WORDS)
    read = standing_of(world.enquiry).revision
    write(world, by="sam", impact="Pupils ask more.")

    with pytest.raises(actions.NotNow) as refused:
        actions.send_for_critique(enquiry=world.enquiry, revision=read, by=world.person("leah"))

    assert refused.value.reasons == (
        "Somebody has changed the case study since you read it: read it again",
    )


# ---- what hinders --------------------------------------------------------------------------


def test_signing_off_what_nobody_wrote_is_refused(world):
    assert reasons(world) == ["Nothing has been written yet"]


def test_signing_off_needs_critique_and_consent(world):
    write(world, **WORDS)

    assert reasons(world) == [
        "Its facilitator has not said that nothing more is to be done",
        "Consent and anonymity have not been checked since the last change",
    ]


NOT_COMPLETE = ("The ethics checklist is not complete", "")
NOBODY_CHECKS = (
    "The ethics checklist does not say who checks before findings are published",
    "#id_is_published",
)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (None, [NOT_COMPLETE]),
        ({"right_to_withdraw": False}, [NOT_COMPLETE]),
        ({"is_published": False}, [NOBODY_CHECKS]),
        ({"extra_check": ""}, [NOBODY_CHECKS]),
        ({}, []),
    ],
    ids=str,
)
def test_signing_off_and_publishing_wait_for_the_ethics_checklist(answers, told, world):
    chosen(world)
    ethics = Ethics.objects.filter(enquiry=world.enquiry)
    ethics.delete() if answers is None else ethics.update(**{"has_protocol": True, **answers})

    found = hindrances(standing_of(world.enquiry))

    page = reverse("sheet", args=[world.enquiry.pk, "ethics"])
    assert [(each.text, each.url) for each in found] == [(text, page + at) for text, at in told]
    if told:
        with pytest.raises(actions.NotNow) as refused:
            take(world, actions.publish_case_study, "owen")
        assert refused.value.reasons == tuple(text for text, _ in told)


def test_change_of_words_asks_for_a_new_check(world):
    criticised(world)
    take(world, actions.check_consent, "leah")
    before = reasons(world)

    write(world, impact="Tom asks more.")

    assert before == []
    assert reasons(world) == ["Consent and anonymity have not been checked since the last change"]


def test_signing_off_waits_for_a_change_that_was_asked_for(world):
    draft = criticised(world)
    take(world, actions.check_consent, "leah")
    faye = world.person("faye")
    thread = open_thread(
        record=draft,
        sheet="case-study",
        field="impact",
        asks_change=True,
        text="For whom?",
        tell=[],
        submission=uuid4(),
        by=faye,
    )
    before = reasons(world)

    resolve_thread(thread=thread, by=faye)

    assert before == ["A change that was asked for is not accepted yet"]
    assert reasons(world) == []


def test_signing_off_waits_for_the_claims_that_are_shown_or_cited(world):
    bare, other = claimed(world), claimed(world, statement="Heads listen.")
    claimed(world, statement="Neither shown nor cited.")
    criticised(
        world, **WORDS, impact=f"It helped [C{bare.position}].", impact_shows=[f"C{other.position}"]
    )
    take(world, actions.check_consent, "leah")

    told = [
        words
        for position in (other.position, bare.position)
        for words in (
            f"Nothing stands behind the claim [C{position}]",
            f"The claim [C{position}] is not signed off",
        )
    ]
    assert reasons(world) == told


def test_claim_with_evidence_that_is_signed_off_hinders_nothing(world):
    trial = world.cycle.trials.get()
    claim = claimed(world, **{"evidence.trial": [trial.pk]})
    sign_off(claim=claim, seal=stated(claim).seal, by=world.person("leah"))
    criticised(world, **WORDS, impact=f"It helped [C{claim.position}].")

    assert reasons(world) == ["Consent and anonymity have not been checked since the last change"]


def test_signing_off_waits_for_own_words_and_for_marks_that_lead_somewhere(world):
    actions.begin_with_logged(enquiry=world.enquiry, by=world.person("leah"))
    write(world, context="We began [M999].", innovation_shows=["T999"])

    told = reasons(world)

    assert "Context and why cites [M999], which names nothing that is there" in told
    assert "Challenges still holds what was logged, not your own words" in told
    assert "[T999] is to be shown and is no longer there" in told


def test_signing_off_is_refused_with_every_reason(world):
    write(world, **WORDS)

    with pytest.raises(actions.NotNow) as refused:
        take(world, actions.sign_off_case_study, "leah")

    assert list(refused.value.reasons) == reasons(world)


def test_change_of_words_undoes_the_signature(world):
    signed(world)

    write(world, impact="Pupils ask more.")

    assert standing_of(world.enquiry).signature is None
    with pytest.raises(actions.NotNow, match="has not signed it off as it stands"):
        take(world, actions.choose_case_study, "owen", is_chosen=True, note="Cross-phase.")


def test_critique_cannot_end_while_a_change_is_asked_for(world):
    draft = write(world, **WORDS)
    take(world, actions.send_for_critique, "leah")
    open_thread(
        record=draft,
        sheet="case-study",
        asks_change=True,
        text="For whom?",
        tell=[],
        submission=uuid4(),
        by=world.person("faye"),
    )

    with pytest.raises(actions.NotNow, match="still open: accept it first"):
        take(world, actions.give_critique, "faye", is_done=True)


@pytest.mark.parametrize(
    ("action", "more", "why"),
    [
        (actions.send_for_critique, {}, "Nothing has been written yet"),
        (actions.check_consent, {}, "Nothing has been written yet"),
        (actions.give_critique, {"is_done": True}, "It has not been sent for critique"),
        (actions.publish_case_study, {}, "It has to be signed off and chosen first"),
    ],
)
def test_step_before_its_time_is_refused_in_words(world, action, more, why):
    with pytest.raises(actions.NotNow) as refused:
        take(world, action, "leah", **more)

    assert refused.value.reasons == (why,)


def test_not_chosen_case_study_may_be_chosen_once_it_is_better(world):
    signed(world)
    take(world, actions.choose_case_study, "owen", is_chosen=False, note="Too like another.")
    before = state(world)

    write(world, impact="Pupils ask more.")
    take(world, actions.check_consent, "leah")
    take(world, actions.sign_off_case_study, "leah")

    assert (before, state(world)) == ("Not chosen", "Signed off, to be chosen")


# ---- anonymity -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("We thank Tom Abara for it.", ["A name of the alliance"]),
        ("We thank Mrs Smith for it.", ["Somebody with a title"]),
        ("Pupil A123456789012 asked.", ["Perhaps a pupil’s number"]),
        ("One was born on 3/2/2014.", ["Perhaps a date of birth"]),
        ("One, 3 February 2014, asked.", ["Perhaps a date of birth"]),
        ("We thank Ana Lopez, Ben Oduya and Cy Rees.", ["Perhaps a list of names"]),
        ("We planned lessons in the field.", []),
    ],
)
def test_what_may_tell_who_somebody_is_is_found(world, words, why):
    draft = write(world, context=words)

    assert [found.why for found in look_through(draft)] == why


def test_names_are_found_in_what_is_shown_too(world):
    trial = Trial.objects.get(enquiry=world.enquiry)
    Trial.objects.filter(pk=trial.pk).update(recommendation="Ask Ms Long.")
    draft = write(world, innovation_shows=[f"T{trial.position}"])

    (found,) = look_through(draft)

    told = (found.why, found.where, found.words)
    assert told == ("Somebody with a title", "Innovation", "Ask Ms Long.")


# ---- who is told ---------------------------------------------------------------------------


def turn_of(world) -> list[str]:
    """Whose week says that a case study waits for them."""
    return [
        name
        for name in ("leah", "sam", "faye", "owen", "nadia", "ravi", "marcus")
        if Kind.CASE_STUDY
        in [due.kind for due in due_from(world.person(name), timezone.localdate())]
    ]


def test_my_week_says_whose_turn_it_is(world):
    write(world, **WORDS)
    turns = [turn_of(world)]

    take(world, actions.send_for_critique, "leah")
    turns.append(turn_of(world))
    take(world, actions.give_critique, "faye", is_done=True)
    turns.append(turn_of(world))
    take(world, actions.check_consent, "leah")
    take(world, actions.sign_off_case_study, "leah")
    turns.append(turn_of(world))
    take(world, actions.choose_case_study, "owen", is_chosen=True, note="Cross-phase.")
    turns.append(turn_of(world))
    take(world, actions.publish_case_study, "owen")
    turns.append(turn_of(world))

    assert turns == [[], ["faye"], ["leah"], ["owen"], ["owen"], []]


def test_next_one_is_told_by_e_mail_that_quotes_nothing(world):
    write(world, **WORDS)

    take(world, actions.send_for_critique, "leah", note="Quokka")

    mail = Mail.objects.get(kind=Mail.Kind.TURN)
    assert mail.person == world.person("faye")
    assert mail.subject == "Alliance Enquiry: a case study is passed on to you"
    assert mail.text.splitlines()[0] == (
        "Leah Marsh has passed on “Case study, George Abbot Teaching School Alliance” to you."
    )
    assert "Quokka" not in mail.text


# ---- pages ---------------------------------------------------------------------------------


def step_url(world, slug: str) -> str:
    return reverse("case-study-step", args=[world.enquiry.pk, slug])


def test_refusal_is_told_on_the_page_of_the_step(world, as_person):
    write(world, **WORDS)
    revision = standing_of(world.enquiry).revision

    response = as_person("leah").post(step_url(world, "sign-off"), {"revision": revision})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == reasons(world)


def test_consent_is_confirmed_point_by_point(world, as_person):
    write(world, **WORDS)
    revision = standing_of(world.enquiry).revision
    sent = {"revision": revision, "quoted": "on", "nobody": "on", "photos": "on"}
    leah = as_person("leah")

    forgotten = leah.post(step_url(world, "check"), sent)
    complete = leah.post(step_url(world, "check"), {**sent, "few": "on"})

    assert (forgotten.status_code, complete.status_code) == (422, 302)
    assert EditorialStep.objects.get().step == "checked"


def test_sending_back_takes_a_word_of_what_to_do(world, as_person):
    write(world, **WORDS)
    take(world, actions.send_for_critique, "leah")
    sent = {"revision": standing_of(world.enquiry).revision, "is_done": "no"}

    response = as_person("faye").post(step_url(world, "critique"), sent)

    assert response.context["form"].errors == {"note": ["Say what is to be done"]}


def test_unknown_step_is_not_found(world, as_person):
    assert as_person("leah").get(step_url(world, "skip")).status_code == 404


STATES = [
    (lambda _world: None, "Not begun"),
    (lambda world: write(world, **WORDS), "Being written"),
    (criticised, "To be checked and signed off"),
    (signed, "Signed off, to be chosen"),
    (chosen, "Chosen, to be published"),
    (published, "Published"),
]


@pytest.mark.parametrize(("prepare", "told"), STATES, ids=[told for _, told in STATES])
def test_desk_of_every_state_can_be_opened(world, as_person, prepare, told, owen_reads):
    prepare(world)

    for name in ("leah", "faye", "owen"):
        response = as_person(name).get(reverse("case-study", args=[world.enquiry.pk]))

        assert response.context["standing"].state.label == told


def test_case_studies_of_the_programme_are_listed_with_where_they_stand(world, as_person):
    signed(world)
    address = reverse("programme-case-studies", args=[world.programme.pk])
    owen = as_person("owen")

    everywhere = owen.get(address).context["standings"]
    to_choose = owen.get(address, {"state": State.CHOOSING}).context["standings"]

    stand = {each.enquiry.alliance.key: each.state for each in everywhere}
    assert stand["georgeabbot"] == State.CHOOSING
    assert set(stand.values()) == {State.CHOOSING, State.NONE}
    assert [each.enquiry for each in to_choose] == [world.enquiry]
