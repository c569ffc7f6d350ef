"""What changes alliances and their schools, and what writes down a whole programme."""

from datetime import date

from django.db import transaction
from django.db.models import Manager

from alliances import audit
from alliances.models import (
    Alliance,
    AlsoKnownAs,
    Cluster,
    Cohort,
    Designation,
    Membership,
    Partner,
    Programme,
    School,
    Theme,
    User,
)


@transaction.atomic
def record_programme(*, title: str, by: User | None, **fields) -> Programme:
    """The programme of that title, made or brought up to date."""
    programme, made = Programme.objects.update_or_create(title=title, defaults=fields)
    if made:
        audit.record("recorded", programme, by=by)
    return programme


@transaction.atomic
def record_outline(
    *,
    programme: Programme,
    themes: list[dict],
    cohorts: list[dict],
    events: list[dict],
    facts: list[dict],
) -> None:
    """Bring a programme's themes, cohorts, events and facts up to date."""
    for fields in themes:
        programme.themes.update_or_create(number=fields["number"], defaults=fields)
    for fields in cohorts:
        programme.cohorts.update_or_create(number=fields["number"], defaults=fields)
    replace_listed(programme.events, events)
    replace_listed(programme.facts, facts)


def replace_listed(listed: Manager, wanted: list[dict]) -> None:
    """Rows of a programme by these, unless both say the same."""
    if wanted and list(listed.order_by("pk").values(*wanted[0])) == wanted:
        return
    listed.all().delete()
    model = listed.model
    model._base_manager.bulk_create(model(programme=listed.instance, **row) for row in wanted)


@transaction.atomic
def record_cluster(*, programme: Programme, name: str, alliances, by: User | None) -> Cluster:
    """A cluster of the given alliances, which leave any other they were in."""
    cluster, made = Cluster.objects.get_or_create(programme=programme, name=name)
    Alliance.objects.filter(pk__in=[a.pk for a in alliances]).update(cluster=cluster)
    if made:
        audit.record("recorded", cluster, by=by)
    return cluster


@transaction.atomic
def list_alliance(
    *,
    programme: Programme,
    key: str,
    name: str,
    theme: Theme | None,
    cohort: Cohort | None,
    other_names: list[str],
    partners: list[tuple[str, str]],
    by: User | None,
    **fields,
) -> tuple[Alliance, bool]:
    """An alliance as a programme lists it, and whether it is new here.

    A known alliance keeps what it has since said of itself: its name, theme and cohort.
    """
    alliance, made = Alliance.objects.get_or_create(
        programme=programme, key=key, defaults={"name": name, "theme": theme, "cohort": cohort}
    )
    Alliance.objects.filter(pk=alliance.pk).update(**fields)
    for other in other_names:
        also_known_as(alliance=alliance, name=other)
    if list(alliance.partners.order_by("pk").values_list("kind", "name")) != partners:
        alliance.partners.all().delete()
        Partner.objects.bulk_create(
            Partner(alliance=alliance, kind=kind, name=partner) for kind, partner in partners
        )
    if made:
        audit.record("listed", alliance, by=by)
    return alliance, made


def also_known_as(*, alliance: Alliance, name: str) -> None:
    """Remember another name, once, unless it is the alliance's own."""
    known = alliance.name.casefold() == name.casefold()
    if not known and not alliance.other_names.filter(name__iexact=name).exists():
        AlsoKnownAs.objects.create(alliance=alliance, name=name)


@transaction.atomic
def found_alliance(*, programme: Programme, key: str, name: str, by: User | None) -> Alliance:
    """An alliance that no list of the programme has named yet."""
    alliance = Alliance.objects.create(programme=programme, key=key, name=name)
    audit.record("founded", alliance, by=by)
    return alliance


@transaction.atomic
def join_school(
    *,
    alliance: Alliance,
    name: str,
    phase: str,
    by: User | None,
    urn: int | None = None,
    joined_on: date | None = None,
    how_joined: str = "",
) -> School:
    """A school in an alliance, or back in it.

    Without a URN it is known by its name within this alliance only.
    """
    if urn:
        school, _ = School.objects.get_or_create(urn=urn, defaults={"name": name, "phase": phase})
    else:
        known = School.objects.filter(name=name, urn=None, memberships__alliance=alliance)
        school = known.first() or School.objects.create(name=name, phase=phase)
    if not alliance.memberships.filter(school=school, left_on=None).exists():
        membership = Membership.objects.create(
            alliance=alliance, school=school, joined_on=joined_on, how_joined=how_joined
        )
        audit.record("joined", membership, by=by)
    return school


@transaction.atomic
def leave_school(
    *, membership: Membership, on: date, reason: str, by: User | None, replaced_by: str = ""
) -> Membership:
    """A school leaves: its membership ends, and everything it logged stays."""
    membership.left_on, membership.reason_left = on, reason
    membership.replaced_by = replaced_by
    membership.full_clean()
    membership.save(update_fields=["left_on", "reason_left", "replaced_by"])
    audit.record("left", membership, by=by, reason=reason)
    return membership


@transaction.atomic
def record_designation(
    *, alliance: Alliance, status: Designation.Status, since: date, reason: str, by: User | None
) -> Designation:
    """The next step of an alliance's designation history; sent twice, it is one."""
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    last = alliance.designations.last()
    if last and (last.status, last.since, last.reason) == (status, since, reason):
        return last
    step = Designation.objects.create(alliance=alliance, status=status, since=since, reason=reason)
    audit.record("designation", step, by=by, status=str(status))
    return step
