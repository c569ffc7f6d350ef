"""Puts what is held on a person into one file for them."""

import io
import json
import zipfile

from django.db import transaction
from django.template.loader import render_to_string

from alliances import audit
from alliances.held import held_on, kind_of
from alliances.models import User


@transaction.atomic
def export_person(*, person: User, by: User | None) -> bytes:
    """A ZIP with the same twice: as JSON for programs, as a page to read; ``by`` None a command."""
    held = held_on(person)
    told = {kind_of(name): rows for name, rows in held.items()}
    page = render_to_string("alliances/held_file.html", {"person": person, "held": told})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("what-we-hold.json", json.dumps(held, indent=1, ensure_ascii=False))
        archive.writestr("what-we-hold.html", page)
    audit.record("exported", person, by=by)
    return file.getvalue()
