"""What support staff and a programme's keepers reach: rows by the programme they belong to."""

from functools import reduce
from operator import or_

from django.db.models import Exists, Model, Q, QuerySet
from django.shortcuts import get_object_or_404

from alliances import history
from alliances.access.held import programmes_for
from alliances.models import Alliance, Invitation, Mail, Programme, User
from alliances.roles import Permission


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
