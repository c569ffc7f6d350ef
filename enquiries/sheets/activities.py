"""The records of what a group did with a method (F22), each with the rules of its method."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alliances.content import words
from alliances.queries import people_of
from enquiries.models import (
    InstructionalRound,
    LearningWalk,
    LessonStudy,
    PeerTriad,
    PracticeRecord,
)
from enquiries.sheets import Place, Sheet
from enquiries.sheets.c2l import PLACE_FIELDS
from enquiries.sheets.forms import SheetForm
from enquiries.sheets.tables import TableForm

OF_AN_EVENT = [name for name in PLACE_FIELDS if name != "held_on"]
OF_A_TABLE = [*OF_AN_EVENT, "cells"]
PLACES_IN_A_TEAM = range(1, 7)
LEAST_TEAM = 2
ROUNDS = (1, 2, 3)
ROLES = ("coach", "client", "observer")
PEOPLE = ("first_person", "second_person", "third_person")
TEXTS_OF_A_ROUND = (
    "problem",
    "observations",
    "patterns",
    "next_week",
    "next_month",
    "end_of_year",
)
WITHOUT_STEPS = ("jpd", "coaching-and-mentoring", "peer-observation")


class EventForm(SheetForm):
    """A form about something that happened on a day."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_on"].required = True


class WalkForm(EventForm, TableForm):
    wording = ("enquiries", "learning-walk")
    columns = ("member", "role")
    follows = "criteria"

    class Meta:
        model = LearningWalk
        exclude = OF_A_TABLE

    def box_for(self, _column, label):
        return forms.CharField(label=label, max_length=200, required=False)

    def row_names(self) -> dict[str, str]:
        return {str(n): f"{self.row_heading} {n}" for n in PLACES_IN_A_TEAM}

    def clean(self):
        cleaned = super().clean()
        team = [(cleaned.get(f"member.{n}"), cleaned.get(f"role.{n}")) for n in PLACES_IN_A_TEAM]
        for n, (member, role) in zip(PLACES_IN_A_TEAM, team, strict=True):
            if member and not role:
                self.add_error(f"role.{n}", "Enter this person’s role in the walk")
            if role and not member:
                self.add_error(f"member.{n}", "Enter who has this role")
        if sum(bool(member) for member, _ in team) < LEAST_TEAM:
            raise ValidationError("Enter the team, normally four people, each with a role")
        return cleaned


# How a text gives away a teacher or a class; a false alarm is put right by other words.
GIVEAWAYS = [
    re.compile(r"\b(?:mr|mrs|ms|mx|dr|prof|professor)\b\.?\s+[^\W\d_][\w’'-]*", re.IGNORECASE),
    re.compile(r"\b(?i:miss)\s+(?!\w+day\b|Maths|English|Science|PE\b|RE\b|I\b)[A-Z][\w’'-]*"),
    re.compile(r"\b[Yy](?:ear|r)?\.?\s?\d{1,2}(?:[/-]?[A-Za-z]{1,2}\d?|\s[A-Z]{1,2}\d)\b"),
    re.compile(r"\b(?![23]D\b|\d+(?:AM|PM|ST|ND|RD|TH)\b)(?:1[0-3]|[1-9])[/-]?[A-Z]{1,2}\d?\b"),
    re.compile(r"\b(?:[7-9]|1[0-3])[a-z]\d\b"),
    re.compile(r"\b(?:year\s*\d{1,2},?|in|of|with|from)\s+set\s+\d+\b", re.IGNORECASE),
    re.compile(r"\b(?i:room|classroom|class|lab)\s+(?:[A-Za-z]?\d+[A-Za-z]?\d?|(?!I\b)[A-Z])\b"),
]


def named_in(text: str, people: list[str]) -> str:
    """The first words of a text that name a teacher or a class; empty if none do."""
    known = [re.compile(rf"\b{re.escape(person)}\b", re.IGNORECASE) for person in people]
    found = (pattern.search(text) for pattern in [*known, *GIVEAWAYS])
    return next((match.group() for match in found if match), "")


