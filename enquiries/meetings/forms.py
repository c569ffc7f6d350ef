from django import forms

from alliances.fields import DayMonthYearField
from alliances.forms import Worded
from alliances.models import Alliance, Cluster, User
from enquiries.forms import SentOnce
from enquiries.meetings.queries import may_come
from enquiries.models import Meeting


class MeetingForm(Worded, SentOnce, forms.Form):
    """When and where a cluster meets, who comes, and when it meets next.

    Carries the version its writer opened, so that nobody's later words are lost.
    """

    wording = ("enquiries", "meeting")

    held_on = DayMonthYearField()
    place = forms.CharField(max_length=200)
    alliances = forms.ModelMultipleChoiceField(
        queryset=None, widget=forms.CheckboxSelectMultiple, required=False
    )
    people = forms.TypedMultipleChoiceField(
        coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    next_meeting = DayMonthYearField(required=False)
    next_call = DayMonthYearField(required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, cluster: Cluster, meeting: Meeting | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["alliances"].queryset = _alliances(cluster, meeting)
        self.fields["people"].choices = _people(cluster, meeting)
        self.initial |= _stored(meeting) if meeting else _of_a_new_one(cluster)

    def clean(self):
        cleaned = super().clean()
        held_on = cleaned.get("held_on")
        for name in ("next_meeting", "next_call"):
            if held_on and cleaned.get(name) and cleaned[name] <= held_on:
                self.add_error(name, f"{self.fields[name].label} must be after this meeting")
        return cleaned

    def wanted(self) -> dict:
        """What the actions take."""
        left_out = {"version", "submission", "people"}
        kept = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return kept | {"people": User.objects.filter(pk__in=self.cleaned_data["people"])}

    def show_conflict(self, stored: Meeting) -> None:
        """Tell that somebody else saved it meanwhile; a second save replaces that knowingly."""
        text = "Somebody else changed this meeting meanwhile. Save again to replace what they wrote"
        self.add_error(None, text)
        self.data = self.data.copy()
        self.data["version"] = stored.version


def _alliances(cluster: Cluster, meeting: Meeting | None):
    """Those in the cluster, and those that came while they were."""
    came = Alliance.objects.filter(meetings_attended__meeting=meeting) if meeting else ()
    return Alliance.objects.filter(pk__in={a.pk for a in (*cluster.alliances.all(), *came)})


def _people(cluster: Cluster, meeting: Meeting | None) -> list[tuple[int, str]]:
    """Who may come with their roles, and who came and may no longer."""
    came = User.objects.filter(meetings_attended__meeting=meeting) if meeting else ()
    found = {person.pk: person.name for person in came}
    for held in may_come(cluster):
        role = f"{held.get_role_display().lower()}, {held.scope}"
        found[held.user_id] = f"{held.user}, {role}"
    return sorted(found.items(), key=lambda choice: choice[1])


def _stored(meeting: Meeting) -> dict:
    names = ("held_on", "place", "next_meeting", "next_call", "version")
    return {
        **{name: getattr(meeting, name) for name in names},
        "alliances": [row.alliance_id for row in meeting.alliances_present.all()],
        "people": [row.person_id for row in meeting.people_present.all()],
    }


def _of_a_new_one(cluster: Cluster) -> dict:
    """Every alliance is expected; people are marked as they come."""
    return {"alliances": [alliance.pk for alliance in cluster.alliances.all()]}
