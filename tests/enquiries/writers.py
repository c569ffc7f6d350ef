"""People who fill in one form at the same time, each in a browser of their own."""

import random
import re
from dataclasses import dataclass, field

from django.test import Client

from enquiries.models import Revision, SheetRecord
from tests.pages import errors_said, typed

THEIRS = re.compile("^Somebody else changed this meanwhile to: “(.*)”$", re.DOTALL)
LONGEST = 500


@dataclass
class Writer:
    """Knows what their page shows, what they have ever read, and what the site said it saved.

    ``read`` and ``accepted`` hold pairs of a field's name and its text.
    """

    name: str
    client: Client
    url: str
    fields: list[str]
    chance: random.Random
    page: dict = field(default_factory=dict)
    saves: list = field(default_factory=list)
    newest: int = 0
    touched: set = field(default_factory=set)
    read: set = field(default_factory=set)
    accepted: set = field(default_factory=set)
    conflicts: int = 0
    words: int = 0

    def open(self) -> None:
        """Load the page, and forget what was typed and not sent."""
        self.page = typed(self.client.get(self.url))
        self.read |= {(name, self.page[name]) for name in self.fields}
        self.touched.clear()

    def type(self) -> None:
        """Change one field or two, into words that nobody has used before."""
        for name in self.chance.sample(self.fields, self.chance.randint(1, 2)):
            self._type(name, self._new_words())

    def send(self) -> None:
        """Send the page, be it old; where others were quicker, read what they wrote and choose."""
        response = self.client.post(self.url, self.page)
        if response.status_code == 302:
            self.accepted |= {(name, self.page[name]) for name in self.touched}
            return
        self.page = typed(response)
        left_alone = set(self.fields) - self.touched
        self.read |= {(name, self.page[name]) for name in left_alone}
        for name, said in errors_said(response).items():
            self._choose(name, THEIRS.match(said)[1])

    def read_history(self) -> None:
        """Load the page with everybody's saves."""
        page = self.client.get(self.url).content.decode()
        (url,) = re.findall(r'href="([^"]+/history/)"', page)
        page = self.client.get(url).content.decode()
        shown = {int(number) for number in re.findall(r"/revisions/(\d+)/restore/", page)}
        self.saves = list(Revision.objects.filter(pk__in=shown))
        self.newest = max(shown)
        texts = [save.changes.items() for save in self.saves]
        self.read |= {(name, text) for save in texts for name, both in save for text in both}

    def bring_back(self) -> None:
        """Ask for what stood before some save of the history read last."""
        if len(self.saves) == 1:
            return
        wanted = self.chance.choice(self.saves[:-1])
        url, sent = f"/revisions/{wanted.pk}/restore/", {"newest": self.newest}
        page = self.client.post(url, sent, follow=True).content.decode()
        if "The earlier words are back." in page:
            self.accepted |= {(name, before) for name, (before, _) in wanted.changes.items()}

    def _choose(self, name: str, theirs: str) -> None:
        """Keep one's own words, take theirs, or join the two."""
        self.conflicts += 1
        self.read.add((name, theirs))
        choice = self.chance.choice(["mine", "theirs", "both"])
        if choice == "theirs":
            self.page[name] = theirs
            self.touched.discard(name)
        elif choice == "both":
            self._type(name, f"{self._new_words()} / {theirs}"[:LONGEST].strip(" /"))

    def _type(self, name: str, text: str) -> None:
        self.page[name] = text
        self.touched.add(name)

    def _new_words(self) -> str:
        self.words += 1
        return f"{self.name} {self.words}"


def losses(record: SheetRecord, writers: list[Writer], begun: dict) -> list[str]:
    """Whatever happened to somebody's words that nobody who had read them wanted.

    Told by the record and its history since the first save, at which each field was ``begun``.
    """
    by_name, now = {writer.name: writer for writer in writers}, dict(begun)
    found, saved = [], set(begun.items())
    revisions = Revision.objects.filter(sheet=record._meta.model_name, record=record.pk)
    for revision in revisions.order_by("pk").select_related("by")[1:]:
        writer = by_name[revision.by.name]
        for name, (before, after) in revision.changes.items():
            saved.add((name, after))
            if now[name] != before:
                found.append(f"{now[name]!r} in {name} was lost before {after!r}")
            if (name, before) not in writer.read | writer.accepted:
                found.append(f"{writer.name} undid {before!r} in {name} unread")
            if (name, after) not in writer.accepted:
                found.append(f"{writer.name} never sent {after!r} in {name}")
            now[name] = after
    told = {pair for writer in writers for pair in writer.accepted}
    found += [f"told that it was saved, and it was not: {pair}" for pair in told - saved]
    stored = {name: record.value_of(name) for name in now}
    return [*found, *([f"the record holds {stored}, its history {now}"] if stored != now else [])]
