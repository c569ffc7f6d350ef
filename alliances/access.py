"""The only place that decides who may see or do what. To load an object is to be allowed to."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from alliances import history
from alliances.models import (
    Alliance,
    Assignment,
    Cluster,
    Held,
    Invitation,
    Mail,
    Membership,
    Opening,
    Programme,
    User,
)
from alliances.roles import RULES, Permission, Role, Rule, Scope, roles_granting


class NotOpened(PermissionDenied):
    """Refused to somebody who may open the work of these alliances, and has not."""

    def __init__(self, alliances: QuerySet[Alliance]):
        super().__init__()
        self.alliances = alliances


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
    own = Opening.objects.current().filter(person=user.pk, alliance=OuterRef("pk"))
    seen = alliances_for(user, Permission.SEE_ALLIANCE).select_related("cluster", "theme")
    found = list(seen.annotate(opened=Exists(own)).order_by("name", "pk"))
    roles = _roles_of(user)
    members = _members(roles)
    for alliance in found:
        rules = _rules_over(alliance, roles, members)
        allowed = {p for rule in rules for p in rule.allowed(is_open=alliance.opened)}
        alliance.held = allowed & set(permissions)
    return found


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


def within(queryset: QuerySet, user: User, *permissions: Permission) -> QuerySet:
    """The rows over whose alliance, by the model's ``within`` path, one of them is held."""
    allowed = alliances_for(user, *permissions)
    if allowed.query.is_empty():
        return queryset.none()
    return queryset.filter(**{f"{queryset.model.within}__in": allowed})


def published_to(queryset: QuerySet, user: User) -> QuerySet:
    """The rows of every alliance in a programme in which the person reads an enquiry.

    For what the programme publishes of them; nothing else of these rows may be shown.
    """
    own = alliances_for(user, Permission.READ_ENQUIRY)
    return queryset.filter(**{f"{queryset.model.within}__programme__in": own.values("programme")})


def load(queryset: QuerySet, user: User, *permissions: Permission, **lookup):
    """One object of an alliance, to whoever holds one of the permissions there.

    Those who may not see its alliance get 404, those who may but lack the permission 403; where
    opening the alliance would give it to them, as ``NotOpened``. Who has opened it is put down.
    """
    path = queryset.model.within
    allowed = alliances_for(user, *permissions).filter(pk=OuterRef(path))
    seen = within(queryset, user, Permission.SEE_ALLIANCE).annotate(is_allowed=Exists(allowed))
    if roles_granting(*permissions, on_opening=True):
        own = Opening.objects.current().filter(person=user.pk, alliance=OuterRef(path))
        seen = seen.annotate(opened=Subquery(own.values("alliance")[:1]))
    found = seen.filter(**lookup).order_by("-is_allowed").first()
    if found is None:
        raise Http404
    if not found.is_allowed:
        own = queryset.model.objects.filter(pk=found.pk)
        raise _refusal(user, Alliance.objects.filter(pk__in=own.values(path)), *permissions)
    if getattr(found, "opened", None):
        history.opens(found.opened)
    return found


def _refusal(
    user: User, alliances: QuerySet[Alliance], *permissions: Permission
) -> PermissionDenied:
    """Why somebody who may see the alliances is refused more."""
    if not roles_granting(*permissions, on_opening=True):
        return PermissionDenied()
    openable = alliances.filter(pk__in=alliances_for(user, Permission.OPEN_ALLIANCE))
    return NotOpened(openable) if openable.exists() else PermissionDenied()


def load_cluster(user: User, permission: Permission, **lookup) -> Cluster:
    """A cluster the person holds the permission over; anybody else gets 404."""
    return get_object_or_404(clusters_for(user, permission), **lookup)


def clusters_around(user: User, permission: Permission) -> QuerySet[Cluster]:
    """Clusters over which, or over an alliance of which, the person holds the permission."""
    members = alliances_for(user, permission).filter(cluster__isnull=False)
    return Cluster.objects.filter(
        Q(pk__in=clusters_for(user, permission)) | Q(pk__in=members.values("cluster"))
    )


def load_of_cluster(queryset: QuerySet, user: User, permission: Permission, **lookup):
    """One object of a cluster, by the model's ``of_cluster`` path, to whoever may, like ``load``.

    Those who may see no alliance of the cluster get 404, those who may but lack the permission 403.
    """
    path = queryset.model.of_cluster
    seen = queryset.filter(**{f"{path}__in": clusters_around(user, Permission.SEE_ALLIANCE)})
    allowed = clusters_around(user, permission).filter(pk=OuterRef(path))
    found = get_object_or_404(seen.annotate(is_allowed=Exists(allowed)), **lookup)
    if not found.is_allowed:
        own = queryset.model.objects.filter(pk=found.pk)
        raise _refusal(user, Alliance.objects.filter(cluster__in=own.values(path)), permission)
    return found


def load_programme(user: User, permission: Permission, **lookup) -> Programme:
    """A programme the person holds the permission over.

    Those who may not see it get 404, those who may but lack the permission 403.
    """
    programme = get_object_or_404(programmes_for(user, Permission.SEE_PROGRAMME), **lookup)
    if not programmes_for(user, permission).filter(pk=programme.pk).exists():
        raise PermissionDenied
    return programme


def permissions_in(user: User, programme: Programme) -> set[Permission]:
    """Everything the person may do in a whole programme; for deciding which links to show."""
    held = Assignment.objects.current().filter(programme=programme, user=user.pk)
    return {p for role in held.values_list("role", flat=True) for p in RULES[Role(role)].standing}


