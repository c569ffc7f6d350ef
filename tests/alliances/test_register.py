"""The national register: read whole or not at all, followed from one reading to the next."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from alliances.actions import join_school
from alliances.models import RegisterChange, RegisteredSchool, RegisterReading, School
from alliances.register.finding import find
from alliances.register.reading import Unreadable, entries, successors
from tests.alliances.test_pages import rows

EXTRACT = Path(__file__).parent.parent.parent / "demo" / "register.csv"
RAGGED = Path(__file__).parent / "files" / "register-ragged.csv"
FULL = RAGGED.read_bytes().split(b"\n")
HEAD = next(csv.reader([FULL[0].decode()]))


def whole(*lines: bytes) -> bytes:
    return b"\n".join([FULL[0], *(lines or FULL[1:10])])


@pytest.fixture
def file(tmp_path):
    def write(content: bytes | str, name: str = "register.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def read(db, file):
    """Read schools given as lines of the full download, and their links; the reading."""

    def take(*schools: dict, links: list[tuple[int, int, str]] = ()) -> RegisterReading:
        text = StringIO()
        rows = csv.DictWriter(text, HEAD, restval="")
        rows.writeheader()
        rows.writerows(schools)
        arguments = []
        if links:
            told = "\n".join(",".join(map(str, link)) for link in links)
            arguments = ["--links", str(file(f"URN,LinkURN,LinkType\n{told}\n", "links.csv"))]
        call_command("import_register", str(file(text.getvalue())), *arguments, stdout=StringIO())
        return RegisterReading.objects.first()

    return take


def school(urn: int, name: str, status: str = "Open", **more) -> dict:
    return {
        "URN": urn,
        "EstablishmentName": name,
        "EstablishmentStatus (name)": status,
        "Town": more.get("town", "Guildford"),
        "Postcode": more.get("postcode", "GU1 1AA"),
        "PhaseOfEducation (name)": more.get("phase", "Secondary"),
    }


def changes(reading: RegisterReading) -> list[tuple]:
    return [(c.kind, c.urn, c.before, c.after) for c in reading.changes.all()]


# ---- files ---------------------------------------------------------------------------------


def test_full_download_is_read_by_the_names_of_its_columns(file):
    found = entries(file(whole()))

    first, closed = found[100000], found[100004]
    assert (first.name, first.town) == ("Sir John Cass's Foundation Primary School", "London")
    assert (first.postcode, first.phase, first.is_open) == ("EC3A 5DE", "Primary", True)
    assert (closed.is_open, str(closed.closed_on)) == (False, "1992-08-31")
    assert len(found) == 9


def test_rows_of_other_lengths_are_refused_with_their_lines():
    with pytest.raises(Unreadable) as refused:
        entries(RAGGED)

    assert refused.value.faults == [
        f"Line {line}: has 135 cells, the first line 120." for line in range(11, 21)
    ]


def test_extract_of_every_open_school_is_read():
    found = entries(EXTRACT)

    assert len(found) == 22_010
    assert all(entry.is_open for entry in found.values())


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (b"", ["Line 1: there is no column URN and no column EstablishmentName."]),
        (b"urn,name\n", ["The file lists no school."]),
        (b"urn,name\n12,Downs\n", ["Line 2: “12” is not a URN of six digits."]),
        (b"urn,name\n123456,\n", ["Line 2: the school has no name."]),
        (b"urn,name\n123456,A\n123456,B\n", ["Line 3: URN 123456 is there twice."]),
        (b"urn,name,open_date\n123456,A,31-02-2020\n", ["Line 2: “31-02-2020” is not a date."]),
        (b"urn,name\n123456,A\0\n", ["Line 2: the name holds a character that cannot be printed."]),
        (b'urn,name\n123456,"A\n', ["Line 2: unexpected end of data."]),
        (
            b"urn,name\n123456,A\x81\n",
            ["After line 0: a byte that is no letter (character maps to <undefined>)."],
        ),
    ],
)  # fmt: skip
def test_file_that_cannot_be_read_says_where(file, content, faults):
    with pytest.raises(Unreadable) as refused:
        entries(file(content))

    assert refused.value.faults == faults


def test_refused_file_writes_nothing(db, file):
    faulty = file(whole(*FULL[1:10], FULL[1]))

    with pytest.raises(CommandError) as refused:
        call_command("import_register", str(faulty))

    assert str(refused.value) == "Line 11: URN 100000 is there twice.\nNothing was written."
    assert (RegisteredSchool.objects.count(), RegisterReading.objects.count()) == (0, 0)


def test_oddities_of_the_register_are_made_good(file):
    lines = [
        "URN,EstablishmentName,Town,Postcode,OpenDate,PhaseOfEducation (name)",
        "123456,Ste  Thérèse's,OLDHAM,ol6 7hw,01-01-1900,Not applicable",
        "123457,North Star 82°,Bristol,,01/09/2004,Primary",
    ]

    found = entries(file("\r\n".join(lines).encode("cp1252")))

    first, second = found[123456], found[123457]
    assert (first.name, first.town, first.postcode) == ("Ste Thérèse's", "Oldham", "OL6 7HW")
    assert (first.opened_on, first.phase) == (None, "")
    assert (second.name, str(second.opened_on), second.postcode) == (
        "North Star 82°", "2004-09-01", "",
    )  # fmt: skip


def test_head_teachers_are_not_kept(read):
    read(school(123456, "Downs School") | {"HeadFirstName": "Zebedee", "HeadLastName": "Quill"})

    kept = RegisteredSchool.objects.values().get()
    assert not [
        value for value in kept.values() if "Zebedee" in str(value) or "Quill" in str(value)
    ]


def test_links_are_followed_from_either_end(file):
    links = "URN,LinkURN,LinkType\n100001,100002,Successor\n100004,100003,Predecessor - merged\n"

    assert successors(file(links)) == {100001: {100002}, 100003: {100004}}


# ---- from one reading to the next ----------------------------------------------------------


def test_first_reading_lists_no_changes(read):
    reading = read(school(123456, "Downs School"), school(123457, "Hill School"))

    assert (reading.added, reading.changed, reading.same, reading.missing) == (2, 0, 0, 0)
    assert changes(reading) == []


def test_same_file_again_changes_nothing(read):
    read(school(123456, "Downs School"))

    again = read(school(123456, "Downs School"))

    assert (again.added, again.changed, again.same) == (0, 0, 1)
    assert changes(again) == []


def test_reading_tells_what_opened_closed_and_was_renamed(read):
    read(school(123456, "Downs School"), school(123457, "Hill School"), school(123458, "Gone"))

    reading = read(
        school(123456, "Downs Academy"),
        school(123457, "Hill School", "Closed"),
        school(123459, "New School"),
    )

    assert changes(reading) == [
        ("renamed", 123456, "Downs School", "Downs Academy"),
        ("closed", 123457, "", "Hill School"),
        ("opened", 123459, "", "New School"),
    ]
    assert (reading.added, reading.changed, reading.missing) == (1, 2, 1)


def ours(world, name: str = "Downs School") -> School:
    return join_school(alliance=world.abbot, name=name, phase="", urn=123456, by=None)


def test_our_school_takes_over_its_official_name(world, read):
    downs = ours(world)
    read(school(123456, "Downs School"))

    reading = read(school(123456, "Downs Academy"))

    downs.refresh_from_db()
    assert downs.name == "Downs Academy"
    assert [change.school for change in reading.changes.all()] == [downs]


def test_our_school_keeps_a_name_of_its_own(world, read):
    downs = ours(world, name="The Downs")
    read(school(123456, "Downs School"))

    read(school(123456, "Downs Academy"))

    downs.refresh_from_db()
    assert downs.name == "The Downs"


def test_school_that_became_an_academy_goes_on_under_its_new_urn(world, read):
    downs = ours(world)
    read(school(123456, "Downs School"))
    became = [
        school(123456, "Downs School", "Closed"),
        school(150001, "Downs Academy"),
    ]

    reading = read(*became, links=[(123456, 150001, "Successor"), (150001, 123456, "Predecessor")])

    downs.refresh_from_db()
    assert (downs.urn, downs.name) == (150001, "Downs Academy")
    assert downs.memberships.filter(alliance=world.abbot, left_on=None).count() == 1
    assert changes(reading)[-1] == (
        "succeeded", 123456, "Downs School (123456)", "Downs Academy (150001)",
    )  # fmt: skip


@pytest.mark.parametrize(
    "links",
    [
        [(123456, 150001, "Successor"), (123456, 150002, "Successor")],
        [(123456, 150001, "Successor - merged"), (123457, 150001, "Successor - merged")],
    ],
    ids=["split", "merged"],
)
def test_school_that_split_or_merged_waits_for_people(world, read, links):
    downs = ours(world)
    became = [
        school(123456, "Downs School", "Closed"),
        school(123457, "Hill School", "Closed"),
        school(150001, "North Academy"),
        school(150002, "South Academy"),
    ]

    first, again = read(*became, links=links), read(*became, links=links)

    downs.refresh_from_db()
    assert downs.urn == 123456
    assert [change.kind for change in first.changes.all()] == [RegisterChange.Kind.UNDECIDED]
    assert changes(again) == []


def test_names_with_letters_of_another_alphabet_are_told(read):
    reading = read(school(123456, "St Thomas \u0430 Becket"))

    assert reading.strange == "123456 St Thomas \u0430 Becket: \u0430"


# ---- search --------------------------------------------------------------------------------


@pytest.fixture
def three(read):
    read(
        school(123456, "St Mary's Catholic Primary School", town="Oxford", postcode="OX1 4AA"),
        school(123457, "St Thomas \u0430 Becket", town="Eastbourne", postcode="BN21 2AA"),
        school(123458, "École Sainte-Marie", "Closed", town="Oxford", postcode="OX2 6AA"),
    )


@pytest.mark.parametrize(
    ("asked", "urns"),
    [
        ("saint marys", [123456]),
        ("St. Mary’s prim", [123456]),
        ("ox14aa", [123456]),
        ("OX1 4AA", [123456]),
        ("123457", [123457]),
        ("thomas a becket", [123457]),
        ("ecole", [123458]),
        ("oxford", [123456, 123458]),
        ("mary eastbourne", []),
        ("  ", []),
        ("'); drop | & ! :*", []),
    ],
)
def test_school_is_found_as_people_spell_it(three, asked, urns):
    found, is_more = find(asked)

    assert ([each.urn for each in found], is_more) == (urns, False)


def test_search_shows_twenty_and_says_that_there_are_more(read):
    read(*(school(123400 + n, f"Downs {n}") for n in range(21)))

    found, is_more = find("downs")

    assert (len(found), is_more) == (20, True)


def test_search_takes_one_query(three, django_assert_num_queries):
    with django_assert_num_queries(1):
        find("oxford")


def test_reading_is_on_record(read):
    before = timezone.now()

    reading = read(school(123456, "Downs School"))

    assert (reading.file_name, len(reading.file_hash)) == ("register.csv", 32)
    assert reading.at >= before


# ---- what the national team sees -------------------------------------------------------------


@pytest.mark.parametrize("more", [1, 3])
def test_programme_is_told_what_became_of_its_schools(
    more, world, read, as_person, django_assert_num_queries
):
    for number in range(more):
        join_school(
            alliance=world.abbot, name=f"Downs {number}", phase="", urn=200_000 + number, by=None
        )
    read(*(school(200_000 + n, f"Downs {n}") for n in range(more)), school(300_000, "Elsewhere"))
    read(
        *(school(200_000 + n, f"Downs {n}", "Closed") for n in range(more)),
        school(300_000, "Elsewhere", "Closed"),
    )
    owen, url = as_person("owen"), reverse("programme-register", args=[world.programme.pk])

    # session, person, programme, its being seen, reading, count, page, memberships
    with django_assert_num_queries(8):
        response = owen.get(url)

    alliance = str(world.abbot)
    today = timezone.localdate().strftime("%-d %B %Y")
    assert rows(response) == [
        [f"Downs {n} URN {200_000 + n}", "Closed", alliance, today] for n in reversed(range(more))
    ]


def test_programme_without_changes_says_so(world, read, as_person):
    url = reverse("programme-register", args=[world.programme.pk])

    before = as_person("owen").get(url).content.decode()
    read(school(300_000, "Elsewhere"))
    after = as_person("owen").get(url).content.decode()

    assert ("has not been read yet" in before, "has not been read yet" in after) == (True, False)
    assert "No change" in after