class RoundForm(EventForm):
    """Refuses words that name a teacher or a classroom, wherever they stand."""

    wording = ("enquiries", "instructional-round")

    class Meta:
        model = InstructionalRound
        exclude = OF_AN_EVENT

    def clean(self):
        cleaned = super().clean()
        people = {held.user.name for held in people_of(self.enquiry.alliance)}
        full_names = [name for name in people if " " in name]
        for name in TEXTS_OF_A_ROUND:
            if named := named_in(cleaned.get(name, ""), full_names):
                problem = "a round names no teacher and no classroom"
                self.add_error(name, f"Take out “{named}”: {problem}")
        return cleaned


class TriadForm(EventForm, TableForm):
    """Three people and three rounds, in which each of them plays each role once."""

    wording = ("enquiries", "peer-triad")
    columns = ROLES
    follows = "third_person"

    class Meta:
        model = PeerTriad
        exclude = OF_A_TABLE

    def box_for(self, _column, label):
        whose = [(name, self.fields[name].label) for name in PEOPLE]
        return forms.ChoiceField(label=label, choices=[("", "Select one"), *whose])

    def row_names(self) -> dict[str, str]:
        return {str(n): f"{self.row_heading} {n}" for n in ROUNDS}

    def add_cells(self):
        super().add_cells()
        if self.instance.pk is None:
            self.initial |= {
                f"{role}.{n}": PEOPLE[(n - 1 + turn) % len(PEOPLE)]
                for n in ROUNDS
                for turn, role in enumerate(ROLES)
            }

    def clean(self):
        cleaned = super().clean()
        names = {(cleaned.get(name) or "").casefold() for name in PEOPLE} - {""}
        if all(cleaned.get(name) for name in PEOPLE) and len(names) < len(PEOPLE):
            self.add_error("third_person", "A triad is three different people")
        self._check_rounds(cleaned)
        return cleaned

    def _check_rounds(self, cleaned: dict) -> None:
        """Three in each round first; only then whether they changed places."""
        played = {n: [cleaned.get(f"{role}.{n}") for role in ROLES] for n in ROUNDS}
        crowded = [n for n, who in played.items() if len(set(who)) < len(ROLES)]
        for n in crowded:
            self.add_error(f"coach.{n}", f"Give each role of round {n} to another person")
        for role, who in zip(ROLES, zip(*played.values(), strict=True), strict=True):
            if not crowded and len(set(who)) < len(ROUNDS):
                self.add_error(f"{role}.1", f"Each person is {role} once in a meeting")


class LessonForm(EventForm):
    """The prediction is older than the lesson, and from that day on stays as it was."""

    wording = ("enquiries", "lesson-study")

    class Meta:
        model = LessonStudy
        exclude = OF_AN_EVENT

    def clean(self):
        cleaned = super().clean()
        taught, predicted = cleaned.get("held_on"), cleaned.get("predicted_on")
        today = timezone.localdate()
        if predicted and predicted > today:
            self.add_error("predicted_on", "The prediction cannot be written in the future")
        if taught and predicted and predicted >= taught:
            self.add_error("predicted_on", "Write the prediction before the day of the lesson")
        if taught and taught > today and cleaned.get("actual"):
            self.add_error("actual", "The lesson has not been taught yet")
        self._check_prediction(today)
        return cleaned

    def _check_prediction(self, today) -> None:
        stored, now = self.instance, self.cleaned_data.get("predicted")
        if stored.pk and stored.held_on <= today and now not in (None, stored.predicted):
            self.add_error("predicted", "The lesson has come: the prediction stays as it was")


class PracticeForm(EventForm):
    wording = ("enquiries", "practice-record")

    method = forms.ChoiceField(widget=forms.RadioSelect)

    class Meta:
        model = PracticeRecord
        exclude = OF_AN_EVENT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = words("enquiries", "methods")
        self.fields["method"].choices = [(code, titles[code].title) for code in WITHOUT_STEPS]


def _record(slug: str, form: type[SheetForm], minutes: int) -> Sheet:
    return Sheet(
        "F22",
        slug,
        form._meta.model,
        form,
        Place.MANY,
        "innovation",
        minutes,
        "F19, CS",
        "Those who took part",
        by_cycle=True,
    )


SHEETS = [
    _record("learning-walk", WalkForm, 8),
    _record("instructional-round", RoundForm, 8),
    _record("peer-triad", TriadForm, 6),
    _record("lesson-study", LessonForm, 10),
    _record("practice-record", PracticeForm, 3),
]
