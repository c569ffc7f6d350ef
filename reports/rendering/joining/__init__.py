"""Parts that were printed by themselves become one document that can be read aloud."""

from reports.rendering.joining.assembly import Part, join
from reports.rendering.joining.contents import settled
from reports.rendering.joining.edges import Running
from reports.rendering.joining.structure import NotJoinable

__all__ = ["NotJoinable", "Part", "Running", "join", "settled"]
