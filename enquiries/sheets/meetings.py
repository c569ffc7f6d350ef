"""The forms of a cluster: an alliance's part of a meeting (F24), and the check-in call (F25)."""

from django import forms

from alliances.roles import Permission
from enquiries.models import CheckInCall, MeetingPart
from enquiries.sheets import Place, Sheet
from enquiries.sheets.activities import OF_AN_EVENT, EventForm
from enquiries.sheets.c2l import PLACE_FIELDS, choices
from enquiries.sheets.forms import SheetForm


class PartForm(SheetForm):
    """Asks for nothing while a meeting lasts; what is missing keeps the meeting from closing."""

    wording = ("enquiries", "cluster-meeting")
    mark_optional = False

    decision = forms.ChoiceField(
        choices=lambda: choices("decisions"), widget=forms.RadioSelect, required=False
    )

    class Meta:
        model = MeetingPart
        exclude = [*PLACE_FIELDS, "meeting"]


class CallForm(EventForm):
    wording = ("enquiries", "check-in-call")

    status = forms.ChoiceField(choices=lambda: choices("call-status"), widget=forms.RadioSelect)

    class Meta:
        model = CheckInCall
        exclude = OF_AN_EVENT


PART = Sheet(
    "F24",
    "cluster-meeting",
    MeetingPart,
    PartForm,
    Place.MEETING,
    "any time",
    10,
    "CL, NR",
    "The cluster with its facilitator",
    write=Permission.WRITE_GROUP_FORMS,
)

SHEETS = [
    PART,
    Sheet(
        "F25",
        "check-in-call",
        CheckInCall,
        CallForm,
        Place.MANY,
        "any time",
        5,
        "CL",
        "External facilitator",
        write=Permission.HOLD_MEETINGS,
    ),
]
