from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from alliances.forms import Worded
from enquiries.forms import SentOnce
from impact.spreadsheets.tables import Unreadable, check_kind

LARGEST = 10 * 1024 * 1024  # bytes


class UploadForm(Worded, SentOnce):
    """A spreadsheet; what it is is told from its bytes."""

    wording = ("impact", "upload")

    file = forms.FileField(
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose another",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(f"The file must be {filesizeformat(LARGEST)} or smaller")
        content = file.read()
        try:
            check_kind(content)
        except Unreadable as problem:
            raise ValidationError(str(problem)) from problem
        return {"name": file.name[:200], "content": content}

    def described(self) -> dict:
        """The fields of Upload that the form asks for."""
        return {**self.cleaned_data["file"], "submission": self.cleaned_data["submission"]}


class AlliancesUploadForm(UploadForm):
    """A spreadsheet of a programme's alliances."""

    wording = ("impact", "bring-in")


class LeadsForm(Worded, forms.Form):
    """Whether the leads named in a spreadsheet of alliances are invited as these are saved."""

    wording = ("impact", "invite-leads")
    mark_optional = False

    invites = forms.BooleanField(required=False)


class MatchedUploadForm(UploadForm):
    """A spreadsheet of matched scores; its name is not kept, for it may be a pupil's."""

    wording = ("impact", "matched-upload")

    def described(self) -> dict:
        return {**super().described(), "name": "Matched scores"}
