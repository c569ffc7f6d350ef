"""Whoever has come in, with what they hold: one query tells both."""

from allauth.account.auth_backends import AuthenticationBackend

from alliances.models import User


class WithRoles(AuthenticationBackend):
    """Signs in as the library does; of each request's person it knows the roles from the start.

    They are those of the moment at which the request came in. Actions that have to know what holds
    when they are done read the person anew.
    """

    def get_user(self, user_id):
        person = User.objects.with_roles().filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
