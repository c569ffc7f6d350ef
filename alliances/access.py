"""The only place that decides who may see or do what. To load an object is to be allowed to."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from alliances.models import (
    Alliance,
    Assignment,
    Cluster,
    Held,
    Invitation,
    Membership,
    Programme,
    User,
)
from alliances.roles import RULES, Permission, Role, roles_granting


def _held(user: User, permission: Permission) -> QuerySet[Assignment]:
    """The person's current assignments in a role that grants the permission."""
    return Assignment.objects.current().filter(user=user.pk, role__in=roles_granting(permission))


def alliances_for(user: User, permission: Permission) -> QuerySet[Alliance]:
    """Alliances over which the person holds the permission, by whichever scope."""
    held = _held(user, permission)
    in_school = Membership.objects.on(timezone.localdate()).filter(
        school__in=held.filter(school__isnull=False).values("school")
    )
    return Alliance.objects.filter(
        Q(pk__in=held.values("alliance"))
        | Q(cluster__in=held.values("cluster"))
        | Q(programme__in=held.values("programme"))
        | Q(pk__in=in_school.values("alliance"))
    )


def people_over(alliance: Alliance, permission: Permission) -> QuerySet[User]:
    """People who hold the permission over one alliance, by name; nobody who is suspended."""
    held = Assignment.objects.current().filter(
        _covering(alliance), role__in=roles_granting(permission)
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


def clusters_for(user: User, permission: Permission) -> QuerySet[Cluster]:
    """Clusters over which the person holds the permission."""
    held = _held(user, permission)
    return Cluster.objects.filter(
        Q(pk__in=held.values("cluster")) | Q(programme__in=held.values("programme"))
    )


def programmes_for(user: User, permission: Permission) -> QuerySet[Programme]:
    """Programmes over which the person holds the permission."""
    return Programme.objects.filter(pk__in=_held(user, permission).values("programme"))


def programmes_taken_part_in(user: User) -> QuerySet[Programme]:
    """Programmes on whose findings the person has a say, by their part in one of the alliances."""
    alliances = alliances_for(user, Permission.AFFIRM_FINDINGS)
    return Programme.objects.filter(pk__in=alliances.values("programme"))


def within(queryset: QuerySet, user: User, permission: Permission) -> QuerySet:
    """The rows whose alliance, by the model's ``within`` path, grants the permission."""
    path = queryset.model.within
    return queryset.filter(**{f"{path}__in": alliances_for(user, permission)})


def published_to(queryset: QuerySet, user: User) -> QuerySet:
    """The rows of every alliance in a programme in which the person reads an enquiry.

    For what the programme publishes of them; nothing else of these rows may be shown.
    """
    own = alliances_for(user, Permission.READ_ENQUIRY)
    return queryset.filter(**{f"{queryset.model.within}__programme__in": own.values("programme")})


def load(queryset: QuerySet, user: User, permission: Permission, **lookup):
    """One object of an alliance, to whoever holds the permission there.

    Those who may not see its alliance get 404, those who may but lack the permission 403.
    """
    allowed = alliances_for(user, permission).filter(pk=OuterRef(queryset.model.within))
    seen = within(queryset, user, Permission.SEE_ALLIANCE).annotate(is_allowed=Exists(allowed))
    found = seen.filter(**lookup).order_by("-is_allowed").first()
    if found is None:
        raise Http404
    if not found.is_allowed:
        raise PermissionDenied
    return found


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
        raise PermissionDenied
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
    return {
        p for role in held.values_list("role", flat=True) for p in RULES[Role(role)].permissions
    }


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


def _load_where_held(held: Held, user: User, permission: Permission) -> Alliance:
    """The alliance of a role that is held, or to be held, over it or one of its schools."""
    today = timezone.localdate()
    members = Membership.objects.on(today).filter(school__isnull=False, school=held.school)
    where = Q(pk=held.alliance_id) | Q(pk__in=members.values("alliance"))
    return load(Alliance.objects.filter(where), user, permission)


def may_bring_in(user: User, urn: int) -> bool:
    """Whether the person may record that a school joins an alliance.

    Who holds a role in a school holds it in every alliance of the school, and each of these manages
    its people. So one that is in an alliance joins another only through somebody who manages both.
    """
    held = Membership.objects.on(timezone.localdate()).filter(school__urn=urn)
    return not held.exclude(alliance__in=alliances_for(user, Permission.MANAGE_SCHOOLS)).exists()


def permissions_over(user: User, alliance: Alliance) -> set[Permission]:
    """Everything the person may do in one alliance; for deciding which links to show."""
    held = Assignment.objects.current().filter(_covering(alliance), user=user.pk)
    return {
        p for role in held.values_list("role", flat=True) for p in RULES[Role(role)].permissions
    }


def _covering(alliance: Alliance) -> Q:
    """Assignments whose scope holds the alliance."""
    today = timezone.localdate()
    schools = Membership.objects.on(today).filter(alliance=alliance).values("school")
    covering = Q(alliance=alliance) | Q(programme=alliance.programme_id) | Q(school__in=schools)
    if alliance.cluster_id:
        covering |= Q(cluster=alliance.cluster_id)
    return covering
