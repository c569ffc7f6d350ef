"""Real enquiries in and out again, equal to the last number and word."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from alliances.models import Change
from enquiries.actions import describe_enquiry, open_enquiry, start_cycle
from enquiries.models import (
    Challenge,
    Dissemination,
    Enquiry,
    LeadershipEntry,
    NextStep,
    Quotation,
)
from impact.actions import import_enquiries, import_programme
from impact.exchange.exporting import enquiry_document
from impact.exchange.faults import Faulty, read
from impact.exchange.schema import EnquiryDoc
from tests import world as cast
from tests.impact.conftest import FILES, file_of
from tests.measuring import add_measure, add_reading
from tests.world import log


def plain(name):
    return json.loads(file_of(name).read_text("utf-8"))


def typed(value):
    """The value with the type of every number, which 1 == 1.0 == True would hide."""
    if isinstance(value, dict):
        return {key: typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [typed(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int, int(value)
    return type(value), value


def told(programme, *names):
    return import_enquiries(cast.enquiry_docs(*names), programme=programme, by=None)


def refused(programme, docs):
    with pytest.raises(Faulty) as caught:
        import_enquiries(docs, programme=programme, by=None)
    return list(map(str, caught.value.faults))


# All eight


def test_all_eight_come_back_equal(programme):
    done = told(programme, *FILES.values())

    assert (done.made, done.unchanged) == (8, 0)
    for key, name in FILES.items():
        enquiry = Enquiry.objects.get(alliance__key=key)
        assert typed(enquiry_document(enquiry)) == typed(plain(name))
        assert typed(enquiry_document(enquiry, printed_only=True)) == typed(plain(name))


def test_all_eight_come_back_equal_through_the_commands(programme, tmp_path, capsys):
    call_command("import_enquiries", *map(file_of, FILES.values()))
    call_command("export_enquiries", out=tmp_path / "new" / "folder")

    written = {
        file.name.rsplit("-", 1)[0]: json.loads(file.read_text("utf-8"))
        for file in (tmp_path / "new" / "folder").iterdir()
    }
    assert typed(written) == typed({key: plain(name) for key, name in FILES.items()})
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "8 enquiries made, 0 known already.",
        f"8 enquiries written to {tmp_path / 'new' / 'folder'}.",
    ]
    assert (
        said.err.splitlines()[0]
        == "1 of 8: Academies Enterprise Trust National Teaching School Alliance"
    )


def test_a_second_import_changes_nothing(programme, rows):
    told(programme, *FILES.values())
    before, documents = rows(), [enquiry_document(e) for e in Enquiry.objects.all()]

    done = told(programme, *FILES.values())
    again = import_programme(cast.programme_doc(*FILES), by=None)

    assert (done.made, done.unchanged, again.made, again.unchanged) == (0, 8, 0, 8)
    assert rows() == before
    assert [enquiry_document(e) for e in Enquiry.objects.all()] == documents


def test_a_second_import_of_the_programme_keeps_the_order_of_claims(programme):
    told(programme, "camden-primary")
    claims = Enquiry.objects.get(alliance__key="camden").claims
    before = list(claims.values_list("pk", "position", "origin", "statement"))

    import_programme(cast.programme_doc(*FILES), by=None)

    assert list(claims.values_list("pk", "position", "origin", "statement")) == before
    assert {origin for _, _, origin, _ in before} == {"alliance", "programme"}


def test_the_programme_changes_what_its_reports_say(programme):
    doc = cast.programme_doc("camden")
    listed = doc.alliances[0]
    claims = Enquiry.objects.get(alliance__key="camden").claims
    assert claims.count() == len(listed.reported_impact) > 0

    changed = listed.model_copy(update={"reported_impact": [], "lessons": []})
    import_programme(doc.model_copy(update={"alliances": [changed]}), by=None)

    assert claims.count() == 0


def test_an_exported_file_is_known_again(programme, tmp_path, rows):
    told(programme, *FILES.values())
    call_command("export_enquiries", out=tmp_path)
    before = rows()

    call_command("import_enquiries", *tmp_path.iterdir())

    assert rows() == before


@pytest.mark.parametrize("name", ["fairfields", "george-abbot"])
def test_a_distribution_that_names_no_code_is_the_same(programme, name):
    document = plain(name)
    for measure in document["measures"]:
        measure.setdefault("distribution", None)

    told(programme, name)
    done = import_enquiries(
        {name: read(json.dumps(document).encode(), EnquiryDoc)}, programme=programme, by=None
    )

    assert done.unchanged == 1


# After somebody has logged something


def log_everything(enquiry, by):
    log(LeadershipEntry, enquiry=enquiry, by=by, behaviour="Humility", reflection="Listen.")
    log(Challenge, enquiry=enquiry, by=by, challenge="Cover", response="")
    log(Dissemination, enquiry=enquiry, by=by, text="A fair")
    log(NextStep, enquiry=enquiry, by=by, text="Another year")
    log(Quotation, enquiry=enquiry, by=by, text="I see more", attribution="Teacher")
    start_cycle(enquiry=enquiry, by=by, label="Year 3", period="", tried="Trios")
    baseline = {"kind": "number", "value": Decimal("1.5"), "n": 30, "when": "5 May 2026"}
    add_measure(
        enquiry=enquiry,
        by=by,
        baseline={**baseline, "on": date(2026, 5, 5)},
        level="pupil",
        name="Reading age",
        instrument="test",
        population="Year 8",
        unit="years",
    )
    first = enquiry.measures.filter(distribution="").first()
    add_reading(measure=first, by=by, moment="outcome", kind="number", value=7, when="June 2026")


def test_the_same_file_is_known_though_people_have_logged_since(world, rows):
    log_everything(world.enquiry, world.person("leah"))
    before, document = rows(), enquiry_document(world.enquiry)

    done = told(world.programme, "george-abbot")

    assert (done.made, done.unchanged) == (0, 1)
    assert rows() == before
    assert enquiry_document(world.enquiry) == document
    assert enquiry_document(world.enquiry, printed_only=True) == plain("george-abbot")


def test_an_export_made_since_is_known_too(world, tmp_path, rows):
    log_everything(world.enquiry, world.person("leah"))
    call_command("export_enquiries", out=tmp_path)
    before = rows()

    call_command("import_enquiries", *tmp_path.iterdir())

    assert rows() == before


def test_an_enquiry_told_anew_on_the_site_is_not_overwritten(world, rows):
    enquiry = world.enquiry
    describe_enquiry(enquiry=enquiry, by=world.person("leah"), version=enquiry.version, title="T")
    before = rows()

    faults = refused(world.programme, cast.enquiry_docs("george-abbot"))

    problem = "already has an enquiry that says otherwise"
    assert faults == [f"george-abbot $: George Abbot Teaching School Alliance {problem}"]
    assert rows() == before
    assert Enquiry.objects.get(pk=enquiry.pk).title == "T"


def test_what_was_logged_is_exported_with_no_place_in_a_document(world):
    log_everything(world.enquiry, world.person("leah"))

    document = enquiry_document(world.enquiry)

    new = {key: value[-1] for key, value in document.items() if key not in ("alliance", "project")}
    assert document["cycles"][-1] == {
        "order": 3,
        "label": "Year 3",
        "period": "",
        "what_was_tried": "Trios",
        "refinements": "",
        "evidence_collected": [],
        "source_lines": None,
    }
    assert new["leadership_learning"] == {
        "skill_or_behaviour": "Humility",
        "reflection": "Listen.",
        "source_lines": None,
    }
    assert new["challenges"] == {"challenge": "Cover", "response": "", "source_lines": None}
    assert new["dissemination"] == {"text": "A fair", "source_lines": None}
    assert new["next_steps"] == {"text": "Another year", "source_lines": None}
    assert new["quotes"] == {
        "text": "I see more",
        "attribution": "Teacher",
        "reported": False,
        "source_lines": None,
    }
    assert new["measures"] == {
        "level": "pupil",
        "name": "Reading age",
        "instrument": "test",
        "scale": None,
        "population": "Year 8",
        "group": None,
        "n": 30,
        "unit": "years",
        "baseline": 1.5,
        "baseline_date": "5 May 2026",
        "outcome": None,
        "outcome_date": None,
        "change": None,
        "text_result": None,
        "source_lines": None,
    }


MEASURED = {"level": "pupil", "name": "Fluency", "instrument": "test", "population": "Year 3"}


def measured_as(world, *readings):
    """The row that a measure with these readings is exported as."""
    leah = world.person("leah")
    measure = add_measure(enquiry=world.enquiry, by=leah, baseline=None, **MEASURED)
    for reading in readings:
        add_reading(measure=measure, by=leah, **reading)
    row = enquiry_document(world.enquiry)["measures"][-1]
    values = ("baseline", "baseline_date", "outcome", "outcome_date", "change", "n", "text_result")
    return tuple(row[name] for name in values)


MAY = {"when": "5 May 2026", "on": date(2026, 5, 5)}
JULY = {"when": "1 July 2026", "on": date(2026, 7, 1)}
NUMBER = {"kind": "number", "moment": "baseline", "value": 7, **MAY}
READINGS = [
    ([], (None, None, None, None, None, None, None)),
    ([NUMBER], (7, "5 May 2026", None, None, None, None, None)),
    (
        [NUMBER, {"kind": "number", "moment": "outcome", "value": 9, "n": 20, **JULY}],
        (7, "5 May 2026", 9, "1 July 2026", None, None, "Outcome, 1 July 2026: 9, n = 20"),
    ),
    (
        [NUMBER, {"kind": "number", "moment": "interim", "value": 8, **JULY}],
        (7, "5 May 2026", None, None, None, None, "On the way, 1 July 2026: 8"),
    ),
    (
        [
            {**NUMBER, "moment": "outcome"},
            {**NUMBER, "moment": "outcome", "value": Decimal("7.25"), **JULY},
        ],
        (None, None, 7.25, "1 July 2026", None, None, "Outcome, 5 May 2026: 7"),
    ),
    (
        [{"kind": "proportion", "moment": "outcome", "numerator": 14, "denominator": 22, **MAY}],
        (None, None, None, "5 May 2026", None, None, "Outcome, 5 May 2026: 14 of 22"),
    ),
    (
        [{"kind": "mean", "moment": "baseline", "value": 7, "sd": 2, "n": 30, **MAY}],
        (
            *(7, "5 May 2026", None, None, None, 30),
            "Baseline, 5 May 2026: 7, standard deviation 2, n = 30",
        ),
    ),
    (
        [{"kind": "text", "moment": "outcome", "text": "Calmer", **MAY}],
        (None, None, None, "5 May 2026", None, None, "Outcome, 5 May 2026: Calmer"),
    ),
    (
        [
            {"kind": "x", "moment": "baseline"},
            {**NUMBER, "moment": "outcome"},
        ],
        (None, None, 7, "5 May 2026", None, None, "Baseline: not collected"),
    ),
]


@pytest.mark.parametrize(("readings", "row"), READINGS)
def test_every_kind_of_reading_is_exported(world, readings, row):
    assert measured_as(world, *readings) == row


@pytest.mark.parametrize("readings", [readings for readings, _ in READINGS])
def test_every_kind_of_reading_can_be_imported_elsewhere(world, readings):
    measured_as(world, *readings)
    document = enquiry_document(world.enquiry)
    world.enquiry.delete()

    doc = read(json.dumps(document).encode(), EnquiryDoc)
    import_enquiries({"file": doc}, programme=world.programme, by=None)

    assert enquiry_document(Enquiry.objects.get(alliance=world.abbot)) == document


def test_an_enquiry_first_told_on_the_site_can_be_imported_elsewhere(world):
    alliance = world.programme.alliances.get(key="jurassic")
    enquiry = alliance.enquiries.get()
    told_on_site = {"title": "Trios", "focus": "Looking together", "question": ""}
    describe_enquiry(enquiry=enquiry, by=None, version=enquiry.version, **told_on_site)
    alliance.theme = None
    alliance.save()
    document = enquiry_document(enquiry)
    enquiry.delete()

    doc = read(json.dumps(document).encode(), EnquiryDoc)
    import_enquiries({"file": doc}, programme=world.programme, by=None)

    assert enquiry_document(alliance.enquiries.get()) == document


# Places


def test_an_alliance_no_list_has_named_is_founded(programme):
    document = plain("fairfields")
    document["alliance"] |= {"name": "A & B", "short_name": "AB"}
    other = plain("fairfields")
    other["alliance"] |= {"name": "A B", "short_name": "ABC"}
    docs = {
        str(number): read(json.dumps(each).encode(), EnquiryDoc)
        for number, each in enumerate((document, other))
    }

    import_enquiries(docs, programme=programme, by=None)

    founded = programme.alliances.filter(name__startswith="A ").order_by("key")
    assert list(founded.values_list("key", "name")) == [("a-b", "A & B"), ("a-b-2", "A B")]


def test_a_name_without_a_letter_of_the_alphabet_gets_a_key(programme):
    document = plain("fairfields")
    document["alliance"] |= {"name": "学校", "short_name": ""}

    doc = read(json.dumps(document).encode(), EnquiryDoc)
    import_enquiries({"file": doc}, programme=programme, by=None)

    assert programme.alliances.get(name="学校").key == "alliance"


def test_an_enquiry_opened_but_not_told_is_filled(programme):
    alliance = programme.alliances.get(key="fairfields")
    alliance.enquiries.all().delete()
    enquiry = open_enquiry(alliance=alliance, by=None)

    told(programme, "fairfields")

    assert enquiry_document(Enquiry.objects.get(pk=enquiry.pk)) == plain("fairfields")


def test_two_files_about_one_alliance(programme, rows):
    doc = cast.enquiry_docs("wroxham")["wroxham"]
    before = rows()

    assert refused(programme, {"one": doc, "two": doc}) == [
        "two $.alliance.name: is also told in one"
    ]
    assert rows() == before


def test_two_files_about_one_new_alliance(programme):
    first, second = plain("wroxham"), plain("wroxham")
    second["alliance"] |= {"short_name": "W"}
    docs = {
        name: read(json.dumps(each).encode(), EnquiryDoc)
        for name, each in (("one", first), ("two", second))
    }
    programme.alliances.filter(key="wroxham").update(name="Other", short_name="W")
    programme.alliances.get(key="wroxham").other_names.all().delete()

    assert refused(programme, docs) == ["two $.alliance.name: is also told in one"]


def test_an_ambiguous_alliance(programme, rows):
    alliance = programme.alliances.get(key="wroxham")
    for key in ("camden", "fairfields"):
        other = programme.alliances.get(key=key)
        cast.actions.also_known_as(alliance=other, name=alliance.name)
    doc = cast.enquiry_docs("wroxham")["wroxham"]
    doc = doc.model_copy(
        update={"alliance": doc.alliance.model_copy(update={"name": alliance.name})}
    )
    before = rows()

    names = sorted(
        programme.alliances.filter(key__in=("camden", "fairfields", "wroxham")).values_list(
            "name", flat=True
        ),
        key=str.casefold,
    )
    assert refused(programme, {"file": doc}) == [
        f"file $.alliance.name: may be any of: {', '.join(names)}"
    ]
    assert rows() == before


def test_a_theme_and_a_cohort_the_programme_does_not_have(programme):
    programme.alliances.update(theme=None, cohort=None)
    programme.themes.filter(number=3).delete()
    programme.cohorts.all().delete()
    doc = cast.enquiry_docs("wroxham")["wroxham"]
    project = doc.project.model_copy(update={"theme": 3, "cohort": 1})

    assert refused(programme, {"file": doc.model_copy(update={"project": project})}) == [
        "file $.project.cohort: the programme has no such cohort",
        "file $.project.theme: the programme has no such theme",
    ]


def test_a_measure_that_people_have_logged_before_the_file_came(world):
    enquiry = world.programme.alliances.get(key="jurassic").enquiries.get()
    first = plain("jurassic-coast")["measures"][0]
    same = {key: first[key] for key in ("level", "name", "instrument", "population")}
    add_measure(enquiry=enquiry, by=world.person("leah"), group=first["group"] or "", **same)

    assert refused(world.programme, cast.enquiry_docs("jurassic-coast")) == [
        "jurassic-coast $.measures[0].name: has been logged on the site already"
    ]


def test_a_listed_alliance_whose_name_another_has_already(programme, rows):
    doc = cast.programme_doc("aet", "wroxham")
    renamed = [a.model_copy(update={"key": f"new-{a.key}"}) for a in doc.alliances]
    before = rows()

    with pytest.raises(Faulty) as caught:
        import_programme(doc.model_copy(update={"alliances": renamed}), by=None)

    assert list(map(str, caught.value.faults)) == [
        "$.alliances[0].name: is the name of the alliance aet",
        "$.alliances[1].name: is the name of the alliance wroxham",
    ]
    assert rows() == before


# The commands


def test_without_a_programme_there_is_nowhere_to_import(db):
    with pytest.raises(CommandError) as caught:
        call_command("import_enquiries", file_of("wroxham"))

    assert str(caught.value) == (
        "Import a programme first, or name the one meant with --programme."
    )


def test_the_programme_may_be_named(programme):
    call_command("import_enquiries", file_of("wroxham"), programme=programme.title)

    with pytest.raises(CommandError) as caught:
        call_command("import_enquiries", file_of("wroxham"), programme="Another")
    assert str(caught.value) == (
        "Import a programme first, or name the one meant with --programme."
    )


def test_one_bad_file_among_good_ones(programme, tmp_path, rows):
    bad = tmp_path / "bad.json"
    bad.write_text('{"alliance": ', "utf-8")
    before = rows()

    with pytest.raises(CommandError) as caught:
        call_command("import_enquiries", *map(file_of, FILES.values()), bad)

    assert str(caught.value).splitlines() == [
        f"{bad} $: is not JSON: Expecting value at line 1, column 14",
        "Nothing was written.",
    ]
    assert rows() == before


def test_files_that_cannot_be_read(programme, tmp_path, rows):
    missing, binary = tmp_path / "missing.json", tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe")
    loop = tmp_path / "loop.json"
    loop.symlink_to(loop)
    before = rows()

    with pytest.raises(CommandError) as caught:
        call_command("import_enquiries", missing, tmp_path, binary, loop, file_of("wroxham"))

    assert str(caught.value).splitlines() == [
        f"{tmp_path}: Is a directory",
        f"{binary} $: is not UTF-8 text (byte 0)",
        f"{loop}: Too many levels of symbolic links",
        f"{missing}: No such file or directory",
        "Nothing was written.",
    ]
    assert rows() == before


def test_a_programme_file_that_cannot_be_read(db, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("[]", "utf-8")
    for file, said in (
        (tmp_path, f"{tmp_path}: Is a directory"),
        (bad, f"{bad} $: must be an object\nNothing was written."),
    ):
        with pytest.raises(CommandError) as caught:
            call_command("import_programme", file)
        assert str(caught.value) == said


def test_a_programme_that_conflicts_with_what_stands(programme, tmp_path, rows):
    document = json.loads((cast.DEMO / "programme.json").read_text("utf-8"))
    listed = [a for a in document["alliances"] if a["key"] == "wroxham"]
    document["alliances"] = [{**listed[0], "key": "wroxham-2"}]
    file = tmp_path / "programme.json"
    file.write_text(json.dumps(document), "utf-8")
    before = rows()

    with pytest.raises(CommandError) as caught:
        call_command("import_programme", file)

    assert str(caught.value).splitlines() == [
        f"{file} $.alliances[0].name: is the name of the alliance wroxham",
        "Nothing was written.",
    ]
    assert rows() == before


def test_the_whole_programme_shows_its_progress(db, capsys):
    call_command("import_programme", cast.DEMO / "programme.json")

    said = capsys.readouterr()
    assert said.out == "62 alliances made, 0 known already.\n"
    assert [line.split(":")[0] for line in said.err.splitlines()] == [
        "20 of 62",
        "40 of 62",
        "60 of 62",
        "62 of 62",
    ]


UPN = "H801200001001"


@pytest.fixture
def with_words(tmp_path):
    """A file of the Wroxham's with something told in its first next step."""

    def written(text: str):
        document = json.loads(file_of("wroxham").read_text("utf-8"))
        document["next_steps"][0]["text"] = text
        file = tmp_path / "told.json"
        file.write_text(json.dumps(document), "utf-8")
        return file

    return written


