"""Writes what the two files say, all or nothing. The same file twice changes nothing."""

from impact.actions.importing.enquiries import import_enquiries
from impact.actions.importing.programme import import_programme
from impact.actions.importing.progress import Imported

__all__ = ["Imported", "import_enquiries", "import_programme"]
