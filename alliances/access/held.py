"""Over what somebody holds which permission, by the roles they hold now."""

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alliances.models import Alliance, Assignment, Cluster, Membership, Opening, Programme, User
from alliances.roles import RULES, Permission, Role, Rule, Scope, roles_granting


def _held(user: User, scope: Scope, roles: Collection[Role]) -> list[int] | QuerySet[Assignment]:
    """The keys of what the person holds one of the roles over now.

    Of whoever has come in they are known, so the database plans what it looks for by them.
    """
    if user.is_anonymous:
        return []
    if user.held_now is None:
        over = {f"{scope}__isnull": False, "role__in": roles}
        return Assignment.objects.current().filter(user=user.pk, **over).values(str(scope))
    return [held[scope] for held in user.held_now if held[scope] and held["role"] in roles]


def alliances_for(user: User, *permissions: Permission) -> QuerySet[Alliance]:
    """Alliances over which the person holds one of the permissions, by whichever scope.

    Over a whole programme it may be held only of alliances that the person has opened.
    """
    roles, openers = roles_granting(*permissions), roles_granting(*permissions, on_opening=True)
    scopes = sorted({RULES[role].scope for role in roles})
    held = {scope: _held(user, scope, roles) for scope in scopes}
    covered = [_under(scope, keys) for scope, keys in held.items() if keys != []]
    if openers and (programmes := _held(user, Scope.PROGRAMME, openers)) != []:
        opened = Opening.objects.current().filter(person=user.pk)
        covered.append(Q(pk__in=opened.values("alliance"), programme__in=programmes))
    return Alliance.objects.filter(reduce(or_, covered)) if covered else Alliance.objects.none()


def _under(scope: Scope, held: list[int] | QuerySet[Assignment]) -> Q:
    """The alliances that such a scope of a role covers."""
    if scope is Scope.SCHOOL:
        in_school = Membership.objects.on(timezone.localdate()).filter(school__in=held)
        return Q(pk__in=in_school.values("alliance"))
    path = "pk" if scope is Scope.ALLIANCE else str(scope)
    return Q(**{f"{path}__in": held})


def _granting(permission: Permission, alliances: QuerySet[Alliance]) -> Q:
    """Assignments that grant the permission over one of the alliances they cover."""
    opened = Opening.objects.current().filter(person=OuterRef("user"), alliance__in=alliances)
    on_opening = roles_granting(permission, on_opening=True)
    return Q(role__in=roles_granting(permission)) | Q(Exists(opened), role__in=on_opening)


def people_over(alliance: Alliance, permission: Permission) -> QuerySet[User]:
    """People who hold the permission over one alliance, by name; nobody who is suspended."""
    granting = _granting(permission, Alliance.objects.filter(pk=alliance.pk))
    held = Assignment.objects.current().filter(_covering(alliance), granting)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


def roles_around(cluster: Cluster, permission: Permission) -> QuerySet[Assignment]:
    """Current roles that grant the permission over a cluster or an alliance of it, by name."""
    alliances = Alliance.objects.filter(cluster=cluster)
    now = Membership.objects.on(timezone.localdate()).filter(alliance__in=alliances)
    around = (
        Q(alliance__in=alliances)
        | Q(school__in=now.values("school"))
        | Q(cluster=cluster)
        | Q(programme=cluster.programme_id)
    )
    held = Assignment.objects.current().filter(around, _granting(permission, alliances))
    return held.filter(user__is_active=True).order_by("user__name", "pk")


def clusters_for(user: User, permission: Permission) -> QuerySet[Cluster]:
    """Clusters over which the person holds the permission."""
    roles = roles_granting(permission)
    return Cluster.objects.filter(
        Q(pk__in=_held(user, Scope.CLUSTER, roles))
        | Q(programme__in=_held(user, Scope.PROGRAMME, roles))
    )


def programmes_for(user: User, permission: Permission) -> QuerySet[Programme]:
    """Programmes over which the person holds the permission."""
    held = _held(user, Scope.PROGRAMME, roles_granting(permission))
    return Programme.objects.filter(pk__in=held)