def test_a_file_with_a_pupil_number_is_refused_by_its_path(programme, with_words, rows):
    file, before = with_words(f"Work with {UPN} goes on."), rows()

    with pytest.raises(CommandError) as caught:
        call_command("import_enquiries", file)

    assert str(caught.value).splitlines() == [
        f"{file} $.next_steps[0].text: holds a unique pupil number: take it out",
        "Nothing was written.",
    ]
    assert rows() == before


def test_what_may_tell_who_a_pupil_is_is_warned_of_and_not_quoted(programme, with_words, capsys):
    file = with_words("Work with one who was born on 3 May 2009 goes on.")

    call_command("import_enquiries", file)

    said = capsys.readouterr()
    assert said.out == "1 enquiries made, 0 known already.\n"
    assert said.err.splitlines() == [
        f"{file} $.next_steps[0].text: may tell who a pupil is: it looks like a date of birth",
        "1 of 1: The Wroxham Transformative Learning Alliance",
    ]


def test_a_programme_with_a_pupil_number_is_refused(db, tmp_path, rows):
    document = json.loads((cast.DEMO / "programme.json").read_text("utf-8"))
    document["alliances"][1]["project_focus"] = f"Reading, with {UPN}"
    file, before = tmp_path / "programme.json", rows()
    file.write_text(json.dumps(document), "utf-8")

    with pytest.raises(CommandError) as caught:
        call_command("import_programme", file)

    assert str(caught.value).splitlines() == [
        f"{file} $.alliances[1].project_focus: holds a unique pupil number: take it out",
        "Nothing was written.",
    ]
    assert rows() == before


def test_a_second_import_of_the_same_programme_leaves_no_trace_in_the_history(db):
    call_command("import_programme", cast.DEMO / "programme.json")
    last = Change.objects.latest("pk")

    call_command("import_programme", cast.DEMO / "programme.json")

    changed = Change.objects.filter(pk__gt=last.pk).values_list("table", "act", "before", "after")
    assert list(changed) == []