def load_assignment(
    user: User, permission: Permission, *, pk: int, or_own: bool = False
) -> tuple[Assignment, Alliance]:
    """A current role in an alliance, or in a school of it, with that alliance.

    Those who may not see the alliance get 404, those who lack the permission 403; with ``or_own``
    everybody may have their own.
    """
    current = Assignment.objects.current().select_related("user", "alliance", "school")
    assignment = get_object_or_404(current, pk=pk)
    own = or_own and assignment.user_id == user.pk
    return assignment, _load_where_held(
        assignment, user, Permission.SEE_ALLIANCE if own else permission
    )


def load_invitation(user: User, permission: Permission, *, pk: int) -> tuple[Invitation, Alliance]:
    """An open invitation to an alliance, or to a school of it, with that alliance.

    Those who may not see the alliance get 404, those who lack the permission 403.
    """
    invitations = Invitation.objects.open().select_related("alliance", "school")
    invitation = get_object_or_404(invitations, pk=pk)
    return invitation, _load_where_held(invitation, user, permission)


def supported(queryset: QuerySet, user: User) -> QuerySet:
    """The rows of the programmes that the person gives support in, and people without a role."""
    programmes = programmes_for(user, Permission.SUPPORT)
    here = _belonging(queryset.model, programmes)
    if queryset.model is User:
        here |= Q(Exists(programmes), assignments=None)
    return _each_once(queryset, here)


def of_programmes(queryset: QuerySet, programmes: QuerySet[Programme]) -> QuerySet:
    """The rows that belong to any of these programmes."""
    return _each_once(queryset, _belonging(queryset.model, programmes))


def _belonging(model: type[Model], programmes: QuerySet[Programme]) -> Q:
    """Of which programmes a row is, by its model's ``of_programme`` and ``within``."""
    paths = [*getattr(model, "of_programme", [])]
    if path := getattr(model, "within", ""):
        paths.append("programme" if path == "pk" else f"{path}__programme")
    return reduce(or_, (Q(**{f"{each}__in": programmes}) for each in paths))


def _each_once(queryset: QuerySet, where: Q) -> QuerySet:
    return queryset.filter(pk__in=queryset.model._base_manager.filter(where).values("pk"))


def load_supported(queryset: QuerySet, user: User, **lookup):
    """One of the rows that the person supports, anybody else gets 404. The look is put down."""
    found = get_object_or_404(supported(queryset, user), **lookup)
    own = found.pk if isinstance(found, Alliance) else getattr(found, "alliance_id", None)
    history.opens(own)
    return found


def mails_supported(user: User) -> QuerySet[Mail]:
    """E-mails to people and to those invited whom the person supports."""
    people, invited = supported(User.objects.all(), user), supported(Invitation.objects.all(), user)
    return Mail.objects.filter(Q(person__in=people) | Q(invitation__in=invited))


def load_supported_mail(user: User, **lookup) -> Mail:
    """An e-mail to somebody whom the person supports; anybody else gets 404."""
    return get_object_or_404(mails_supported(user), **lookup)


def load_supported_programme(user: User, **lookup) -> Programme:
    """A programme in which the person gives support; anybody else gets 404."""
    return get_object_or_404(programmes_for(user, Permission.SUPPORT), **lookup)


def stands(invitation: Invitation) -> bool:
    """Whether an invitation that hands over a role still can.

    It cannot once that role has ended, or its sender may hand over none there any more.
    """
    given, sender = invitation.replaces, invitation.invited_by
    if given is None:
        return True
    if not Assignment.objects.current().filter(pk=given.pk).exists():
        return False
    return sender is None or manages_people_of(sender, given)


def manages_people_of(person: User, held: Held) -> bool:
    """Whether somebody who is let in manages the people where a role is held, or to be held."""
    allowed = alliances_for(person, Permission.MANAGE_PEOPLE).filter(_where_held(held))
    return person.is_active and allowed.exists()


def _load_where_held(held: Held, user: User, permission: Permission) -> Alliance:
    """The alliance of a role that is held, or to be held, over it or one of its schools."""
    return load(Alliance.objects.filter(_where_held(held)), user, permission)


def _where_held(held: Held) -> Q:
    today = timezone.localdate()
    members = Membership.objects.on(today).filter(school__isnull=False, school=held.school_id)
    return Q(pk=held.alliance_id) | Q(pk__in=members.values("alliance"))


def may_bring_in(user: User, urn: int) -> bool:
    """Whether the person may record that a school joins an alliance.

    Who holds a role in a school holds it in every alliance of the school, and each of these manages
    its people. So one that is in an alliance joins another only through somebody who manages both.
    """
    held = Membership.objects.on(timezone.localdate()).filter(school__urn=urn)
    return not held.exclude(alliance__in=alliances_for(user, Permission.MANAGE_SCHOOLS)).exists()


def permissions_over(user: User, alliance: Alliance) -> set[Permission]:
    """Everything the person may do in one alliance; for deciding which links to show."""
    roles = _roles_of(user)
    rules = _rules_over(alliance, roles, _members(roles))
    opened = Opening.objects.current().filter(alliance=alliance, person=user.pk)
    is_open = any(rule.on_opening for rule in rules) and opened.exists()
    return {p for rule in rules for p in rule.allowed(is_open=is_open)}


def _covering(alliance: Alliance) -> Q:
    """Assignments whose scope holds the alliance."""
    today = timezone.localdate()
    schools = Membership.objects.on(today).filter(alliance=alliance).values("school")
    covering = Q(alliance=alliance) | Q(programme=alliance.programme_id) | Q(school__in=schools)
    if alliance.cluster_id:
        covering |= Q(cluster=alliance.cluster_id)
    return covering
