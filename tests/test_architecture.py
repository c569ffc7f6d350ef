"""What holds the structure: where things are written, which way keys point, how fields are kept."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template import engines

from alliances.privacy import Keep
from config.sharing import BASE

# From the one that knows nothing of the others up.
APPS = ["alliances", "enquiries", "impact", "reports"]
MODELS = [model for name in APPS for model in apps.get_app_config(name).get_models()]
CODE = [path for name in APPS for path in sorted((BASE / name).rglob("*.py"))]
TEMPLATES = sorted((BASE / "templates").rglob("*.*"))


def short(path: Path) -> str:
    return str(path.relative_to(BASE))


def is_named():
    """An id for each case: models by name, files by path."""
    return {"ids": lambda case: short(case) if isinstance(case, Path) else case.__name__}


# Only actions write

WRITES = {
    "abulk_create",
    "abulk_update",
    "acreate",
    "adelete",
    "aget_or_create",
    "asave",
    "aupdate",
    "aupdate_or_create",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "execute",
    "get_or_create",
    "save",
    "update",
    "update_or_create",
}
WRITERS = re.compile(r"\w+/(actions(/.+)?|audit|history/(__init__|operations)|migrations/\w+)\.py")


def written_in(source: str) -> list[str]:
    """Every call in the code that stores something, as its code."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if _stores(call)]


def _stores(call: ast.Call) -> bool:
    """What is given by position is no row: a dictionary brought up to date, a picture's file."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    return call.func.attr not in {"save", "update"} or not call.args


def test_only_actions_write():
    written = {
        short(path): written_in(path.read_text()) for path in CODE if not WRITERS.match(short(path))
    }

    assert {path: calls for path, calls in written.items() if calls} == {}


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("enquiry.save()", True),
        ("form.save(commit=False)", True),
        ("Enquiry.objects.filter(pk=1).update(title='x')", True),
        ("programme.events.all().delete()", True),
        ("Event.objects.bulk_create(rows)", True),
        ("cursor.execute('DELETE FROM enquiries_enquiry')", True),
        ("row.update({'title': 'x'})", False),
        ("digest.update(b'x')", False),
        ("picture.save(file, 'PNG')", False),
        ("seen.add(1)", False),
    ],
)
def test_what_counts_as_writing(source, seen):
    assert written_in(source) == ([source] if seen else [])


# Models

OWN_FIELDS = [
    field
    for model in MODELS
    if not model._meta.proxy
    for field in model._meta.concrete_fields
    if not field.auto_created and field.name not in {"password", "last_login"}  # Django's own
]


def test_no_key_points_up():
    """An app may be taken away with those above it, and what is below stays whole."""
    keys = {
        f"{model._meta.label}.{field.name}": (
            APPS.index(model._meta.app_label),
            APPS.index(field.related_model._meta.app_label),
        )
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.related_model
    }

    assert [key for key, (own, other) in keys.items() if other > own] == []


def test_rows_are_tied_by_keys_alone():
    """No many-to-many field: it would hide a table, and writes that nothing here looks for."""
    assert [model._meta.label for model in MODELS if model._meta.many_to_many] == []


def meant(model) -> set[str]:
    """The names of the rules that a model's bases lay down, and whether they put it in order."""
    names = {"app_label": model._meta.app_label, "class": model._meta.model_name}
    bases = [base._meta for base in model.__mro__[1:] if hasattr(base, "_meta")]
    rules = {rule.name % names for base in bases for rule in base.constraints}
    return rules | {"in order" for base in bases if base.ordering}


@pytest.mark.parametrize("model", [m for m in MODELS if not m._meta.proxy], **is_named())
def test_model_keeps_the_order_and_the_rules_of_all_its_bases(model):
    """Django takes the Meta of the first base alone."""
    kept = {rule.name for rule in model._meta.constraints}

    assert meant(model) - kept - ({"in order"} if model._meta.ordering else set()) == set()


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", MODELS, **is_named())
def test_every_field_is_classed_once(model):
    classed = [name for names in model.keeping.values() for name in names.split()]
    automatic = [model._meta.pk.name] if model._meta.pk.auto_created else []

    assert sorted(classed + automatic) == sorted(f.name for f in model._meta.concrete_fields)


