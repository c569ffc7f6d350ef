"""What other people did since somebody's last visit, of what that person may open."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Model, Q
from django.urls import reverse

from alliances import access
from alliances.models import AuditRecord, User
from alliances.roles import Permission
from enquiries.models import Revision, SheetRecord
from enquiries.sheets import catalogue
from enquiries.sheets.queries import private_fields
from reports.acts import act_in_words
from reports.happenings import asked_for, told_models
from reports.naming import title_of

LOOKED_AT = 100
Clause = frozenset[Permission]
Clauses = frozenset[Clause]


@dataclass(frozen=True)
class News:
    """What one person did in one alliance, in words; how often, when last, where it is told."""

    act: str
    place: str
    by: str
    url: str
    at: datetime
    times: int = 1


def news_for(user: User, since: datetime) -> list[News]:
    """The latest first; what one person did several times is told once, with its number."""
    told: dict[tuple, list[News]] = defaultdict(list)
    held = _Held(user)
    found = [*_acts(user, held, since), *_saves(user, held, since)]
    found.sort(key=lambda each: each.at)
    for each in reversed(found):
        told[each.act, each.place, each.by, each.url].append(each)
    return [News(*what, at=same[0].at, times=len(same)) for what, same in told.items()]


class _Held:
    """The alliances over which somebody holds what is asked for, in one query for all that is."""

    def __init__(self, user: User):
        clauses = frozenset[Clause]().union(*_models_by_what_they_ask())
        asked = frozenset[Permission]({Permission.SEE_JUDGEMENT}).union(*clauses)
        self._here = access.held_over(user, *sorted(asked))

    def over(self, clause: Clause) -> set[int]:
        """Those over which one of the permissions is held."""
        return {pk for pk, held in self._here.items() if held & clause}

    def over_all(self, clauses: Clauses) -> set[int]:
        """Those over which one of each clause is held."""
        return set.intersection(*(self.over(clause) for clause in clauses))


def _acts(user: User, held: _Held, since: datetime) -> Iterator[News]:
    """Acts on rows that the person may open; who runs a programme is told of all."""
    run = access.programmes_for(user, Permission.MANAGE_PEOPLE)
    seen = _open_to(held, "subject_type", lambda model: model._meta.label_lower)
    acts = AuditRecord.objects.filter(seen | Q(alliance__programme__in=run), at__gt=since)
    others = acts.filter(by__isnull=False).exclude(by=user).select_related("by", "alliance")
    opened = held.over(frozenset({Permission.READ_ENQUIRY}))
    for act in others.order_by("-at", "-pk")[:LOOKED_AT]:
        page = "alliance-history" if act.alliance_id in opened else "alliance"
        url = reverse(page, args=[act.alliance_id])
        yield News(act_in_words(act), act.alliance.name, str(act.by), url, act.at)


def _saves(user: User, held: _Held, since: datetime) -> Iterator[News]:
    """Forms that were saved, but for what only a facilitator's judgement changed in."""
    seen = _open_to(held, "sheet", lambda model: model._meta.model_name, "enquiry__")
    saves = Revision.objects.filter(seen, at__gt=since).exclude(by=user)
    judged = held.over(frozenset({Permission.SEE_JUDGEMENT}))
    for save in saves.select_related("by", "enquiry__alliance")[:LOOKED_AT]:
        form, alliance = _forms()[save.sheet], save.enquiry.alliance
        if alliance.pk in judged or save.changes.keys() - form.private:
            act, url = f"Saved: {form.title.lower()}", form.address(save)
            yield News(act, alliance.name, str(save.by), url, save.at)


def _open_to(held: _Held, field: str, name, path: str = "") -> Q:
    """Rows whose ``field`` names a model that the person may read, in their alliances."""
    seen = Q(pk__in=[])
    for clauses, models in _models_by_what_they_ask().items():
        if alliances := held.over_all(clauses):
            named = {f"{field}__in": [name(model) for model in models]}
            seen |= Q(**named, **{f"{path}alliance__in": alliances})
    return seen


@cache
def _models_by_what_they_ask() -> dict[Clauses, list[type[Model]]]:
    found = defaultdict(list)
    for model in told_models().values():
        found[asked_for(model) | {frozenset({Permission.READ_ENQUIRY})}].append(model)
    return dict(found)


@dataclass(frozen=True)
class Form:
    """A form by its model: its title, the fields of a facilitator's judgement, its address."""

    title: str
    private: frozenset[str]
    slug: str

    def address(self, save: Revision) -> str:
        """The page of its records; where several forms share a model, the alliance's history."""
        if self.slug:
            return reverse("sheet", args=[save.enquiry_id, self.slug])
        return reverse("alliance-history", args=[save.enquiry.alliance_id])


@cache
def _forms() -> dict[str, Form]:
    models = {sheet.model for sheet in catalogue()}
    return {model._meta.model_name: _form(model) for model in models}


def _form(model: type[SheetRecord]) -> Form:
    sheets = [sheet for sheet in catalogue() if sheet.model is model]
    private = frozenset[str]().union(*map(private_fields, sheets))
    return Form(title_of(model), private, sheets[0].slug if len(sheets) == 1 else "")
