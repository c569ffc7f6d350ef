from django import forms

from alliances.content import words
from alliances.forms import Worded
from alliances.searching.sources import Reader

# More in one list nobody reads, and each page would carry them.
MOST_TO_CHOOSE_FROM = 200


class SearchForm(Worded, forms.Form):
    """What is looked for, and where; asks only where there is something to choose.

    Of a country's alliances one chooses a cluster or theme first.
    """

    wording = ("alliances", "search")
    mark_optional = False

    q = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False)
    alliance = forms.ChoiceField(required=False)
    cluster = forms.ChoiceField(required=False)
    theme = forms.ChoiceField(required=False)

    def __init__(self, *args, reader: Reader, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.title) for kind in words("alliances", "findable").values()]
        self.fields["kind"].choices = [("", "Everything"), *kinds]
        seen = reader.alliances
        self._choose("cluster", "All clusters", {a.cluster_id: a.cluster for a in seen})
        self._choose("theme", "All themes", {a.theme_id: a.theme for a in seen})
        near = reader.narrowed("", self._asked("cluster"), self._asked("theme")).alliances
        self._choose("alliance", "All alliances", {a.pk: a.name for a in near})

    def _asked(self, name: str) -> str:
        """The number that is asked for, if it is one of those that are offered."""
        offered = [pk for pk, _ in self.fields[name].choices] if name in self.fields else []
        asked = self.data.get(name, "")
        return asked if asked in offered else ""

    def _choose(self, name: str, everything: str, found: dict) -> None:
        listed = sorted((str(title), str(pk)) for pk, title in found.items() if pk)
        if not listed[1:] or len(listed) > MOST_TO_CHOOSE_FROM:
            del self.fields[name]
            return
        self.fields[name].choices = [("", everything), *((pk, title) for title, pk in listed)]

    def wanted(self) -> dict[str, str]:
        """What was asked for; a value that the form does not know narrows nothing."""
        self.is_valid()
        asked = ("q", "kind", "alliance", "cluster", "theme")
        return {name: self.cleaned_data.get(name, "") for name in asked}
