from dataclasses import replace
from functools import cache
from importlib import resources

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models.fields import BLANK_CHOICE_DASH

from alliances import actions
from alliances.content import spoken, words, written
from alliances.fields import DayMonthYearField, LinesField, NoBrowserValidation
from alliances.models import (
    FEWEST_SCHOOLS,
    LONGEST_OPENING,
    SPANS,
    THRESHOLDS,
    USUAL_THRESHOLD,
    Alliance,
    Mail,
    Programme,
    User,
)
from alliances.pupils import NamesNoPupil
from alliances.queries import open_invitation
from alliances.records import LISTED, PLACES, said_of
from alliances.roles import RULES, Role, Scope
from alliances.terms import Calendar, Span, faults

# What one answer may hold, in characters: two printed pages.
LONGEST_TEXT = 6000

SELECT_ONE = "Select one"
((_, DASHES),) = BLANK_CHOICE_DASH


@cache
def _all_wording(app: str, language: str) -> dict:
    """The words of an app's forms: of its own in forms.toml, of the method's in sheets*.toml."""
    names = [file.name for file in resources.files(f"{app}.content").iterdir()]
    named = [name for name in names if name == "forms.toml" or name.startswith("sheets")]
    found = {form: said for name in named for form, said in written(app, name).items()}
    if language:
        for name in named:
            for form, said in written(app, f"{language}/{name}").items():
                fields = found[form].get("fields", {}) | said.get("fields", {})
                found[form] = {**found[form], **said, "fields": fields}
    return found


def wording_of(app: str, form: str) -> dict:
    """A form's title, intro and button; under ``fields`` the label and hint of each field."""
    return _all_wording(app, spoken())[form]


def _ask_to_select(field: forms.Field) -> None:
    """Say "Select one" where a list of choices would begin with dashes."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = SELECT_ONE
    elif isinstance(field, forms.ChoiceField) and ("", DASHES) in field.choices:
        field.choices = [c if c != ("", DASHES) else ("", SELECT_ONE) for c in field.choices]


class Worded(NamesNoPupil, NoBrowserValidation):
    """Mixin for forms: labels and hints come from ``<app>/content/forms.toml``, by form and field.

    ``wording`` names the app and the form. The page's title, intro and button stand there too.
    """

    wording: tuple[str, str]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))
            _ask_to_select(field)
        for name, given in self._words_of_fields().items():
            if name in self.fields:
                self.fields[name].label = given["label"]
                self.fields[name].help_text = given.get("hint", "")

    def _words(self) -> dict:
        return wording_of(*self.wording)

    def _words_of_fields(self) -> dict:
        return self._words()["fields"]

    @property
    def page_title(self) -> str:
        return self._words()["title"]

    @property
    def page_intro(self) -> str:
        return self._words().get("intro", "")

    @property
    def page_button(self) -> str:
        return self._words().get("button", "Save")


class NameOnSignUp(Worded, forms.Form):
    """What signing up asks beside the e-mail address and the password."""

    wording = ("alliances", "sign-up")

    name = forms.CharField(max_length=150)

    def signup(self, request, user):
        """Called once the account stands: the invitation that opened the door is taken up."""
        invitation = open_invitation(request.session.pop("invitation", ""))
        actions.welcome(user=user, name=self.cleaned_data["name"], invitation=invitation)


def _role_choices(*scopes: Scope):
    return [(role.value, role.label) for role, rule in RULES.items() if rule.scope in scopes]


class InvitationForm(Worded, forms.Form):
    """An e-mail address and a role in one alliance, or in one of its schools."""

    wording = ("alliances", "invitation")

    email = forms.EmailField()
    role = forms.ChoiceField(choices=_role_choices(Scope.ALLIANCE, Scope.SCHOOL))
    school = forms.ModelChoiceField(queryset=None, required=False, empty_label="No single school")

    def __init__(self, *args, alliance, **kwargs):
        super().__init__(*args, **kwargs)
        self.alliance = alliance
        self.fields["school"].queryset = alliance.schools_now()

    def clean(self):
        cleaned = super().clean()
        role = cleaned.get("role")
        in_school = role and RULES[Role(role)].scope is Scope.SCHOOL
        if in_school and not cleaned.get("school") and "school" not in self.errors:
            self.add_error("school", ValidationError("Select the school this role is held in"))
        return cleaned

    def scope(self):
        role = Role(self.cleaned_data["role"])
        in_school = RULES[role].scope is Scope.SCHOOL
        return self.cleaned_data["school"] if in_school else self.alliance


class RoleForm(Worded, forms.Form):
    """Another role over the same scope."""

    wording = ("alliances", "role")

    role = forms.ChoiceField()

    def __init__(self, *args, assignment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            choice
            for choice in _role_choices(RULES[Role(assignment.role)].scope)
            if choice[0] != assignment.role
        ]


class HandOverForm(Worded, forms.Form):
    """The address of the person who takes over."""

    wording = ("alliances", "hand-over")

    email = forms.EmailField()

    def __init__(self, *args, giver: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.giver = giver

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email.casefold() == self.giver.email.casefold():
            raise ValidationError("Enter the address of somebody else")
        return email


class UnwantedMailForm(Worded, forms.Form):
    """The e-mails a person wants: what is not ticked is not sent."""

    wording = ("alliances", "mail")
    mark_optional = False

    kinds = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    parts = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        offered = [(k.value, k.label) for k in Mail.Kind if k not in Mail.ALWAYS]
        self._offer("kinds", offered)
        parts = words("alliances", "weekly").values()
        self._offer("parts", [(part.code, part.title) for part in parts])

    def _offer(self, name: str, choices: list[tuple[str, str]]):
        unwanted = self.person.unwanted_mail
        self.fields[name].choices = choices
        self.initial[name] = [code for code, _ in choices if code not in unwanted]

    def unwanted(self) -> list[str]:
        """The codes of what is offered and not ticked."""
        return [
            code
            for name, field in self.fields.items()
            for code, _ in field.choices
            if code not in self.cleaned_data[name]
        ]


class MailFilterForm(Worded, forms.Form):
    """Narrows a list of e-mails to one state."""

    wording = ("alliances", "mail-filter")
    mark_optional = False

    state = forms.ChoiceField(required=False, choices=[("", "All"), *Mail.State.choices])

    def chosen(self) -> str:
        """The state asked for; an empty one for a value it does not know."""
        self.is_valid()
        return self.cleaned_data.get("state", "")


class TermsForm(Worded, forms.Form):
    """First and last day of each half term of a school year."""

    wording = ("alliances", "terms")

    def __init__(self, *args, school_year: int, calendar: Calendar, **kwargs):
        super().__init__(*args, **kwargs)
        self.school_year, self.calendar = school_year, calendar
        self.present = calendar.year(school_year)
        for span in self.present:
            title = span.title.lower()
            self.fields[f"{span.code}-starts"] = DayMonthYearField(
                label=f"First day of {title}", initial=span.starts_on
            )
            self.fields[f"{span.code}-ends"] = DayMonthYearField(
                label=f"Last day of {title}", initial=span.ends_on
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for fault in faults(self.school_year, self.spans(), self.calendar):
                self.add_error(f"{fault.code}-{fault.end}", ValidationError(fault.text))
        return cleaned

    def spans(self) -> list[Span]:
        """The half terms with the dates typed."""
        return [
            replace(
                span,
                starts_on=self.cleaned_data[f"{span.code}-starts"],
                ends_on=self.cleaned_data[f"{span.code}-ends"],
            )
            for span in self.present
        ]


class OpeningForm(Worded, forms.Form):
    """Why somebody of the national team reads an alliance's work, and for how long."""

    wording = ("alliances", "opening")

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    days = forms.IntegerField(min_value=1, max_value=LONGEST_OPENING, initial=3)


