from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from alliances.forms import Worded
from alliances.models import User


class FindPersonForm(Worded, forms.Form):
    """Asks whom it is about, by the address they sign in with."""

    wording = ("reports", "erase-find")
    mark_optional = False

    email = forms.EmailField()

    def __init__(self, *args, people: QuerySet[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.person: User | None = None

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        self.person = self.people.filter(email__iexact=address).first()
        if self.person is None:
            raise ValidationError("Nobody of this programme alone has that address")
        return address


class EraseForm(Worded, forms.Form):
    """Asks why, and to type the address once more: what is done cannot be taken back."""

    wording = ("reports", "erase")

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    confirmation = forms.EmailField()

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_reason(self) -> str:
        """The reason is kept: it must not bring back who is forgotten."""
        reason = self.cleaned_data["reason"]
        known = [words for words in (self.person.name, self.person.email) if words]
        if any(words.lower() in reason.lower() for words in known):
            raise ValidationError("Give the reason without the person’s name or address")
        return reason

    def clean_confirmation(self) -> str:
        typed = self.cleaned_data["confirmation"]
        if typed.lower() != self.person.email.lower():
            raise ValidationError("This is not the address of the person above")
        return typed
