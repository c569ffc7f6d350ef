"""The first page of a person: what is due or stuck, what others changed, one useful act.

Each list is short: a phone shows the first act without scrolling. The words are in
content/home.toml. The number of queries
grows with nothing but the enquiries that somebody writes in and the programmes they run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from alliances import access
from alliances.content import words
from alliances.models import Mail, User
from alliances.queries import mails_of, without_lead
from alliances.roles import Permission
from enquiries.models import Cycle
from enquiries.sheets import sheet_called
from reports.briefs import Brief, briefs_of
from reports.due import Due, due_from
from reports.models import Report
from reports.news import News, news_for
from reports.queries import Workplace, reports_for, workplaces

MOST_DUE, MOST_STUCK, MOST_NEWS = 3, 3, 5
# What a first visit is told of.
LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Stuck:
    """What does not go on by itself: in words, with more of it, and the page to mend it."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class NextAct:
    """One useful thing to do; ``posts`` where its button does it at once."""

    title: str
    text: str
    action: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Home:
    """All that the page shows; ``due_in_all`` counts also what is left to My week."""

    due: list[Due]
    due_in_all: int
    stuck: list[Stuck]
    news: list[News]
    since: datetime
    next_act: NextAct | None
    places: list[Workplace]

    @property
    def is_busy(self) -> bool:
        """Whether there is anything to do first; if not, the useful act comes before the news."""
        return bool(self.due or self.stuck)

    @property
    def has_clusters(self) -> bool:
        """Whether there are several to lay side by side."""
        return sum(place.url_name == "cluster" for place in self.places) > 1


def home_of(user: User, before: datetime | None, now: datetime) -> Home:
    """The first page; ``before`` is when the person had signed in the time before."""
    today, since = now.date(), before or now - LATELY
    due, places = due_from(user, today), workplaces(user)
    needy = _needy(user, today)
    return Home(
        due=due[:MOST_DUE],
        due_in_all=len(due),
        stuck=[*_stuck(user, now - LATELY), *map(_attention, needy[:MOST_STUCK])][:MOST_STUCK],
        news=news_for(user, since)[:MOST_NEWS],
        since=since,
        next_act=_next_act(user, {each.url for each in due[:MOST_DUE]}, needy, places),
        places=places,
    )


def _needy(user: User, today: date) -> list[Brief]:
    """Alliances that a person facilitates and has reasons to look at, the heaviest first."""
    alliances = access.alliances_for(user, Permission.WRITE_JUDGEMENT)
    return [brief for brief in briefs_of(alliances, today) if brief.weight]


def _attention(brief: Brief) -> Stuck:
    url = reverse("enquiry", args=[brief.enquiry])
    reasons = "; ".join(brief.reasons).capitalize()
    return _stopped("home-attention", url, name=brief.name, reasons=reasons)


def _stuck(user: User, since: datetime) -> Iterator[Stuck]:
    """Reports of theirs that could not be made; what stands still in programmes they run."""
    asked = Report.objects.filter(asked_by=user, asked_at__gt=since)
    own = list(asked.filter(status=Report.Status.FAILED).values_list("pk", flat=True))
    failed = reports_for(user).filter(pk__in=own).order_by("-asked_at", "-pk") if own else []
    for report in failed[:MOST_STUCK]:
        url = reverse("report", args=[report.pk])
        yield _stopped("home-failed-report", url, name=report.subject)
    for programme in access.programmes_for(user, Permission.MANAGE_PEOPLE):
        dropped = mails_of(programme).filter(state=Mail.State.DROPPED, queued_at__gt=since)
        if dropped.exists():
            url = reverse("programme-mail", args=[programme.pk])
            yield _stopped("home-dropped-mail", f"{url}?state={Mail.State.DROPPED}")
        if unled := without_lead(programme).count():
            url = reverse("bring-in", args=[programme.pk])
            counted = "1 alliance has" if unled == 1 else f"{unled} alliances have"
            yield _stopped("home-unled", url, counted=counted)


def _next_act(
    user: User, shown: set[str], needy: list[Brief], places: list[Workplace]
) -> NextAct | None:
    """One act that suits what a person does, and is not ``shown`` as due; None without a place."""
    if needy:
        url = reverse("guide", args=[needy[0].enquiry])
        return _act("home-judgement", url, name=needy[0].name)
    first = {place.url_name: place for place in reversed(places)}
    if "enquiry" in first:
        return _in_enquiry(first["enquiry"].pk, shown)
    if "programme" in first:
        return _in_programme(user, first["programme"].pk)
    if "alliance" in first:
        place = first["alliance"]
        return _act("home-alliance", reverse("alliance", args=[place.pk]), name=place.name)
    return _act("home-published", reverse("publications")) if places else None


def _in_enquiry(pk: int, shown: set[str]) -> NextAct:
    if not Cycle.objects.filter(enquiry=pk).exists():
        return _act("home-cycle", reverse("cycle-new", args=[pk]))
    for code, slug in (("home-trial", "trial"), ("home-leadership", "leadership")):
        url = reverse("sheet-new", args=[pk, slug])
        if url not in shown:
            return _act(code, url, minutes=sheet_called(slug).minutes)
    return _act("home-published", reverse("publications"))


def _in_programme(user: User, pk: int) -> NextAct:
    if access.programmes_for(user, Permission.EDIT_REPORTS).filter(pk=pk).exists():
        return _act("home-edition", reverse("programme-editions", args=[pk]))
    return _act("home-national", reverse("national-ask", args=[pk]), posts=True)


def _act(code: str, url: str, *, posts: bool = False, **named) -> NextAct:
    said = words("reports", "home")[code]
    title, text = said.title.format(**named), said.text.format(**named)
    return NextAct(title, text, said.extra["action"], url, posts)


def _stopped(code: str, url: str, **named) -> Stuck:
    said = words("reports", "home")[code]
    return Stuck(said.title.format(**named), said.text.format(**named), url)
