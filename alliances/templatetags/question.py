"""A form field as a question of the design system: the tag behind the crispy pack `govuk`."""

from dataclasses import dataclass

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from alliances.fields import DATE_PARTS, DayMonthYearWidget, plain_errors
from alliances.recognising import Sign

register = template.Library()

# The first that fits names the template below templates/govuk/layout.
KINDS = [
    (DayMonthYearWidget, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.NumberInput, "number"),
    (forms.EmailInput, "email"),
    (forms.Widget, "text"),
]
GROUPS = {"date", "radios", "checkboxes"}
CSS_CLASSES = {"select": "govuk-select", "textarea": "govuk-textarea", "file": "govuk-file-upload"}
WIDTHS = {"number": "govuk-input--width-5"}
# A spinner loses what it does not understand, so numbers are typed as text.
PLAIN_WIDGETS = {"number": forms.TextInput, "file": forms.FileInput}
# Hints and error messages say it, without cutting off or hiding what was typed.
DROPPED = ["placeholder", "maxlength", "minlength", "min", "max", "step", "cols"]


@register.inclusion_tag("govuk/question.html")
def question(field):
    """The whole form group: `{% question form.name %}`; `{{ form|crispy }}` uses it."""
    return {"question": Question(field), "field": field}


@register.inclusion_tag("govuk/cell.html")
def cell(field):
    """A question that stands in a table, whose headings say what it asks: `{% cell box %}`."""
    return {"question": Question(field), "field": field}


@dataclass
class Question:
    """What the templates need to know of a bound field."""

    field: BoundField

    @cached_property
    def widget(self):
        return self.field.field.widget

    @cached_property
    def kind(self):
        return next(kind for widget, kind in KINDS if isinstance(self.widget, widget))

    @property
    def template(self):
        special = GROUPS | {"checkbox", "textarea", "password"}
        return f"govuk/layout/{self.kind if self.kind in special else 'input'}.html"

    @property
    def is_group(self):
        return self.kind in GROUPS

    @cached_property
    def hint(self):
        text = self.field.help_text
        return text if str(text).strip() else ""

    @cached_property
    def errors(self):
        return plain_errors(self.field)

    @cached_property
    def signs(self):
        """What of the typed answer may tell who a pupil is, each thing in its own words."""
        look = getattr(self.field.form, "signs_of_pupils", None)
        return look(self.field.name) if look else []

    @property
    def may_confirm(self):
        """Whether its writer may say that nobody can be recognised: never of a pupil's number."""
        return Sign.NUMBER not in {each.sign for each in self.signs}

    @property
    def is_confirmed(self):
        return self.field.form.is_confirmed(self.field.name)

    @property
    def label(self):
        """Optional questions say so, unless their form sets `mark_optional = False`."""
        optional = not self.field.field.required and self.kind != "checkbox"
        if optional and getattr(self.field.form, "mark_optional", True):
            return f"{self.field.label} (optional)"
        return self.field.label

    @property
    def css_class(self):
        """The author's own classes: on the control, or around the boxes of a group."""
        return self.widget.attrs.get("class", "")

    @property
    def limit(self):
        """How many characters a long text may have."""
        return self.kind == "textarea" and getattr(self.field.field, "max_length", None)

    @property
    def describedby(self):
        ids = {
            f"{self.field.auto_id}_helptext": self.hint,
            f"{self.field.auto_id}_error": self.errors,
            f"{self.field.auto_id}_signs": self.signs,
            f"{self.field.auto_id}-info": self.limit,  # the name the script of the count expects
        }
        return " ".join(name for name, present in ids.items() if present)

    @property
    def first_id(self):
        """The box that the error summary leads to."""
        if self.kind == "date":
            return next(box["id"] for box in self.boxes if box["faulty"] or not self.errors)
        return f"{self.field.auto_id}_0" if self.is_group else self.field.id_for_label

    @property
    def boxes(self):
        """Day, month and year; only those at fault are marked."""
        context = self.widget.get_context(
            self.field.html_name, self.field.value(), {"id": self.field.auto_id}
        )
        codes = {error.code for error in self.field.errors.as_data()}
        named = {part for part in DATE_PARTS for code in codes if part in (code or "").split()}
        faulty = (named or set(DATE_PARTS)) if codes else set()
        return [
            {
                "label": part.capitalize(),
                "name": box["name"],
                "id": box["attrs"]["id"],
                "value": box["value"],
                "width": 4 if part == "year" else 2,
                "faulty": part in faulty,
            }
            for part, box in zip(DATE_PARTS, context["widget"]["subwidgets"], strict=True)
        ]

    @property
    def options(self):
        """Radios or checkboxes; `widget.hints` may explain some of them, by value."""
        hints = {str(value): hint for value, hint in getattr(self.widget, "hints", {}).items()}
        return [
            {
                "label": option.choice_label,
                "name": option.data["name"],
                "id": option.id_for_label,
                "value": str(option.data["value"]),
                "selected": option.data["selected"],
                "disabled": option.data["attrs"].get("disabled"),
                "hint": hints.get(str(option.data["value"])),
            }
            for option in self.field.subwidgets
        ]

    @property
    def control(self):
        """The input, select or textarea itself, drawn by Django's widget."""
        css_class = CSS_CLASSES.get(self.kind, "govuk-input")
        attrs = self._attrs_of_kind()
        classes = [css_class, self.css_class or WIDTHS.get(self.kind), attrs.pop("class", None)]
        if self.errors:
            classes.append(f"{css_class}--error")
        attrs |= dict.fromkeys(DROPPED, False)
        attrs["class"] = " ".join(filter(None, classes))
        attrs["aria-describedby"] = self.describedby or False
        plain = PLAIN_WIDGETS.get(self.kind)
        return self.field.as_widget(widget=plain and plain(self.widget.attrs), attrs=attrs)

    def _attrs_of_kind(self):
        match self.kind:
            case "textarea":
                rows = self.widget.attrs["rows"]
                count = "govuk-js-character-count" if self.limit else None
                return {"rows": 5 if rows == "10" else rows, "class": count}  # 10 is Django's own
            case "number":
                fractions = isinstance(self.field.field, forms.FloatField | forms.DecimalField)
                return {"inputmode": "decimal" if fractions else "numeric"}
            case "password":
                names = "govuk-password-input__input govuk-js-password-input-input"
                return {"class": names, "spellcheck": "false", "autocapitalize": "none"}
            case "email":
                own = self.widget.attrs.get("autocomplete", "email")
                return {"autocomplete": own, "spellcheck": "false"}
        return {}
