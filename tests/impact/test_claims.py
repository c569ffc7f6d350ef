"""Claims (F29): what each asks, what it rests on, how that is flagged, and who signs it off."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from enquiries.actions import attach_evidence, bring_back, remove_evidence, save_sheet, withdraw
from enquiries.evidence.contents import examined
from enquiries.models import Fidelity, LeadershipEntry, Quotation, Trial
from impact.actions import NotToBeSigned, sign_off
from impact.claims.queries import claims_with_evidence, stated
from impact.models import Backing, Claim, ImpactPlan, Reading, SignOff
from tests.claims import ANSWERS, claimed, measured, with_tests
from tests.pages import errors_said, labels, queries_of
from tests.world import log

KEY = UUID(int=29)
TYPED = {
    "level": "pupil",
    "statement": "Pupils ask more questions.",
    "kind": "contribution",
    "other_initiatives": "None that we know of.",
    "strength": "evidence-limited",
    "seen": "{}",
}


@pytest.fixture
def faye(as_person):
    return as_person("faye")


@pytest.fixture
def trial(world):
    return world.cycle.trials.get()


@pytest.fixture
def backed(world, trial):
    """A claim that lacks nothing."""
    return claimed(world, **{"evidence.trial": [trial.pk]})


def address(world, key=KEY) -> str:
    return f"/enquiries/{world.enquiry.pk}/forms/claim/{key}/"


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


def signed(claim, by) -> SignOff:
    return sign_off(claim=claim, seal=stated(claim).seal, by=by)


# What the form asks


def test_form_asks_what_the_method_asks(world, leah):
    measured(world)

    asked = labels(leah.get(address(world)))

    assert asked == [
        "Whose change is it?",
        "School (optional)",
        "What changed, and for whom",
        "What do you claim?",
        "What justifies speaking of a cause (optional)",
        "Baseline (optional)",
        "Result (optional)",
        "Group size (optional)",
        "With whom were they compared? (optional)",
        "Measures that show it (optional)",
        "Trials that show it (optional)",
        "Quotations that show it (optional)",
        "Leadership entries that show it (optional)",
        "Data type (optional)",
        "Collection method (optional)",
        "Other initiatives running (optional)",
        "Strength of evidence (optional)",
    ]


def test_claim_keeps_what_is_typed_with_all_it_rests_on(world, leah, trial):
    measure = measured(world)
    before, after = measure.readings.all()
    school = world.enquiry.participations.first()
    links = {"baseline_id": before.pk, "result_id": after.pk, "evidence.trial": trial.pk}

    response = leah.post(
        address(world), {**TYPED, **links, "participation_id": school.pk, "group_size": "24"}
    )

    claim = Claim.objects.get(key=KEY)
    assert (response.status_code, response.url) == (302, f"/enquiries/{world.enquiry.pk}/claims/")
    assert (claim.origin, claim.cycle, claim.logged_by.name) == (
        "alliance",
        world.cycle,
        "Leah Marsh",
    )
    assert (claim.baseline, claim.result, claim.participation) == (before, after, school)
    assert [(b.kind, b.target) for b in claim.backings.all()] == [("trial", trial.pk)]
    assert {(p.kind, p.id) for p in stated(claim).pieces} == {
        ("measure", measure.pk),
        ("trial", trial.pk),
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"statement": " "}, {"statement": "Enter what changed, and for whom"}),
        (
            {"kind": "cause"},
            {"justification": "Say what justifies speaking of a cause"},
        ),
        (
            {"other_initiatives": ""},
            {"other_initiatives": "Say which other initiatives were running, or that none were"},
        ),
        (
            {"strength": "evidence-moderate"},
            {"strength": "At most limited here: there are words only, and no figures"},
        ),
    ],
)
def test_claim_that_goes_beyond_its_evidence_is_refused(world, leah, wrong, said):
    response = leah.post(address(world), {**TYPED, **wrong})

    assert (response.status_code, errors_said(response)) == (422, said)


def test_only_a_claim_about_pupils_must_name_other_initiatives(world, leah):
    response = leah.post(address(world), {**TYPED, "level": "school", "other_initiatives": ""})

    assert response.status_code == 302


def test_baseline_and_result_are_of_one_measure(world, leah):
    one, other = measured(world), measured(world)
    links = {"baseline_id": one.readings.first().pk, "result_id": other.readings.last().pk}

    response = leah.post(address(world), {**TYPED, **links})

    assert errors_said(response) == {
        "result_id": "Choose a result of the same measure as the baseline"
    }


def test_form_takes_nothing_of_another_enquiry(world, leah):
    foreign = world.other_enquiry.measures.first()
    quotation = log(
        Quotation,
        enquiry=world.other_enquiry,
        by=world.person("ravi"),
        text="So",
        attribution="Head",
    )
    links = {"evidence.measure": foreign.pk, "evidence.quotation": quotation.pk}

    response = leah.post(address(world), {**TYPED, **links})

    assert set(response.context["form"].errors) == {"evidence.measure", "evidence.quotation"}


def test_what_lacks_is_said_where_it_is_written(world, leah, backed):
    without = claimed(world)

    pages = [words_of(leah.get(address(world, claim.key))) for claim in (without, backed)]

    flag = "No evidence stands behind this claim yet."
    assert [flag in page for page in pages] == [True, False]
    assert all("The group size is missing." in page for page in pages)


def test_untick_takes_a_link_away_and_history_brings_it_back(world, leah, backed, trial):
    page = leah.get(address(world, backed.key))
    seen = page.context["form"].initial["seen"]
    answers = {"level": "teacher", "statement": backed.statement, "kind": "observed"}
    leah.post(address(world, backed.key), {**answers, "strength": "evidence-limited", "seen": seen})
    unlinked = Backing.objects.count()

    saves = leah.get(f"{address(world, backed.key)}history/").context["saves"]
    newest = saves[0].revision.pk
    leah.post(f"/revisions/{newest}/restore/", {"newest": newest})

    assert [(c.label, c.before, c.after) for c in saves[0].changes] == [
        ("Trials that show it", "Paired planning, 3 February 2026", "")
    ]
    assert (unlinked, Backing.objects.get().trial) == (0, trial)


def test_a_backing_points_at_exactly_one_thing(world, backed, trial):
    quotation = Quotation.objects.filter(enquiry=world.enquiry).first()

    for fields in ({}, {"trial": trial, "quotation": quotation}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Backing.objects.create(claim=backed, **fields)


def test_programmes_own_words_are_no_form_of_the_alliance(world, leah):
    printed = world.enquiry.claims.filter(origin="programme").first()

    assert leah.get(address(world, printed.key)).status_code == 404


# What it rests on


def a_quotation(world):
    return log(
        Quotation,
        enquiry=world.enquiry,
        by=world.person("tom"),
        text="I dare ask",
        attribution="Pupil",
    )


def an_entry(world):
    return log(LeadershipEntry, enquiry=world.enquiry, by=world.person("leah"), reflection="Trust")


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        ("trial", lambda world: world.cycle.trials.get()),
        ("quotation", a_quotation),
        ("entry", an_entry),
    ],
)
def test_withdrawn_evidence_counts_no_longer_and_again_once_it_is_back(world, leah, kind, of):
    record = of(world)
    claim = claimed(world, **{f"evidence.{kind}": [record.pk]})
    tom = world.person("tom")

    states = [stated(claim).has_evidence]
    for change in (lambda: withdraw(record=record, reason="Not ours", by=tom), None):
        change() if change else bring_back(record=record, by=tom)
        states.append(stated(claim).has_evidence)

    assert states == [True, False, True]
    assert Backing.objects.get().claim == claim


def test_a_link_to_what_was_withdrawn_survives_another_change(world, leah, backed, trial):
    withdraw(record=trial, reason="Not ours", by=world.person("tom"))

    page = leah.get(address(world, backed.key))
    answers = {"level": "teacher", "statement": "Otherwise.", "kind": "observed"}
    sent = {**answers, "strength": "evidence-limited", "evidence.trial": trial.pk}
    leah.post(address(world, backed.key), {**sent, "seen": page.context["form"].initial["seen"]})

    (box,) = page.context["form"].fields["evidence.trial"].choices
    assert box == (str(trial.pk), "Paired planning, 3 February 2026 (withdrawn)")
    assert Backing.objects.get().trial == trial
    assert Claim.objects.get(pk=backed.pk).statement == "Otherwise."


def attached(world, record, slug: str, **more):
    return attach_evidence(
        enquiry=world.enquiry,
        sheet=slug,
        record=record.key,
        file=examined(b"a,b\n", "results.csv"),
        by=world.person("faye"),
        caption="Results",
        **more,
    )


def test_files_of_other_forms_count_until_they_or_their_form_are_gone(world, trial):
    file = attached(world, trial, "trial")
    claim = claimed(world, **{"evidence.file": [file.pk]})
    tom = world.person("tom")

    found = [stated(claim).pieces[0].fault]
    withdraw(record=trial, reason="Not ours", by=tom)
    found.append(stated(claim).pieces[0].fault)
    bring_back(record=trial, by=tom)
    remove_evidence(evidence=file, by=tom)
    found.append(stated(claim).pieces[0].fault)

    assert found == ["", "its form was withdrawn", "removed"]


def test_a_file_attached_to_the_claim_is_its_evidence(world):
    claim = claimed(world)

    attached(world, claim, "claim")

    assert [(p.mark, p.text) for p in stated(claim).pieces] == [("F1", "Results")]


def test_a_file_that_facilitators_keep_is_offered_to_nobody_and_counts_for_nothing(
    world, leah, faye
):
    claim = claimed(world)
    attached(world, claim, "claim", is_private=True)

    assert stated(claim).pieces == ()
    for client in (leah, faye):
        assert "evidence.file" not in client.get(address(world, claim.key)).context["form"].fields


def test_a_measure_with_a_baseline_alone_shows_no_change(world):
    measure = measured(world)
    measure.readings.last().delete()

    claim = claimed(world, **{"evidence.measure": [measure.pk]})

    assert stated(claim).pieces[0].fault == "nothing measured after the baseline yet"
    assert not stated(claim).has_evidence


# How strong it is


def planned(world, measure, **more):
    wanted = {"measure_id": measure.pk, "level": "professional", "size": 120, **more}
    wanted |= {"milestone_on": date(2026, 7, 1), "comparison": more.get("comparison", "matched")}
    place = {"enquiry": world.enquiry, "key": uuid4()}
    return save_sheet(ImpactPlan, place=place, seen={}, wanted=wanted, by=world.person("leah"))


BEFORE, AFTER = datetime(2026, 1, 20, 12, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC)


def strong_claim(world, measure, **more):
    before, after = measure.readings.all()
    links = {"baseline_id": before.pk, "result_id": after.pk, "comparison": "matched"}
    return claimed(world, **links, **more)


def degrees(claim) -> tuple[str, str]:
    found = stated(claim).strength
    return found.design.level.title, found.execution.level.title


def test_design_is_what_was_planned_when_the_first_trial_began(world):
    measure = measured(world)
    with time_machine.travel(BEFORE):
        plan = planned(world, measure, comparison="none")
        with_tests(world, measure)
    claim = strong_claim(world, measure)
    at_first = degrees(claim)

    with time_machine.travel(AFTER):
        place = {"enquiry": world.enquiry, "key": plan.key}
        seen, wanted = {"comparison": "none"}, {"comparison": "matched"}
        save_sheet(ImpactPlan, place=place, seen=seen, wanted=wanted, by=world.person("leah"))

    assert ImpactPlan.objects.get().comparison == "matched"
    assert at_first == degrees(claim) == ("Moderate", "Moderate")


@pytest.mark.parametrize(("on", "design"), [(BEFORE, "Very strong"), (AFTER, "Limited")])
def test_a_plan_made_after_the_first_trial_is_none(world, on, design):
    measure = measured(world)
    with time_machine.travel(on):
        planned(world, measure)
        with_tests(world, measure)

    assert degrees(strong_claim(world, measure)) == (design, design)


def test_people_lost_on_the_way_lower_what_was_planned(world):
    measure = measured(world, before=120, after=50)
    with time_machine.travel(BEFORE):
        planned(world, measure)
    with_tests(world, measure)

    claim = strong_claim(world, measure)

    assert degrees(claim) == ("Very strong", "Limited")
    assert [rule.code for rule in stated(claim).strength.execution.because] == [
        "ceiling-great-loss",
        "ceiling-loss",
        "ceiling-middling",
    ]


def test_a_claim_of_more_people_than_were_measured_rests_on_those_measured(world):
    measure = measured(world, before=12, after=12)
    with time_machine.travel(BEFORE):
        planned(world, measure)
    with_tests(world, measure)

    claim = strong_claim(world, measure, group_size=1000)

    assert degrees(claim) == ("Very strong", "Moderate")


def test_a_result_told_in_words_is_no_measured_one(world):
    measure = measured(world)
    with time_machine.travel(BEFORE):
        planned(world, measure)
    with_tests(world, measure)
    told = {"kind": "text", "text": "Warm.", "value": None, "n": None}
    Reading.objects.filter(measure=measure, moment="outcome").update(**told)

    claim = strong_claim(world, measure, group_size=120)

    assert degrees(claim) == ("Very strong", "Limited")
    assert ceilings_of(claim) == ["ceiling-words"]


def ceilings_of(claim) -> list[str]:
    """What holds its strength at the lowest level of those that hold."""
    found = stated(claim).strength.execution
    return sorted(rule.code for rule in found.because if rule.at_most == found.level)


def test_every_data_set_behind_a_claim_must_have_passed(world):
    one, other = measured(world), measured(world)
    with_tests(world, one)
    claim = strong_claim(world, one, **{"evidence.measure": [other.pk]})

    untested = ceilings_of(claim)
    with_tests(world, other, is_reliable="fail")

    assert untested == ["ceiling-unplanned", "ceiling-untested"]
    assert ceilings_of(claim) == ["ceiling-unplanned", "ceiling-unreliable"]


def test_facilitator_moderates_with_a_reason_that_stays_with_them(world, leah, faye, backed):
    url = address(world, backed.key)
    seen = faye.get(url).context["form"].initial["seen"]
    answers = {"level": "teacher", "statement": backed.statement, "kind": "observed"}
    sent = {
        **answers,
        "strength": "evidence-limited",
        "evidence.trial": backed.value_of("evidence.trial"),
    }
    sent |= {"seen": seen, "moderated": "evidence-very-limited"}

    refused = faye.post(url, sent)
    faye.post(url, {**sent, "moderated_because": "One lesson only, Quokka"})

    assert errors_said(refused) == {"moderated_because": "Say why you rate it differently"}
    found = stated(Claim.objects.get(pk=backed.pk))
    ratings = (found.rated.title, found.moderated.title, found.degree.title)
    assert ratings == ("Limited", "Very limited", "Very limited")
    page = words_of(leah.get(f"/claims/{backed.pk}/"))
    assert "The alliance and its facilitator differ. The lower of the two counts." in page
    for shown in (f"/claims/{backed.pk}/", url, f"{url}history/", f"{url}print/"):
        assert "Quokka" not in leah.get(shown).content.decode(), shown
    assert "Quokka" in faye.get(url).content.decode()


def test_facilitator_rates_no_higher_than_the_rules_either(world, faye, backed):
    url = address(world, backed.key)
    answers = {"level": "teacher", "statement": backed.statement, "kind": "observed"}

    response = faye.post(
        url, {**answers, "moderated": "evidence-strong", "moderated_because": "So", "seen": "{}"}
    )

    assert "moderated" in errors_said(response)


# Whether it was done


@pytest.mark.parametrize(
    ("delivered", "is_negative", "said"),
    [
        ("yes", True, "It was done as planned, so it did not work here."),
        (
            "not-at-all",
            True,
            (
                "It was not done as planned anywhere, so the result does not show that it does "
                "not work."
            ),
        ),
        ("yes", False, "It was done as planned."),
    ],
)
def test_what_did_not_work_is_told_from_what_was_not_done(
    world, leah, delivered, is_negative, said
):
    place = {"enquiry": world.enquiry, "cycle": world.cycle}
    place["participation"] = world.enquiry.participations.first()
    wanted = {"delivered": delivered}
    save_sheet(Fidelity, place=place, seen={}, wanted=wanted, by=world.person("leah"))
    claim = claimed(world, is_negative=is_negative)

    response = leah.get(f"/claims/{claim.pk}/")

    assert stated(claim).by_delivery == said
    assert f"{said} " in words_of(response)


# Signing off


def test_project_lead_signs_what_lacks_nothing(world, leah, backed):
    response = leah.post(f"/claims/{backed.pk}/sign-off/", {"seal": stated(backed).seal})

    found = stated(backed)
    assert response.url == f"/claims/{backed.pk}/"
    assert (found.is_signed, found.signature.by) == (True, world.person("leah"))
    assert "by Leah Marsh on" in words_of(leah.get(f"/enquiries/{world.enquiry.pk}/claims/"))


LACKING = [
    ({"evidence.trial": []}, "Nothing stands behind it: link its evidence"),
    ({"strength": ""}, "Nobody has rated the strength of its evidence"),
    ({"kind": ""}, "It is not said whether it was seen, contributed to or brought about"),
    ({"kind": "cause"}, "It claims a cause and does not say what justifies that"),
    ({"level": "pupil"}, "It does not say which other initiatives were running"),
    (
        {"strength": "evidence-strong"},
        "Its strength is rated higher than its evidence allows now, which is limited",
    ),
]


@pytest.mark.parametrize(("change", "reason"), LACKING)
def test_signing_is_refused_with_the_reason(world, leah, backed, change, reason):
    claimed(world, key=backed.key, **change)

    response = leah.post(f"/claims/{backed.pk}/sign-off/", {"seal": stated(backed).seal})

    assert (response.status_code, response.context["reasons"]) == (422, (reason,))
    assert reason in words_of(response)
    assert not SignOff.objects.exists()


def test_data_are_tested_before_a_claim_on_them_is_signed(world):
    measure = measured(world)
    claim = claimed(world, strength="evidence-very-limited", **{"evidence.measure": [measure.pk]})
    lacked = stated(claim).lacks

    with_tests(world, measure)

    mark = stated(claim).pieces[0].mark
    assert lacked == (f"The quality of its data has not been tested: {mark}",)
    assert stated(claim).lacks == ()


def test_what_has_changed_since_it_was_read_is_not_signed(world, backed):
    read = stated(backed).seal
    claimed(world, key=backed.key, statement="Teachers plan together every week.")

    with pytest.raises(NotToBeSigned, match="It has changed since you read it: read it again"):
        sign_off(claim=backed, seal=read, by=world.person("leah"))

    assert not SignOff.objects.exists()


def test_signed_twice_is_signed_once(world, backed):
    first = signed(backed, world.person("leah"))

    assert signed(backed, world.person("leah")) == first


@pytest.mark.parametrize(
    "change",
    [
        lambda world, claim, _: claimed(world, key=claim.key, statement="Otherwise."),
        lambda world, claim, _: claimed(
            world, key=claim.key, **{"evidence.quotation": [a_quotation(world).pk]}
        ),
        lambda world, _, trial: withdraw(record=trial, reason="No", by=world.person("tom")),
        lambda world, claim, _: attached(world, claim, "claim"),
        lambda world, _, trial: save_sheet(
            Trial,
            place={"enquiry": world.enquiry, "key": trial.key},
            seen={"done": trial.done},
            wanted={"done": "Something else."},
            by=world.person("tom"),
        ),
    ],
    ids=["its words", "more evidence", "evidence withdrawn", "a file", "words of its evidence"],
)
def test_any_later_change_undoes_the_signature(world, leah, backed, trial, change):
    signed(backed, world.person("leah"))

    change(world, backed, trial)

    assert not stated(backed).is_signed
    assert "The claim or its evidence has changed since" in words_of(
        leah.get(f"/claims/{backed.pk}/")
    )


def test_a_rating_of_the_facilitator_leaves_the_signature(world, backed):
    signed(backed, world.person("leah"))

    claimed(world, by="faye", key=backed.key, moderated="evidence-very-limited")

    assert stated(backed).is_signed


# Pages and numbers


@pytest.mark.parametrize("name", ["leah", "faye", "owen"])
def test_claims_without_evidence_are_flagged_in_the_list(
    world, as_person, backed, name, owen_reads
):
    bare = claimed(world, statement="Heads listen.")

    page = as_person(name).get(f"/enquiries/{world.enquiry.pk}/claims/")

    flagged = {s.claim.pk for s in page.context["stated"] if not s.has_evidence}
    printed = set(world.enquiry.claims.filter(saved_by=None).values_list("pk", flat=True))
    assert flagged == printed | {bare.pk}
    assert words_of(page).count("No evidence linked") == len(flagged)


@pytest.mark.parametrize(
    ("name", "shown"), [("leah", "2"), ("faye", "Fewer than 6"), ("owen", "Fewer than 6")]
)
def test_a_small_group_is_told_to_its_own_alliance_alone(world, as_person, name, shown, owen_reads):
    claim = claimed(world, group_size=2)

    response = as_person(name).get(f"/claims/{claim.pk}/")

    assert response.context["group_size"] == shown


@pytest.mark.parametrize(("name", "asks"), [("leah", True), ("faye", False), ("owen", False)])
def test_form_of_a_small_group_names_its_size_to_its_own_alliance_alone(
    world, as_person, name, asks, owen_reads
):
    url = address(world, claimed(world, group_size=2).key)
    client = as_person(name)

    opened = client.get(url).context["form"]
    (save,) = client.get(f"{url}history/").context["saves"]

    assert ("group_size" in opened.fields) is asks
    assert ("group_size" in opened.initial["seen"]) is asks
    assert ("2" in [change.after for change in save.changes]) is asks


def test_facilitator_changes_a_claim_and_leaves_its_group_as_it_is(world, faye):
    claim = claimed(world, group_size=2)
    url = address(world, claim.key)
    seen = faye.get(url).context["form"].initial["seen"]

    response = faye.post(url, {**ANSWERS, "statement": "They plan alone.", "seen": seen})

    claim.refresh_from_db()
    assert (response.status_code, claim.statement) == (302, "They plan alone.")
    assert claim.group_size == 2


@pytest.mark.parametrize("claims", [1, 3])
def test_claims_are_read_in_as_many_queries_whatever_their_number(
    world, trial, claims, django_assert_num_queries
):
    measure = measured(world)
    world.enquiry.claims.all().delete()
    for _ in range(claims):
        links = {"evidence.trial": [trial.pk], "evidence.measure": [measure.pk]}
        signed_off = claimed(world, **links)
        SignOff.objects.create(claim=signed_off, seal="", signed_by=world.person("leah"))

    with django_assert_num_queries(15):
        found = claims_with_evidence([world.enquiry.pk])

    assert len(found) == claims


@pytest.mark.parametrize("claims", [1, 3])
def test_list_takes_as_many_queries_whatever_it_holds(world, leah, trial, claims):
    world.enquiry.claims.all().delete()
    for _ in range(claims):
        claimed(world, **{"evidence.trial": [trial.pk]})
    leah.get("/")

    assert queries_of(leah, f"/enquiries/{world.enquiry.pk}/claims/") == 19


def test_rules_of_strength_can_be_read(leah):
    response = leah.get("/strength/")

    assert "There is no comparison group" in words_of(response)
    assert len(response.context["levels"]) == 5