@pytest.mark.parametrize("model", MODELS, **is_named())
def test_people_are_classed_as_personal(model):
    to_people = {
        field.name
        for field in model._meta.concrete_fields
        if field.related_model is not None and field.related_model.__name__ == "User"
    }

    assert to_people <= set(model.keeping.get(Keep.PERSONAL, "").split())


@pytest.mark.parametrize("model", MODELS, **is_named())
def test_path_to_the_alliance_ends_at_one(model):
    path = getattr(model, "within", None)
    if path in (None, "pk"):
        return
    end = model
    for step in path.split("__"):
        end = end._meta.get_field(step).related_model

    assert end._meta.label == "alliances.Alliance"


# Printed entries stand in a document and were logged by nobody; the moment is their import's. The
# summary that each cluster gets when a term has ended was asked for by nobody.
UNPAIRED = {"logged_at", "saved_at", "asked_at"}


def pairs():
    """A moment and the person who acted then, where one of the two may be missing."""
    for model in MODELS:
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name, moment in fields.items():
            person = fields.get(name.removesuffix("_at") + "_by") if name.endswith("_at") else None
            if person and name not in UNPAIRED and (person.null or moment.null):
                yield model, name, person.name


def test_a_moment_and_its_person_are_filled_together():
    unchecked = [
        (model._meta.label, at, by)
        for model, at, by in pairs()
        if not any(
            getattr(rule, "condition", None) and rule.condition.referenced_base_fields == {at, by}
            for rule in model._meta.constraints
        )
    ]

    assert unchecked == []
    assert {(model.__name__, at) for model, at, _ in pairs()} == {
        ("Evidence", "removed_at"),
        ("HelpRequest", "answered_at"),
        ("Invitation", "accepted_at"),
        ("Judgement", "agreed_at"),
        ("Thread", "resolved_at"),
        ("Invitation", "withdrawn_at"),
        ("Meeting", "closed_at"),
        ("Publication", "withdrawn_at"),
    }


def test_words_about_a_field_are_in_content_not_in_the_model():
    worded = [
        str(field)
        for field in OWN_FIELDS
        if (field.verbose_name, field.help_text) != (field.name.replace("_", " "), "")
    ]

    assert worded == []


def test_what_may_be_absent_may_be_empty_when_checked():
    """Actions call full_clean, which refuses an empty value of a field that is not blank."""
    may_be_absent = [field for field in OWN_FIELDS if field.null or field.default in (list, dict)]

    assert [str(field) for field in may_be_absent if not field.blank] == []


# Templates and files

HANDLER_OR_STYLE = re.compile(r"""<[a-z][^>]*\s(on\w+|style)\s*=|<style\b|javascript:""")


@pytest.mark.parametrize("path", TEMPLATES, **is_named())
def test_template_compiles_and_leaves_style_and_script_to_files(path):
    source = path.read_text()

    engines["django"].from_string(source)

    assert HANDLER_OR_STYLE.findall(source) == []


@pytest.mark.parametrize(
    "source", ['<p class="a" style="x">', "<a onclick=go()>", "<style>", '<a href="javascript:1">']
)
def test_inline_style_or_script_would_be_seen(source):
    assert HANDLER_OR_STYLE.search(source)


LONGEST = 400
WRITTEN_BY_HAND = {".py", ".html", ".svg", ".txt", ".css", ".js", ".toml", ".md", ".yml"}


def test_no_file_is_too_long_to_read_at_once():
    folders = [BASE / name for name in (*APPS, "config", "templates", "static", "docs")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    ours = [
        path
        for path in (*files, *BASE.glob("*.*"), BASE / "run")
        if (path.suffix in WRITTEN_BY_HAND or path.name == "run")
        and not {"vendor", "migrations"} & set(path.parts)
    ]

    lengths = {short(path): len(path.read_text().splitlines()) for path in ours}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}
    assert "alliances/access/loading.py" in lengths
