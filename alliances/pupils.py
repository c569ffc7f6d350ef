"""No form takes what tells who a pupil is: people are warned beside what they typed."""

import re

from django import forms
from django.core.exceptions import ValidationError

from alliances.recognising import Found, Sign, signs

# Under this name a page sends the questions in whose answers nobody can be recognised.
CONFIRMED = "nobody-recognisable"


class NamesNoPupil:
    """Mixin for forms: looks through every text that people type, and every file's name.

    ``about_organisations`` names questions that are answered with lists of names, of no pupil.
    """

    about_organisations: tuple[str, ...] = ()

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name in [name for name in self.fields if name not in self.errors]:
            if problem := self._told_of_a_pupil(name):
                self.add_error(name, ValidationError(problem))

    def _told_of_a_pupil(self, name: str) -> str:
        """Why a question's answer cannot be taken as it is; empty where it can.

        A pupil's number never can. What may tell who a pupil is can, once its writer has said
        that nobody can be recognised; what they left as it was is not asked about again.
        """
        found = {each.sign for each in self.signs_of_pupils(name)}
        if Sign.NUMBER in found:
            return "Take out the unique pupil number: it tells who a pupil is"
        if not found or self.is_confirmed(name):
            return ""
        return "Take out what may tell who a pupil is, or tick that nobody can be recognised"

    def signs_of_pupils(self, name: str) -> list[Found]:
        """What may tell who a pupil is in what was typed as an answer, or in a file's name."""
        field = self.fields[name]
        if not self.is_bound:
            return []
        if isinstance(field, forms.FileField):
            chosen = self.files.getlist(self.add_prefix(name)) if self.files else []
            return [found for file in chosen for found in signs(_spaced(file.name))]
        if name in self.about_organisations or not _is_text(field):
            return []
        typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        is_new = field.has_changed(self.get_initial_for_field(field, name), typed)
        return signs(typed) if typed and is_new else []

    def is_confirmed(self, name: str) -> bool:
        """Whether the writer has ticked that no pupil can be recognised in this answer."""
        given = self.data.getlist(CONFIRMED) if hasattr(self.data, "getlist") else []
        return self.add_prefix(name) in given


def _is_text(field: forms.Field) -> bool:
    """Whether people type words of their own into it."""
    is_other = isinstance(field, forms.EmailField | forms.URLField | forms.SlugField)
    is_box = type(field.widget) in (forms.TextInput, forms.Textarea)
    return isinstance(field, forms.CharField) and is_box and not is_other


def _spaced(name: str) -> str:
    """A file's name as words, with a sign of its own on either side of a number."""
    return re.sub(r"[_.-]+", " ", name)
