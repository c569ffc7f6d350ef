"""What is asked of a file that is attached: what it shows, who is in it, who may see it."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from alliances.forms import Worded
from enquiries.evidence.contents import Content, examined
from enquiries.evidence.queries import limits
from enquiries.forms import SentOnce
from enquiries.models import Evidence

# Kinds of photo by their type, which lets a phone offer its camera.
OFFERED = ["image/jpeg", "image/png", "image/webp"] + [
    f".{kind}" for kind in Evidence.Kind.values if kind not in Evidence.PHOTOS
]
YES_OR_NO = [("yes", "Yes"), ("no", "No, or only with a face hidden")]
READERS = [
    ("facilitators", "Facilitators only"),
    ("everybody", "Everybody who may read this form"),
]


class EvidenceForm(Worded, SentOnce):
    """``file`` comes out examined, as Content. ``may_be_private`` asks who may see it."""

    wording = ("enquiries", "evidence")
    mark_optional = False

    file = forms.FileField(
        widget=forms.FileInput(attrs={"accept": ",".join(OFFERED)}),
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose another",
        },
    )
    caption = forms.CharField(
        max_length=300, error_messages={"required": "Say what the file shows"}
    )
    pupils_recognisable = forms.ChoiceField(
        choices=YES_OR_NO, widget=forms.RadioSelect, required=False
    )
    consent_held = forms.BooleanField(required=False)
    readers = forms.ChoiceField(choices=READERS, widget=forms.RadioSelect, initial="facilitators")

    def __init__(self, *args, may_be_private: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_be_private:
            del self.fields["readers"]
        file = self.fields["file"]
        file.help_text = file.help_text.format(**limits())

    def clean_file(self) -> Content:
        file = self.cleaned_data["file"]
        if file.size > settings.EVIDENCE_LARGEST:
            raise ValidationError(f"The file must be {limits()['size']} or smaller")
        self.file_name = file.name
        return examined(file.read(), file.name)

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if file and file.is_photo:
            self._ask_about_photo(cleaned)
        if file and self.errors:
            self.add_error("file", "Choose the file again, because a browser does not keep it")
        return cleaned

    def _ask_about_photo(self, cleaned: dict) -> None:
        if not cleaned.get("pupils_recognisable"):
            self.add_error("pupils_recognisable", "Select whether pupils can be recognised")
        if not cleaned.get("consent_held"):
            self.add_error("consent_held", "A photo can be attached only with the consent it needs")

    def described(self) -> dict:
        """The fields of Evidence that the form asks for."""
        given, is_photo = self.cleaned_data, self.cleaned_data["file"].is_photo
        return {
            "submission": given["submission"],
            "caption": given["caption"],
            "name": self.file_name[:200],
            "is_private": given.get("readers") == "facilitators",
            "pupils_recognisable": given["pupils_recognisable"] == "yes" if is_photo else None,
            "consent_held": True if is_photo else None,
        }
