"""Makes the country that was drawn: few things by the site's actions, many by its bulk actions.

What a country has by the thousand, schools and forms, comes by ``join_schools``,
``join_enquiries`` and ``save_new_sheets``; all else by the action that does it on the site.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from alliances import actions
from alliances.actions import Joining, join_schools
from alliances.models import Cluster, Mail, Membership, Programme, User
from alliances.roles import Role
from alliances.terms import usual_year
from enquiries.actions import (
    Filled,
    answer_help,
    close_meeting,
    join_enquiries,
    plan_meeting,
    save_new_sheets,
)
from enquiries.models import Enquiry, Meeting, MeetingPart, Participation
from impact.actions import import_enquiries, import_programme
from reports.simulation.country import Country, Neighbourhood
from reports.simulation.logged import Save, Team, log

AT_ONCE = 10
DOMAIN = "country.example"
# One alliance in so many falls silent for the last months.
SILENT, SILENCE = 6, timedelta(days=120)


@dataclass(frozen=True)
class Ways:
    """How what comes by the thousand is written."""

    join_schools: Callable[..., Sequence] = join_schools
    join_enquiries: Callable[..., Sequence[Participation]] = join_enquiries
    save: Save = save_new_sheets


@dataclass
class Making:
    """A country in a programme, from the day it ``began`` to ``today``.

    People are called by pieces of ``names`` and want no e-mail. ``tell`` says how far it is.
    """

    programme: Programme
    names: Sequence[str]
    began: date
    today: date
    chance: Random
    tell: Callable[[str], None]
    ways: Ways = field(default_factory=Ways)
    people: int = 0

    def make(self, country: Country) -> None:
        """Its alliances, their clusters, schools and people, and what all these log."""
        self.tell("Alliances")
        for alliances in _by(AT_ONCE, country.listed.alliances):
            import_programme(country.listed.model_copy(update={"alliances": alliances}), by=None)
        for key, doc in country.told.items():
            import_enquiries({key: doc}, programme=self.programme, by=None)
        self.tell("Clusters and facilitators")
        self.facilitators = dict(self._clusters(country))
        self.tell("Schools, people, and what they log")
        for some in _by(AT_ONCE, country.neighbourhoods):
            teams = [self._team(place) for place in some]
            log(teams, self.ways.save)
            for team in teams:
                _answer(team)
        self.tell("Meetings")
        for cluster, facilitator in self.facilitators.items():
            self._meet(cluster, facilitator)

    def _person(self, role: Role, scope) -> User:
        self.people += 1
        first, last = self.chance.choice(self.names), self.chance.choice(self.names)
        person = actions.register_person(
            email=f"{role}-{self.people}@{DOMAIN}",
            name=f"{first.split()[0]} {last.split()[-1]}",
            password=None,
            by=None,
        )
        actions.choose_mail(person=person, unwanted=[str(kind) for kind in Mail.Kind])
        actions.assign(user=person, role=role, scope=scope, by=None, starts_on=self.began)
        return person

    def _clusters(self, country: Country) -> Iterator[tuple[Cluster, User]]:
        """Each cluster of the programme, the new ones too, with its facilitator."""
        for name, keys in country.clusters.items():
            members = self.programme.alliances.filter(key__in=keys)
            actions.record_cluster(programme=self.programme, name=name, alliances=members, by=None)
        for cluster in self.programme.clusters.all():
            known = User.objects.filter(assignments__cluster=cluster).first()
            yield cluster, known or self._person(Role.FACILITATOR, cluster)

    def _team(self, place: Neighbourhood) -> Team:
        """The alliance's schools join it, some of them its enquiry; its people get their roles."""
        alliance = self.programme.alliances.select_related("cluster").get(key=place.key)
        enquiry = alliance.enquiries.first()
        lead = self._person(Role.PROJECT_LEAD, alliance)
        joined = [
            Joining(
                alliance=alliance,
                urn=site.urn,
                name=site.name,
                phase=site.phase,
                joined_on=self.began,
                how_joined=self.chance.choice(Membership.Joined.values),
            )
            for site in place.sites
        ]
        inside, outside = joined[: place.taking_part], joined[place.taking_part :]
        taking_part = self.ways.join_enquiries([(enquiry, each) for each in inside], by=lead)
        self.ways.join_schools(outside, by=lead)
        is_silent = self.chance.randrange(SILENT) == 0
        return Team(
            enquiry=enquiry,
            project=place.project,
            cycles=list(enquiry.cycles.all()),
            lead=lead,
            teachers=[self._person(Role.TEACHER, each.school) for each in taking_part],
            facilitator=self.facilitators[alliance.cluster],
            began=self.began,
            until=self.today - SILENCE if is_silent else self.today,
            chance=self.chance,
        )

    def _meet(self, cluster: Cluster, facilitator: User) -> None:
        """The cluster meets in each term, hears every alliance and closes the meeting."""
        enquiries = list(
            Enquiry.objects.filter(alliance__cluster=cluster)
            .select_related("alliance")
            .prefetch_related("cycles")
        )
        for day in self._days_of_meetings():
            meeting = plan_meeting(
                cluster=cluster,
                by=facilitator,
                alliances=[enquiry.alliance for enquiry in enquiries],
                people=[facilitator],
                held_on=day,
                place=enquiries[0].alliance.lead_school or str(cluster),
            )
            self.ways.save([self._part(enquiry, meeting) for enquiry in enquiries])
            close_meeting(meeting=meeting, by=facilitator, on=self.today)

    def _days_of_meetings(self) -> Iterator[date]:
        """One in the second half of each term."""
        for year in range(self.began.year - 1, self.today.year + 1):
            for span in usual_year(year)[1::2]:
                if self.began <= (day := span.starts_on + timedelta(days=9)) <= self.today:
                    yield day

    def _part(self, enquiry: Enquiry, meeting: Meeting) -> Filled:
        tried = self.chance.choice(enquiry.cycles.all())
        wanted = {
            "update": tried.tried,
            "challenges": tried.refinements,
            "decision": "same-intervention",
            "next_focus": enquiry.focus,
        }
        by = self.facilitators[meeting.cluster]
        return Filled(MeetingPart, {"enquiry": enquiry, "meeting": meeting}, wanted, by)


def _by(many: int, things: Sequence) -> Iterator[Sequence]:
    """So many at once: each lot becomes a transaction of its own, as on the site."""
    return (things[first : first + many] for first in range(0, len(things), many))


def _answer(team: Team) -> None:
    """The facilitator answers what was asked, but for the last."""
    for request in team.enquiry.help_requests.order_by("-position")[1:]:
        answer = team.project.challenges[0].response or "Let us speak about it."
        answer_help(request=request, answer=answer, by=team.facilitator)
