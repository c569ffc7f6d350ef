"""Form fields and error wordings that Django does not have."""

import calendar
import datetime

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

DATE_PARTS = ("day", "month", "year")


class NoBrowserValidation:
    """Mixin for forms: what is wrong is said by the page, in our words, not by the browser."""

    use_required_attribute = False


class DayMonthYearWidget(forms.MultiWidget):
    """Three boxes, so that nobody has to guess in which order a date goes."""

    def __init__(self, attrs=None):
        super().__init__({part: forms.TextInput for part in DATE_PARTS}, attrs)

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
        if not (_is_number(year) and len(year) == 4 and int(year) >= 1000):
            raise ValidationError("Year must include 4 numbers", code="year")
        number = _month_number(month)
        if number is None:
            raise ValidationError(f"{self._subject} must have a real month", code="month")
        try:
            return datetime.date(int(year), number, int(day) if _is_number(day) else 0)
        except ValueError:
            raise ValidationError(f"{self._subject} must be a real date", code="day") from None


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) <= 4


def _month_number(text):
    """1 to 12 for "9", "09", "Sep", "sept." or "September"; None for anything else."""
    if _is_number(text):
        return int(text) if 1 <= int(text) <= 12 else None
    start = text.lower().rstrip(".")
    if len(start) < 3:
        return None
    names = enumerate(calendar.month_name)
    return next((n for n, name in names if n and name.lower().startswith(start)), None)


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
