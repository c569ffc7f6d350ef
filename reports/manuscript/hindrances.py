"""What keeps a case study from being signed off, and from being published."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from alliances.forms import wording_of
from alliances.recognising import Sign, signs
from enquiries.models import Enquiry, Ethics
from reports.builders.shelf import Shelf
from reports.manuscript.advice import is_logged, unknown
from reports.manuscript.marks import marks_in
from reports.manuscript.standing import SLUG, Standing


@dataclass(frozen=True)
class Hindrance:
    """A reason in words, and the page where it can be put right, unless that takes a step."""

    text: str
    url: str = ""


def hindrances(standing: Standing) -> list[Hindrance]:
    """Everything that has to be put right before the alliance can sign its case study off."""
    page = reverse("sheet", args=[standing.enquiry.pk, SLUG])
    if not standing.has_words:
        return [Hindrance("Nothing has been written yet", page)]
    return [
        *_of_the_critique(standing, page),
        *_of_the_words(standing, Shelf(standing.enquiry), page),
        *_of_ethics(standing.enquiry),
        *_of_consent(standing),
    ]


def _of_the_critique(standing: Standing, page: str) -> Iterator[Hindrance]:
    if not standing.is_accepted:
        yield Hindrance("Its facilitator has not said that nothing more is to be done")
    if standing.changes_open:
        count = standing.changes_open
        asked = "A change that was asked for is" if count == 1 else f"{count} changes asked for are"
        yield Hindrance(f"{asked} not accepted yet", f"{page}#comments")


def _of_the_words(standing: Standing, shelf: Shelf, page: str) -> Iterator[Hindrance]:
    draft = standing.draft
    labels = wording_of("reports", SLUG)["fields"]
    for name, text in draft.texts.items():
        where, at = labels[name]["label"], f"{page}#id_{name}"
        yield from _of_a_section(where, at, text, shelf)
    for code in draft.shown:
        if code in shelf.unagreed:
            who = f"Whoever is quoted in [{code}]"
            told = f"{who} has not agreed to be: ask them, or do not show it"
            yield Hindrance(told, shelf.unagreed[code].url)
        elif code not in shelf.items:
            yield Hindrance(f"[{code}] is to be shown and is no longer there", page)
    cited = [mark for text in draft.texts.values() for mark in marks_in(text)]
    for mark in dict.fromkeys([*draft.shown, *cited]):
        if mark in shelf.claims:
            yield from _of_a_claim(mark, shelf)


def _of_a_section(where: str, at: str, text: str, shelf: Shelf) -> Iterator[Hindrance]:
    if is_logged(text):
        yield Hindrance(f"{where} still holds what was logged, not your own words", at)
    if Sign.NUMBER in {found.sign for found in signs(text)}:
        yield Hindrance(f"{where} holds a unique pupil number: take it out", at)
    for mark in unknown(text, shelf):
        yield Hindrance(f"{where} cites [{mark}], which names nothing that is there", at)


def _of_a_claim(mark: str, shelf: Shelf) -> Iterator[Hindrance]:
    stated = shelf.claims[mark]
    if not stated.has_evidence:
        yield Hindrance(f"Nothing stands behind the claim [{mark}]", stated.url)
    if not stated.is_signed:
        yield Hindrance(f"The claim [{mark}] is not signed off", stated.url)


def _of_ethics(enquiry: Enquiry) -> Iterator[Hindrance]:
    """The method revisits the ethics checklist before findings are published (F14)."""
    page = reverse("sheet", args=[enquiry.pk, "ethics"])
    told = Ethics.objects.filter(enquiry=enquiry).first()
    if told is None or not told.right_to_withdraw:
        yield Hindrance("The ethics checklist is not complete", page)
    elif not (told.is_published and told.extra_check):
        who = "The ethics checklist does not say who checks before findings are published"
        yield Hindrance(who, f"{page}#id_is_published")


def _of_consent(standing: Standing) -> Iterator[Hindrance]:
    if standing.check is None:
        yield Hindrance("Consent and anonymity have not been checked since the last change")
