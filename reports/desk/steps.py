"""The steps of a case study: the form of each, who may take it, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from alliances.forms import wording_of
from alliances.roles import Permission
from reports import actions
from reports.desk import forms
from reports.manuscript.standing import Standing, State


@dataclass(frozen=True)
class Taken:
    """A step by its address; ``said`` is told to who has taken it."""

    slug: str
    form: type[forms.StepForm]
    take: Callable
    permission: Permission
    said: str

    @property
    def title(self) -> str:
        return wording_of(*self.form.wording)["title"]


STEPS = {
    step.slug: step
    for step in (
        Taken(
            "send",
            forms.SendForm,
            actions.send_for_critique,
            Permission.SIGN_CLAIMS,
            "Sent. Your facilitator is told.",
        ),
        Taken(
            "critique",
            forms.CritiqueForm,
            actions.give_critique,
            Permission.ASK_FOR_CHANGE,
            "Passed back. The project lead is told.",
        ),
        Taken(
            "check",
            forms.CheckForm,
            actions.check_consent,
            Permission.SIGN_CLAIMS,
            "The check is recorded for the case study as it reads now.",
        ),
        Taken(
            "sign-off",
            forms.SignOffForm,
            actions.sign_off_case_study,
            Permission.SIGN_CLAIMS,
            "Signed off. The national team is told.",
        ),
        Taken(
            "choose",
            forms.ChooseForm,
            actions.choose_case_study,
            Permission.SELECT_CASE_STUDIES,
            "Recorded. The project lead is told.",
        ),
        Taken(
            "publish",
            forms.PublishForm,
            actions.publish_case_study,
            Permission.SELECT_CASE_STUDIES,
            "Published. Its PDF is being made.",
        ),
        Taken(
            "withdraw",
            forms.WithdrawForm,
            actions.withdraw_publication,
            Permission.SELECT_CASE_STUDIES,
            "Withdrawn. Nobody can read it any more.",
        ),
    )
}


@dataclass(frozen=True)
class Task:
    """A line of the task list; ``slug`` is the step to take, empty for the writing itself."""

    title: str
    who: str
    status: str
    colour: str
    slug: str = ""
    can_begin: bool = True


TO_DO, LATER, DONE = ("To do", "blue"), ("Cannot start yet", "grey"), ("Done", "green")


def tasks(standing: Standing) -> list[Task]:
    """What lies between the first words and the publication, and how far each is."""
    return [
        _writing(standing),
        _sending(standing),
        _critique(standing),
        _check(standing),
        _signing(standing),
        _choosing(standing),
        _publishing(standing),
    ]


def _writing(standing: Standing) -> Task:
    title, who = "Write it in your own words", "Project lead, with school leads"
    return Task(title, who, *(("Begun", "teal") if standing.has_words else TO_DO))


def _sending(standing: Standing) -> Task:
    title, who = "Send it for critique", "Project lead"
    if not standing.has_words:
        return Task(title, who, *LATER, "send", can_begin=False)
    if standing.critique is None:
        return Task(title, who, *TO_DO, "send")
    if standing.critique.step == "returned":
        return Task("Revise it, and send it again", who, "Sent back", "orange", "send")
    return Task(title, who, "Sent", "green", "send")


def _critique(standing: Standing) -> Task:
    title, who = "Read it critically", "External facilitator"
    if standing.critique is None:
        return Task(title, who, *LATER, "critique", can_begin=False)
    if standing.is_with_facilitator:
        return Task(title, who, *TO_DO, "critique")
    return Task(title, who, standing.critique.get_step_display(), "green", "critique")


def _check(standing: Standing) -> Task:
    title, who = "Check consent and anonymity", "Project lead"
    if standing.check:
        return Task(title, who, *DONE, "check")
    if any(step.step == "checked" for step in standing.steps):
        return Task(title, who, "Check again: words have changed", "orange", "check")
    return Task(title, who, *(TO_DO if standing.has_words else LATER), "check", standing.has_words)


def _signing(standing: Standing) -> Task:
    title, who = "Sign it off", "Project lead"
    if standing.signature:
        return Task(title, who, "Signed off", "green", "sign-off")
    if any(step.step == "signed" for step in standing.steps):
        return Task(title, who, "Sign again: words have changed", "orange", "sign-off")
    can = standing.is_accepted
    return Task(title, who, *(TO_DO if can else LATER), "sign-off", can)


def _choosing(standing: Standing) -> Task:
    title, who = "Choose it for publication", "National team"
    if standing.choice:
        colour = "green" if standing.is_chosen else "grey"
        status = standing.choice.get_step_display()
        return Task(title, who, status, colour, "choose", bool(standing.signature))
    can = standing.signature is not None
    return Task(title, who, *(TO_DO if can else LATER), "choose", can)


def _publishing(standing: Standing) -> Task:
    title, who = "Publish it", "National team"
    if standing.state == State.PUBLISHING:
        return Task(title, who, *TO_DO, "publish")
    if standing.publication:
        return Task(title, who, "Published", "green", "publish", can_begin=False)
    return Task(title, who, *LATER, "publish", can_begin=False)
