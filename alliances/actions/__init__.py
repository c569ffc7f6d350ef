"""The only code of this app that writes."""

from alliances.actions.people import (
    AlreadyHeld,
    InvitationSpent,
    accept_invitation,
    assign,
    change_role,
    end_assignment,
    hand_over,
    invite,
    register_person,
    welcome,
)
from alliances.actions.places import (
    also_known_as,
    describe_alliance,
    found_alliance,
    join_school,
    leave_school,
    list_alliance,
    record_cluster,
    record_designation,
    record_outline,
    record_programme,
)

__all__ = [
    "AlreadyHeld",
    "InvitationSpent",
    "accept_invitation",
    "also_known_as",
    "assign",
    "change_role",
    "describe_alliance",
    "end_assignment",
    "found_alliance",
    "hand_over",
    "invite",
    "join_school",
    "leave_school",
    "list_alliance",
    "record_cluster",
    "record_designation",
    "record_outline",
    "record_programme",
    "register_person",
    "welcome",
]
