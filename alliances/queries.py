"""Reads people, invitations and e-mails."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from alliances import access
from alliances.models import (
    Alliance,
    Assignment,
    AuditRecord,
    Invitation,
    Mail,
    Membership,
    Opening,
    Programme,
    RegisterChange,
    Token,
    User,
)
from alliances.models.tokens import digest_of
from alliances.roles import Role


def open_invitation(token: str, for_person=None) -> Invitation | None:
    """The invitation a token opens, or None.

    None where it is spent, its time has passed, it hands over what cannot be handed over any more,
    or ``for_person`` is not the one invited.
    """
    if not token:
        return None
    waiting = _waiting().filter(token=token)
    if for_person and for_person.is_authenticated:
        waiting = waiting.filter(email__iexact=for_person.email)
    found = waiting.first()
    return found if found and access.stands(found) else None


def invitation_of(emails: list[str], *, token: str) -> Invitation | None:
    """An open invitation to one of the addresses: the token's, else the one sent last."""
    theirs = _waiting().filter(email__in=[User.objects.normalize_email(each) for each in emails])
    return theirs.filter(token=token).first() or theirs.order_by("-sent_at", "-pk").first()


def has_account(email: str) -> bool:
    """Whether somebody has signed up under the address, however it is spelt."""
    return User.objects.filter(email__iexact=email).exists()


def is_verified(user: User, email: str) -> bool:
    """Whether the person has shown that the address is theirs."""
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()


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


def without_lead(programme: Programme) -> QuerySet[Alliance]:
    """Alliances of a programme that nobody leads now."""
    leads = Assignment.objects.current().filter(
        alliance=OuterRef("pk"), role=Role.PROJECT_LEAD, user__is_active=True
    )
    return programme.alliances.filter(~Exists(leads))


def mails_of(programme: Programme) -> QuerySet[Mail]:
    """E-mails to people who have or had a role in a programme or are invited to one."""
    people = touching(Assignment, programme).values("user")
    invited = touching(Invitation, programme).values("pk")
    return Mail.objects.filter(Q(person__in=people) | Q(invitation__in=invited)).select_related(
        "person"
    )


def touching(model: type[Model], programme: Programme) -> QuerySet:
    """Rows that belong to a programme by one of their model's paths ``of_programme``.

    For a condition: a row that several paths lead to comes several times.
    """
    return model._base_manager.filter(
        Q(*((path, programme.pk) for path in model.of_programme), _connector=Q.OR)
    )


def openings_of(alliance: Alliance) -> QuerySet[Opening]:
    """Who of the national team opened the alliance's work, the latest first."""
    return alliance.openings.select_related("person")


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


def led_alone(person: User) -> list[Alliance]:
    """Alliances that would be without a project lead if the person left."""
    leads = Assignment.objects.current().filter(role=Role.PROJECT_LEAD)
    others = leads.exclude(user=person).filter(user__is_active=True)
    led = Alliance.objects.filter(pk__in=leads.filter(user=person).values("alliance"))
    return list(led.exclude(pk__in=others.values("alliance")).order_by("name"))


def register_changes_of(programme: Programme) -> QuerySet[RegisterChange]:
    """What the register said of schools of a programme, the latest first.

    ``school.here`` are its memberships in the programme's alliances.
    """
    here = Membership.objects.filter(alliance__programme=programme).select_related("alliance")
    return (
        RegisterChange.objects.filter(school__in=here.values("school"))
        .select_related("school", "reading")
        .prefetch_related(Prefetch("school__memberships", queryset=here, to_attr="here"))
        .order_by("-pk")
    )


def tokens_of(person: User) -> QuerySet[Token]:
    """The person's tokens, the latest first; ``is_current`` of those that still open something."""
    current = Token.objects.current().filter(pk=OuterRef("pk"))
    return person.tokens.annotate(is_current=Exists(current))


def token_behind(secret: str) -> Token | None:
    """The current token whose secret this is."""
    return Token.objects.current().filter(digest=digest_of(secret)).first()


def last_act(act: str, subject: Model, user: User) -> AuditRecord | None:
    """The last act of that name that a person did to something, if any."""
    acts = AuditRecord.objects.filter(
        act=act, by=user, subject_type=subject._meta.label_lower, subject_id=subject.pk
    )
    return acts.order_by("-pk").first()


def was_all_of_it(act: AuditRecord) -> bool:
    """Whether nothing else was done together with an act."""
    return AuditRecord.objects.filter(transaction=act.transaction).count() == 1


def people_to_write_to(
    alliances: QuerySet[Alliance], kind: Mail.Kind, *, everybody: bool
) -> dict[User, Alliance]:
    """Leads of alliances, or everybody with a role in them or their schools, each once, by name.

    With the alliance they are written to for; without those who do not want such e-mails. In one
    query, for everybody in three.
    """
    wanting = reachable().exclude(unwanted_mail__contains=[kind])
    held = Assignment.objects.current().filter(user__in=wanting).select_related("user", "alliance")
    of_alliance = held.filter(alliance__in=alliances)
    if not everybody:
        of_alliance = of_alliance.filter(role=Role.PROJECT_LEAD)
    found = {each.user: each.alliance for each in of_alliance}
    if everybody:
        today = timezone.localdate()
        members = Membership.objects.on(today).filter(alliance__in=alliances)
        here = Prefetch("school__memberships", members.select_related("alliance"), "members_here")
        of_school = held.filter(school__in=members.values("school")).prefetch_related(here)
        for each in of_school.select_related("school"):
            found.setdefault(each.user, each.school.members_here[0].alliance)
    return dict(sorted(found.items(), key=lambda pair: (pair[0].name, pair[0].pk)))
