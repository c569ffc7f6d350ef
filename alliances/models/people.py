from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, JSONField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Lower
from django.utils import timezone

from alliances.models.places import Alliance, School
from alliances.models.programme import Cluster, Programme
from alliances.privacy import Keep
from alliances.roles import RULES, Role, Scope

# From a role to its programme, by each scope that it may be held over.
PROGRAMME_OF_A_ROLE = (
    "programme",
    "cluster__programme",
    "alliance__programme",
    "school__memberships__alliance__programme",
)


class UserManager(BaseUserManager):
    @classmethod
    def normalize_email(cls, email):
        """In lower case throughout: that is how sign-in looks an address up."""
        return super().normalize_email(email).lower()

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def with_roles(self) -> models.QuerySet:
        """People with ``held_now``: of each role they hold its name and the key of its scope.

        The scopes a role is not held over are None.
        """
        told = JSONObject(role="role", **{scope: f"{scope}_id" for scope in Scope})
        held = Assignment.objects.current().filter(user=OuterRef("pk")).order_by().values("user")
        roles = Subquery(held.values(told=JSONBAgg(told)))
        nothing = Value([], JSONField())
        return self.annotate(held_now=Coalesce(roles, nothing, output_field=JSONField()))


class User(AbstractBaseUser):
    """A person; ``unwanted_mail`` holds the codes of e-mails, and parts of them, not wanted."""

    of_programme = tuple(f"assignments__{path}" for path in PROGRAMME_OF_A_ROLE)
    keeping = {
        Keep.PERSONAL: "email name joined_at last_login unwanted_mail",
        Keep.KEY: "password",
        Keep.PROGRAMME: "is_active",
    }

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    unwanted_mail = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    objects = UserManager()

    # Of whoever has come in, what they hold at that moment; see UserManager.with_roles.
    held_now: list[dict] | None = None

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="alliances_user_email")]

    def __str__(self):
        return self.name or self.email


class Held(models.Model):
    """A role over exactly one scope, the one its rule names."""

    of_programme = PROGRAMME_OF_A_ROLE
    role = models.CharField(max_length=20, choices=Role)
    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    alliance = models.ForeignKey(
        Alliance, models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    @property
    def scope(self):
        return getattr(self, RULES[Role(self.role)].scope)


def _right_scope() -> Q:
    """Each role with its own scope filled in and the other three empty."""
    scopes = ("programme", "cluster", "alliance", "school")
    condition = Q()
    for role, rule in RULES.items():
        filled = {f"{scope}__isnull": scope != rule.scope for scope in scopes}
        condition |= Q(role=role.value, **filled)
    return condition


def _lent_has_its_last_day() -> Q:
    """A role that is lent ends on a day; any other may go on."""
    lent = [role.value for role, rule in RULES.items() if rule.is_lent]
    return ~Q(role__in=lent) | Q(ends_on__isnull=False)


class AssignmentQuerySet(models.QuerySet):
    def current(self):
        today = timezone.localdate()
        unfinished = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
        return self.filter(unfinished, starts_on__lte=today)


class Assignment(Held):
    """A person in a role from a day until the day it ends. Ended, it stays on record."""

    within = "alliance"
    keeping = {
        Keep.PERSONAL: "user",
        Keep.ALLIANCE: "role programme cluster alliance school starts_on ends_on",
    }

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=_right_scope(), name="alliances_assignment_scope"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="alliances_assignment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=_lent_has_its_last_day(), name="alliances_assignment_lent_ends"
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"


class NamedLead(models.Model):
    """Who is to lead an alliance and has not been invited yet; the row goes with the invitation."""

    within = "alliance"
    keeping = {Keep.PERSONAL: "name email", Keep.ALLIANCE: "alliance"}

    alliance = models.OneToOneField(Alliance, models.CASCADE, related_name="named_lead")
    name = models.CharField(max_length=150)
    email = models.EmailField()

    def __str__(self):
        return f"{self.name}, named for {self.alliance}"


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those neither accepted nor withdrawn, even where their time has passed."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(Held):
    """A place kept for somebody who has not signed up yet; its token is the key to it.

    ``replaces`` is the role that it hands over, ``ends_on`` the last day of one that it lends. A
    command withdraws in nobody's name.
    ``name`` is what they were called by whoever invited them; often nobody has said.
    """

    within = "alliance"
    keeping = {
        Keep.PERSONAL: "email name invited_by accepted_by withdrawn_by",
        Keep.KEY: "token",
        Keep.ALLIANCE: "role programme cluster alliance school sent_at expires_at accepted_at "
        "withdrawn_at replaces ends_on",
    }

    email = models.EmailField()
    name = models.CharField(max_length=150, blank=True, default="", db_default="")
    token = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="invitations_sent"
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    replaces = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="handed_over_by"
    )
    ends_on = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="invitations_withdrawn"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_right_scope(), name="alliances_invitation_scope"),
            models.CheckConstraint(
                condition=_lent_has_its_last_day(), name="alliances_invitation_lent_ends"
            ),
            models.UniqueConstraint(
                fields=["email", "role", "programme", "cluster", "alliance", "school"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="alliances_invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_by__isnull=True),
                name="alliances_invitation_withdrawn_with_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="alliances_invitation_accepted_pair",
            ),
        ]

    def __str__(self):
        return f"{self.email}, {self.get_role_display()}"

    @property
    def is_open(self) -> bool:
        """As of ``InvitationQuerySet.open``."""
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def has_run_out(self) -> bool:
        return self.expires_at <= timezone.now()


class AuditRecord(models.Model):
    """Who did what to what, and when. Written by audit.py, never changed.

    ``transaction`` joins it to the changes of rows that it consisted of; before there was a history
    of rows it is empty. ``alliance`` is the one its subject belongs to, None where it is of no
    single one; the alliance may be gone: no key of it is checked.
    """

    is_its_own_history = True
    keeping = {
        Keep.PERSONAL: "by detail",
        Keep.ALLIANCE: "at act subject_type subject_id transaction alliance",
    }

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="acts")
    act = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    detail = models.JSONField(default=dict, blank=True)
    transaction = models.CharField(
        max_length=60, db_default=Func(function="history_transaction"), editable=False
    )
    alliance = models.ForeignKey(
        Alliance,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="acts",
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="alliances_audit_of"),
            models.Index(fields=["transaction"], name="alliances_audit_together"),
            models.Index(fields=["alliance", "at"], name="alliances_audit_in"),
            models.Index(fields=["at", "id"], name="alliances_audit_latest"),
        ]

    def __str__(self):
        return f"{self.act} {self.subject_type} {self.subject_id}"
