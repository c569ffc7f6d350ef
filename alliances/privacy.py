"""How closely each stored field is to be kept; a test finds the field nobody has classed."""

from enum import StrEnum


class Keep(StrEnum):
    """Who may come to read a field, from everybody to almost nobody."""

    PUBLIC = "public"
    PROGRAMME = "programme"
    CLUSTER = "cluster"
    ALLIANCE = "alliance"
    PERSONAL = "personal"
    JUDGEMENT = "private judgement"
    KEY = "key"
