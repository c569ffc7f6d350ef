"""Form fields and error wordings that Django does not have."""

import calendar
import datetime
import re

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

DATE_PARTS = ("day", "month", "year")
# Every way to type a month: 9, 09, Sep, Sept, September.
MONTHS = {
    spelling: number
    for number, name in enumerate(calendar.month_name[1:], 1)
    for spelling in [
        str(number),
        f"{number:02}",
        *(name[:length].lower() for length in range(3, len(name) + 1)),
    ]
}


class NoBrowserValidation:
    """Mixin for forms: what is wrong is said by the page, in our words, not by the browser."""

    use_required_attribute = False


class LinesField(forms.CharField):
    """A list of short texts, typed one a line; empty lines are left out."""

    def __init__(self, *, longest: int, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)
        self.longest = longest

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > self.longest for line in lines):
            raise ValidationError(f"Each line must be {self.longest} characters or fewer")
        return lines


class DayMonthYearWidget(forms.MultiWidget):
    """Three boxes, so that nobody has to guess in which order a date goes."""

    def __init__(self, attrs=None):
        super().__init__(dict.fromkeys(DATE_PARTS, forms.TextInput), attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayMonthYearField(forms.Field):
    """A date typed as day, month (number or English name) and year.

    The code of an error names the boxes at fault, as in "month year".
    """

    widget = DayMonthYearWidget

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        typed = {part: (text or "").strip() for part, text in zip(DATE_PARTS, value, strict=True)}
        missing = [part for part in DATE_PARTS if not typed[part]]
        if len(missing) == len(DATE_PARTS):
            return None
        if missing:
            raise ValidationError(
                f"{self._subject} must include a {' and '.join(missing)}", code=" ".join(missing)
            )
        return self._real_date(**typed)

    @property
    def _subject(self):
        label = str(self.label or "").rstrip(":")
        return "Date" if not label or label.endswith("?") else label

    def _real_date(self, day, month, year):
        if not re.fullmatch("[1-9][0-9]{3}", year):
            raise ValidationError("Year must include 4 numbers", code="year")
        number = MONTHS.get(month.lower().rstrip("."))
        if number is None:
            raise ValidationError(f"{self._subject} must include a real month", code="month")
        try:
            return datetime.date(int(year), number, int(day) if day.isascii() else 0)
        except ValueError:
            raise ValidationError(f"{self._subject} must be a real date", code="day") from None


def plain_errors(field: BoundField) -> list[str]:
    """The field's errors, with Django's own general messages put as advice about this question."""
    return [_in_plain_words(field, error) for error in field.errors.as_data()]


def _in_plain_words(field, error):
    for general, wording in _WORDINGS:
        if error.message is general:
            return wording.format(
                label=_subject(field),
                name=_in_a_sentence(_subject(field)),
                verb=_verb(field.field),
                limit=(error.params or {}).get("limit_value"),
            )
    return " ".join(error.messages)


_WORDINGS = [
    (forms.Field.default_error_messages["required"], "{verb} {name}"),
    (validators.MaxLengthValidator.message, "{label} must be {limit} characters or fewer"),
    (validators.MinLengthValidator.message, "{label} must be {limit} characters or more"),
    (validators.MinValueValidator.message, "{label} must be {limit} or more"),
    (validators.MaxValueValidator.message, "{label} must be {limit} or less"),
    (forms.IntegerField.default_error_messages["invalid"], "{label} must be a whole number"),
    (forms.FloatField.default_error_messages["invalid"], "{label} must be a number"),
    (forms.DecimalField.default_error_messages["invalid"], "{label} must be a number"),
    (forms.ChoiceField.default_error_messages["invalid_choice"], "{verb} {name} from the list"),
    (
        forms.ModelChoiceField.default_error_messages["invalid_choice"],
        "{verb} {name} from the list",
    ),
    (
        validators.EmailValidator.message,
        "Enter an email address in the correct format, like name@example.org",
    ),
]


def _subject(field):
    return str(field.label).rstrip(": ")


def _in_a_sentence(label):
    if label.endswith("?"):
        return f"an answer to “{label}”"
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _verb(field):
    if isinstance(field, forms.FileField):
        return "Choose"
    if isinstance(field, forms.BooleanField):
        return "Confirm"
    if isinstance(field.widget, forms.widgets.ChoiceWidget):
        return "Select"
    return "Enter"
