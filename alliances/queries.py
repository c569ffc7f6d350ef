"""Reads people, invitations and e-mails."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from alliances.models import Alliance, Assignment, Invitation, Mail, Membership, Programme, User
from alliances.roles import Role


def open_invitation(token: str, for_person=None) -> Invitation | None:
    """The invitation a token opens, or None.

    None where it is spent, its time has passed, or ``for_person`` is not the one invited.
    """
    if not token:
        return None
    waiting = _waiting().filter(token=token)
    if for_person and for_person.is_authenticated:
        waiting = waiting.filter(email__iexact=for_person.email)
    return waiting.first()


def has_account(email: str) -> bool:
    """Whether somebody has signed up under the address, however it is spelt."""
    return User.objects.filter(email__iexact=email).exists()


def _waiting() -> QuerySet[Invitation]:
    return Invitation.objects.open().filter(expires_at__gt=timezone.now())


def _in(alliance: Alliance) -> Q:
    """Held over the alliance itself or over one of its schools."""
    return Q(alliance=alliance) | Q(school__in=alliance.schools_now())


def people_of(alliance: Alliance) -> list[Assignment]:
    """Current roles in an alliance and its schools, by the person's name."""
    held = Assignment.objects.current().filter(_in(alliance))
    return list(held.select_related("user", "alliance", "school").order_by("user__name", "pk"))


def open_invitations(alliance: Alliance) -> list[Invitation]:
    """Invitations to an alliance and its schools that nobody has accepted yet.

    ``last_mails`` says first what became of the last e-mail about each.
    """
    mails = Prefetch("mails", Mail.objects.order_by("-pk"), "last_mails")
    found = Invitation.objects.open().filter(_in(alliance)).select_related("alliance", "school")
    return list(found.prefetch_related(mails))


def reachable() -> QuerySet[User]:
    """People who may be written to: let in, under an address that is theirs, in a role now."""
    verified = EmailAddress.objects.filter(
        user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True
    )
    held = Assignment.objects.current().filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(verified), Exists(held), is_active=True)


def mails_of(programme: Programme) -> QuerySet[Mail]:
    """E-mails to people who have or had a role in a programme or are invited to one."""
    schools = Membership.objects.filter(alliance__programme=programme).values("school")
    in_programme = (
        Q(programme=programme)
        | Q(cluster__programme=programme)
        | Q(alliance__programme=programme)
        | Q(school__in=schools)
    )
    people = Assignment.objects.filter(in_programme).values("user")
    invited = Invitation.objects.filter(in_programme).values("pk")
    return Mail.objects.filter(Q(person__in=people) | Q(invitation__in=invited)).select_related(
        "person"
    )


def supporters_of(alliance: Alliance) -> list[Assignment]:
    """Current roles over the alliance's cluster, by the person's name."""
    if alliance.cluster_id is None:
        return []
    held = Assignment.objects.current().filter(cluster=alliance.cluster_id)
    return list(held.select_related("user", "cluster").order_by("user__name", "pk"))


def is_only_lead(assignment: Assignment) -> bool:
    """Whether an alliance would be without a project lead if this role ended."""
    if assignment.role != Role.PROJECT_LEAD:
        return False
    leads = Assignment.objects.current().filter(
        role=Role.PROJECT_LEAD, alliance=assignment.alliance, user__is_active=True
    )
    return not leads.exclude(pk=assignment.pk).exists()
