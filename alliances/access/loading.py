"""Loads what belongs to alliances, clusters and programmes, to whoever may have it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from alliances import history
from alliances.access.held import alliances_for, clusters_for, programmes_for
from alliances.models import (
    Alliance,
    Assignment,
    Cluster,
    Held,
    Invitation,
    Membership,
    Opening,
    Programme,
    User,
)
from alliances.roles import Permission, roles_granting


class NotOpened(PermissionDenied):
    """Refused to somebody who may open the work of these alliances, and has not."""

    def __init__(self, alliances: QuerySet[Alliance]):
        super().__init__()
        self.alliances = alliances


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
