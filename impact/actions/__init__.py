"""The only code of this app that writes; its forms are saved by the actions of all forms."""

from impact.actions.claims import NotToBeSigned, sign_off
from impact.actions.importing import Imported, import_enquiries, import_programme
from impact.actions.matched import (
    begin_matched,
    delete_matched,
    delete_run_out,
    extend_matched,
)
from impact.actions.uploads import (
    KEPT_FOR,
    clear_uploads,
    confirm_upload,
    drop_upload,
    send_upload,
    sweep_uploads,
    take_up,
)

__all__ = [
    "KEPT_FOR",
    "Imported",
    "NotToBeSigned",
    "begin_matched",
    "clear_uploads",
    "confirm_upload",
    "delete_matched",
    "delete_run_out",
    "drop_upload",
    "extend_matched",
    "import_enquiries",
    "import_programme",
    "send_upload",
    "sign_off",
    "sweep_uploads",
    "take_up",
]
