"""How closely each stored field is to be kept; a test finds the field nobody has classed."""

from enum import StrEnum


class Keep(StrEnum):
    """Who may come to read a field, from everybody to almost nobody.

    What the law calls special is kept of pupils alone, under codes: in which groups one is, such as
    pupils with special educational needs. A group's figures are no person's.
    """

    PUBLIC = "public"
    PROGRAMME = "programme"
    CLUSTER = "cluster"
    ALLIANCE = "alliance"
    PERSONAL = "personal"
    JUDGEMENT = "private judgement"
    SPECIAL = "special"
    KEY = "key"
