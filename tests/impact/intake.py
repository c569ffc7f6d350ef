"""Spreadsheets of alliances, and a register that knows their schools."""

from alliances.models import RegisteredSchool
from impact.actions import confirm_upload, send_upload, take_up
from impact.intake.layout import HEADINGS
from impact.models import Upload
from tests.impact.sheets import csv_file

HEAD = list(HEADINGS.values())


def registered(*names: str, first: int = 300001, is_open: bool = True) -> list[int]:
    """Schools of the register by name, numbered upwards; their URNs."""
    schools = [
        RegisteredSchool(urn=urn, name=name, phase="Primary", is_open=is_open, searched=name)
        for urn, name in enumerate(names, first)
    ]
    RegisteredSchool.objects.bulk_create(schools)
    return [school.urn for school in schools]


def row(name: str, **cells) -> list:
    """A row of an alliance: cells by the last part of their code, such as ``school``."""
    codes = ["school", "cohort", "theme", "region", "cluster", "person", "email", "partners"]
    return [name, *(cells.get(code, "") for code in codes)]


def read_in(world, *rows, head=HEAD) -> Upload:
    """A file of Owen's, read by a worker."""
    upload = send_upload(
        programme=world.programme,
        kind=Upload.Kind.ALLIANCES,
        name="alliances.csv",
        content=csv_file(head, *rows),
        by=world.person("owen"),
    )
    take_up(upload.pk)
    upload.refresh_from_db()
    return upload


def brought_in(world, *rows, invites: bool = False) -> Upload:
    """The same, confirmed and saved."""
    upload = read_in(world, *rows)
    confirm_upload(upload=upload, by=world.person("owen"), invites=invites)
    take_up(upload.pk)
    upload.refresh_from_db()
    return upload
