"""The only code of this app that writes."""

from impact.actions.importing import Imported, import_enquiries, import_programme
from impact.actions.measures import add_measure, add_reading

__all__ = ["Imported", "add_measure", "add_reading", "import_enquiries", "import_programme"]