class TokenForm(Worded, forms.Form):
    """What a token is called by its owner, and for how long it is made."""

    wording = ("alliances", "token")

    name = forms.CharField(max_length=100)
    days = forms.TypedChoiceField(
        coerce=int, choices=[(span, f"{span} days") for span in SPANS], widget=forms.RadioSelect
    )


class FiguresForm(Worded, forms.Form):
    """From how many pupils and schools on figures are shown, and whether in months too."""

    wording = ("alliances", "figures")

    small_number_threshold = forms.IntegerField(min_value=THRESHOLDS[0], max_value=THRESHOLDS[1])
    small_number_reason = forms.CharField(required=False, widget=forms.Textarea)
    fewest_schools = forms.IntegerField(min_value=FEWEST_SCHOOLS[0], max_value=FEWEST_SCHOOLS[1])
    shows_months = forms.BooleanField(required=False)

    def __init__(self, *args, programme: Programme, **kwargs):
        present = {name: getattr(programme, name) for name in self.base_fields}
        super().__init__(*args, initial=present, **kwargs)

    def clean(self):
        cleaned = super().clean()
        threshold = cleaned.get("small_number_threshold", USUAL_THRESHOLD)
        if threshold < USUAL_THRESHOLD and not cleaned.get("small_number_reason"):
            text = f"Say why fewer than {USUAL_THRESHOLD} pupils are enough"
            self.add_error("small_number_reason", ValidationError(text))
        return cleaned


class AllianceForm(Worded, forms.ModelForm):
    """The record of an alliance (F01); its place in the programme is given by the national team."""

    wording = ("alliances", "alliance")
    about_organisations = ("other_names", "universities", "other_partners", "lead_school", "area")

    seen = forms.CharField(widget=forms.HiddenInput)
    other_names = LinesField(longest=200, required=False)
    phases = LinesField(longest=50, required=False)
    universities = LinesField(longest=300, required=False)
    other_partners = LinesField(longest=300, required=False)
    link = forms.URLField(max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Alliance
        fields = [
            "name",
            "other_names",
            "short_name",
            "lead_school",
            "phases",
            "universities",
            "other_partners",
            "link",
            "area",
            "context",
            "theme",
            "theme_note",
            "cohort",
            "region",
            "cluster",
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("area", "theme_note")}

    def __init__(self, *args, may_place: bool, **kwargs):
        super().__init__(*args, **kwargs)
        alliance = self.instance
        self.initial |= {
            "seen": alliance.stand(),
            **said_of(alliance, LISTED),
        }
        for name in PLACES:
            if not may_place:
                del self.fields[name]
            elif name != "region":
                self.fields[name].queryset = getattr(alliance.programme, f"{name}s").all()

    def clean_name(self):
        name, alliance = self.cleaned_data["name"], self.instance
        others = Alliance.objects.filter(programme=alliance.programme).exclude(pk=alliance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("Another alliance of the programme has this name")
        return name

    def changed_meanwhile(self) -> None:
        """Say that somebody else saved the record; a second save replaces it knowingly."""
        self.add_error(
            None,
            "Somebody else has changed this record meanwhile. Look at it in another window: "
            "if you save again, yours replaces it",
        )
        self.data = self.data.copy()
        self.data["seen"] = Alliance.objects.get(pk=self.instance.pk).stand()