def programmes_taken_part_in(user: User) -> QuerySet[Programme]:
    """Programmes on whose findings the person has a say, by their part in one of the alliances."""
    alliances = alliances_for(user, Permission.AFFIRM_FINDINGS)
    return Programme.objects.filter(pk__in=alliances.values("programme"))


def seen_with(user: User, *permissions: Permission) -> list[Alliance]:
    """Alliances the person may see, by name, each with those of the permissions they hold there.

    ``held`` are the permissions; ``opened`` is whether the person has opened its work.
    """
    found = list(_seen(user).select_related("cluster", "theme").order_by("name", "pk"))
    for alliance, held in zip(found, _held_in(found, user, permissions), strict=True):
        alliance.held = held
    return found


def held_over(user: User, *permissions: Permission) -> dict[int, set[Permission]]:
    """By its key each alliance the person may see, with those of the permissions held there."""
    told = ("pk", "programme_id", "cluster_id", "opened")
    found = list(_seen(user).order_by().values_list(*told, named=True))
    held = _held_in(found, user, permissions)
    return {alliance.pk: here for alliance, here in zip(found, held, strict=True)}


def _seen(user: User) -> QuerySet[Alliance]:
    own = Opening.objects.current().filter(person=user.pk, alliance=OuterRef("pk"))
    return alliances_for(user, Permission.SEE_ALLIANCE).annotate(opened=Exists(own))


def _held_in(
    alliances: Iterable, user: User, permissions: Collection[Permission]
) -> Iterator[set[Permission]]:
    """Of the permissions those that the person holds over each of the alliances."""
    roles = _roles_of(user)
    members = _members(roles)
    for alliance in alliances:
        rules = _rules_over(alliance, roles, members)
        allowed = {p for rule in rules for p in rule.allowed(is_open=alliance.opened)}
        yield allowed & set(permissions)


def permissions_over(user: User, alliance: Alliance) -> set[Permission]:
    """Everything the person may do in one alliance; for deciding which links to show."""
    roles = _roles_of(user)
    rules = _rules_over(alliance, roles, _members(roles))
    opened = Opening.objects.current().filter(alliance=alliance, person=user.pk)
    is_open = any(rule.on_opening for rule in rules) and opened.exists()
    return {p for rule in rules for p in rule.allowed(is_open=is_open)}


def _roles_of(user: User) -> list[dict]:
    """What the person holds now, as ``UserManager.with_roles`` tells it."""
    if user.is_anonymous:
        return []
    if user.held_now is not None:
        return user.held_now
    return User.objects.with_roles().get(pk=user.pk).held_now


def _members(roles: list[dict]) -> set[tuple[int, int]]:
    """Alliances with those of their schools in which one of the roles is held."""
    schools = {role["school"] for role in roles} - {None}
    if not schools:
        return set()
    now = Membership.objects.on(timezone.localdate()).filter(school__in=schools)
    return set(now.values_list("alliance", "school"))


def _rules_over(alliance: Alliance, roles: list[dict], members: set[tuple[int, int]]) -> list[Rule]:
    """The rules of those of the roles that are held over the alliance."""
    return [
        RULES[Role(held["role"])]
        for held in roles
        if held["alliance"] == alliance.pk
        or held["programme"] == alliance.programme_id
        or (held["cluster"] is not None and held["cluster"] == alliance.cluster_id)
        or (alliance.pk, held["school"]) in members
    ]


def permissions_in(user: User, programme: Programme) -> set[Permission]:
    """Everything the person may do in a whole programme; for deciding which links to show."""
    held = [RULES[Role(h["role"])] for h in _roles_of(user) if h["programme"] == programme.pk]
    return {permission for rule in held for permission in rule.standing}


def _covering(alliance: Alliance) -> Q:
    """Assignments whose scope holds the alliance."""
    today = timezone.localdate()
    schools = Membership.objects.on(today).filter(alliance=alliance).values("school")
    covering = Q(alliance=alliance) | Q(programme=alliance.programme_id) | Q(school__in=schools)
    if alliance.cluster_id:
        covering |= Q(cluster=alliance.cluster_id)
    return covering
