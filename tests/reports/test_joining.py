"""Parts become one document that can be read aloud, whatever their order and length."""

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from reports.rendering import PdfUnavailable, gate, print_sheet
from reports.rendering.joining import NotJoinable, Part, Running, join, settled
from reports.rendering.joining.fonts import FACES, face
from reports.rendering.printer import print_document
from tests.reports import parts as given
from tests.reports.parts import MEADOW, RUNNING

PRINT = """
from hashlib import sha256
import django
django.setup()
from tests.reports import parts
print(sha256(parts.joined(parts.samples())).hexdigest())
"""
# Cover and contents, one page of Hill, two of Vale, one of Meadow.
FIRST_PAGES = {"hill": 3, "vale": 4, "meadow": 6}


@pytest.fixture(scope="module")
def parts():
    return given.samples()


@pytest.fixture(scope="module")
def content(parts):
    return given.joined(parts)


@pytest.fixture
def pdf(content):
    with pikepdf.open(BytesIO(content)) as opened:
        yield opened


def words(content: bytes, page: int) -> str:
    document = pypdfium2.PdfDocument(content)
    text = document[page - 1].get_textpage().get_text_range()
    document.close()
    return " ".join(text.split())


# ---- structure -----------------------------------------------------------------------------


def test_joined_file_has_nothing_for_the_gate_to_find(content):
    assert gate.problems(content) == gate.problems_of_joining(content) == []


def test_part_passes_with_headings_that_would_not_do_in_a_document(parts):
    found = {part.key: gate.problems_of_part(part.content) for part in parts}

    assert found == {"hill": [], "vale": [], "meadow": []}
    assert gate.problems(parts[0].content) == ["The first heading is of level 2"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h1>Hill</h1>", "The first heading is of level 1"),
        ("<h2>Hill</h2><h4>Aims</h4>", "A heading of level 4 follows one of level 2"),
        ("<h2>Hill</h2><table><tr><td>240</td></tr></table>", "A table has no header cells"),
    ],
)
def test_section_that_could_not_be_read_aloud_is_not_kept(body, found, caplog):
    with pytest.raises(PdfUnavailable, match="could not be made well"):
        print_sheet("hill", given.PAGE.format(title="Hill", body=body))

    assert caplog.messages == [f"hill is not accessible: {found}"]


def test_every_piece_of_a_page_belongs_to_an_element_of_that_page(pdf):
    owners = given.owners(pdf)

    for page in pdf.pages:
        owning = list(owners[int(page.obj.StructParents)])
        assert given.marked(page.obj) == list(range(len(owning)))
        for number, element in enumerate(owning):
            assert element.Pg == page.obj
            assert number in list(element.K)


def test_every_link_belongs_to_the_element_that_names_it(pdf):
    owners = given.owners(pdf)

    for page in pdf.pages:
        for link in page.obj.get("/Annots", []):
            owner = owners[int(link.StructParent)]
            assert Name.Link == owner.S
            assert [kid.Obj for kid in given.kids(owner)] == [link]


def test_no_two_pages_or_links_share_a_place_in_the_parent_tree(pdf):
    keys = [int(page.obj.StructParents) for page in pdf.pages]
    keys += [int(a.StructParent) for page in pdf.pages for a in page.obj.get("/Annots", [])]

    assert sorted(keys) == sorted(set(keys)) == list(given.owners(pdf))
    assert pdf.Root.StructTreeRoot.ParentTreeNextKey == len(keys)


def test_each_part_is_a_part_of_the_one_document(pdf):
    document = pdf.Root.StructTreeRoot.K[0]

    assert len(pdf.Root.StructTreeRoot.K) == 1
    assert [str(kid.T) for kid in document.K if "/T" in kid] == [
        "Hill alliance",
        "Vale alliance",
        MEADOW,
    ]
    assert {str(kid.S) for kid in document.K if "/T" in kid} == {"/Part"}


def test_every_element_knows_what_it_stands_in(pdf):
    for element in given.elements(pdf):
        assert all(element == kid.P for kid in given.kids(element) if "/S" in kid)


def test_header_cells_are_named_once_and_found_by_their_names(pdf):
    flat = list(pdf.Root.StructTreeRoot.IDTree.Names)
    listed = {bytes(name): cell for name, cell in zip(flat[::2], flat[1::2], strict=True)}
    cells = {bytes(e.ID): e for e in given.elements(pdf) if "/ID" in e}

    assert list(listed) == sorted(listed)
    assert listed == cells
    assert len(cells) == 9
    assert [len(name.split(b"-")) for name in listed] == [4] * 9


def test_cells_are_headed_by_cells_of_their_own_part(pdf):
    cells = {bytes(e.ID): e for e in given.elements(pdf) if "/ID" in e}
    headed = [e for e in given.elements(pdf) if e.S == Name.TD]

    heads = [[cells[bytes(name)].Pg.objgen for name in cell.A.Headers] for cell in headed]
    assert heads == [[cell.Pg.objgen] * 2 for cell in headed]


# ---- pages, links, outline -----------------------------------------------------------------


EDGES = "Themes project 2012-14 {} National College Page {} of 6"
TOLD = {
    1: "Themes project",
    2: "Contents Hill alliance 3 Vale alliance 4 Meadow—Łódź Ω alliance 6 • • • "
    + EDGES.replace(" {} ", " ", 1).format(2),
    5: "Schools School Pupils Hill School 240 " + EDGES.format("Vale alliance", 5),
    6: "Meadow—Łódź Ω alliance The schools Hill Vale Schools School Pupils Hill School 240 "
    + EDGES.format("Meadow—Łódź alliance", 6),
}


@pytest.mark.parametrize("page", TOLD)
def test_page_tells(content, page):
    assert words(content, page) == TOLD[page]


def test_outline_lists_the_parts_in_order_with_their_pages(pdf):
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

    with pdf.open_outline() as outline:
        listed = [(i.title, numbers[i.destination[0].objgen]) for i in outline.root]

    assert listed == [
        ("Themes project", 1),
        ("Contents", 2),
        ("Hill alliance", 3),
        ("Vale alliance", 4),
        (MEADOW, 6),
    ]


def links(pdf, page: int) -> list[tuple[str, int]]:
    """What each link of a page says of itself, and the page that it leads to."""
    flat = list(pdf.Root.Names.Dests.Names)
    places = {bytes(name): place for name, place in zip(flat[::2], flat[1::2], strict=True)}
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return [
        (str(link.Contents), numbers[places[bytes(link.Dest)][0].objgen])
        for link in pdf.pages[page - 1].obj.get("/Annots", [])
    ]


def test_contents_lead_to_the_parts(pdf):
    assert links(pdf, 2) == [
        ("Hill alliance, page 3", 3),
        ("Vale alliance, page 4", 4),
        (f"{MEADOW}, page 6", 6),
    ]


def test_link_within_a_part_leads_to_that_parts_own_place(pdf):
    assert links(pdf, 3) == [("Page 3", 3)]
    assert links(pdf, 4) == [("Page 5", 5)]


def test_links_of_a_part_lead_to_other_parts_and_places_in_them(pdf):
    assert links(pdf, 6) == [("Page 6", 6), ("Hill alliance, page 3", 3), ("Page 5", 5)]


def test_names_of_places_are_sorted_as_readers_search_them(pdf):
    names = [bytes(name) for name in list(pdf.Root.Names.Dests.Names)[::2]]

    assert names == sorted(set(names))


# ---- edges ---------------------------------------------------------------------------------


def box(content: bytes, page: int, text: str) -> list[float]:
    """The lower edge and the left or right edge of a text, in points."""
    found = pypdfium2.PdfDocument(content)[page - 1].get_textpage()
    at = found.get_text_range().rindex(text)
    left, bottom, _, _ = found.get_charbox(at)
    _, _, right, _ = found.get_charbox(at + len(text) - 1)
    return [bottom, left, right]


@pytest.mark.parametrize(
    ("text", "edge"), [("Themes project", 1), ("National College", 1), ("Page 2 of", 2)]
)
def test_edges_stand_where_the_style_sheet_puts_them_in_other_documents(content, text, edge):
    html = given.PAGE.format(
        title="Title",
        body='<header class="cover"><p class="cover-agency">National College</p>'
        '<h1>Themes project</h1></header><main class="doc"><p>Text</p></main>',
    )
    whole, _ = print_document(html, given.COVER, b"0" * 16)

    there, here = box(whole, 2, text), box(content, 2, text)

    assert here[0] == pytest.approx(there[0], abs=0.1)
    if edge == 1:
        assert here[1] == pytest.approx(there[1], abs=0.1)


def test_edges_are_no_part_of_what_is_read_aloud(pdf):
    drawn = pdf.pages[2].obj.Contents[-1].read_bytes()

    kinds = [line.split(b"BDC")[0] for line in drawn.split(b"/Artifact ")[1:]]
    assert kinds == [
        b"<</Type/Pagination/Subtype/Header>> ",
        b"<</Type/Pagination/Subtype/Footer>> ",
    ]
    assert drawn.count(b"BT") == drawn.count(b"ET") == 4
    assert drawn.count(b"EMC") == 2


def test_long_title_is_cut_before_it_meets_the_other(parts):
    long = replace(parts[0], title="Enquiry " * 40)
    front = given.print_front([long], {"hill": 3})[0]

    cut = join(front, [long], Running("Programme " * 40, ""))

    head = words(cut, 3).partition("240 ")[2]
    assert head.startswith("Programme Programme")
    assert head.count("…") == 2
    assert box(cut, 3, "…")[2] <= 595.28 - 62


def test_cover_has_nothing_at_its_edges(pdf):
    assert "/Edges" not in pdf.pages[0].obj.Contents.read_bytes().decode("latin-1")


# ---- fonts ---------------------------------------------------------------------------------


def test_each_face_of_ours_is_in_the_file_once(pdf):
    files = {}
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor":
            files.setdefault(name_of(item.FontName), set()).add(item.FontFile2.objgen)

    counted = {name: len(found) for name, found in files.items() if name in FACES}
    assert counted == {
        "Enquiry-Display": 1,
        "Enquiry-Sans": 1,
        "Enquiry-Sans-Bold": 1,
        "Enquiry-Serif": 1,
    }


def name_of(font) -> str:
    return str(font).rpartition("+")[2].lstrip("/")


def test_glyphs_of_a_part_have_the_widths_that_they_have_in_the_whole_face(pdf):
    """A font whose glyphs were numbered anew would show other letters."""
    compared = 0
    for page in pdf.pages:
        for name, font in page.obj.Resources.Font.items():
            called = name_of(font.BaseFont)
            if name == "/Edges" or called not in FACES:
                continue
            whole = face(called)
            own = {whole.glyphs[letter]: width for letter, width in whole.widths.items()}
            for glyph, width in _widths(font.DescendantFonts[0].W):
                assert own.get(glyph, width) == pytest.approx(width, abs=1)
                compared += glyph in own
    assert compared > 100


def _widths(flat):
    flat = list(flat)
    for first, widths in zip(flat[::2], flat[1::2], strict=True):
        for offset, width in enumerate(widths):
            yield int(first) + offset, float(width)


# ---- the same bytes ------------------------------------------------------------------------


def test_two_processes_join_to_the_same_bytes(content):
    made = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert made == {sha256(content).hexdigest()}


def test_part_in_another_place_keeps_its_words_and_structure(parts):
    turned = [parts[2], parts[1], parts[0]]
    front = given.print_front(turned, {"meadow": 3, "vale": 4, "hill": 6})[0]

    content = join(front, turned, RUNNING)

    assert gate.problems(content) == []
    assert words(content, 6).startswith("Hill alliance The schools Schools School Pupils")


# ---- contents ------------------------------------------------------------------------------


def test_contents_tell_the_first_page_of_each_part(parts):
    told = []

    def front(starts):
        told.append(starts)
        return given.print_front(parts, starts)

    _, pages = settled(front, given.lengths(parts, [1, 2, 1]))

    assert (pages, told) == (2, [FIRST_PAGES])


def test_contents_that_need_another_page_are_printed_anew_with_other_numbers(parts):
    told = []

    def front(starts):
        told.append(starts)
        return given.print_front(parts, starts, lines=60)

    _, pages = settled(front, given.lengths(parts, [1, 2, 1]))

    assert pages == 3
    assert told == [FIRST_PAGES, {"hill": 4, "vale": 5, "meadow": 7}]


def test_contents_that_never_settle_are_refused():
    with pytest.raises(NotJoinable, match="never as long"):
        settled(lambda starts: (b"", starts["a"]), {"a": 1})


# ---- refused -------------------------------------------------------------------------------


def changed(content: bytes, change) -> bytes:
    saved = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(saved)
    return saved.getvalue()


CHANGES = {
    "“Hill alliance” has no structure tree": lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"),
    "“Hill alliance” is not a single document": lambda pdf: pdf.Root.StructTreeRoot.update(
        {"/K": Array()}
    ),
    "Page 1 of “Hill alliance” is not tied": lambda pdf: pdf.pages[0].obj.__delitem__(
        "/StructParents"
    ),
    "“Hill alliance” gives roles": lambda pdf: pdf.Root.StructTreeRoot.update(
        {"/RoleMap": Dictionary()}
    ),
}


@pytest.mark.parametrize("told", CHANGES)
def test_part_that_could_not_be_read_aloud_is_refused(parts, told):
    spoilt = replace(parts[0], content=changed(parts[0].content, CHANGES[told]))

    with pytest.raises(NotJoinable, match=told):
        given.joined([spoilt, *parts[1:]])


def test_parts_with_one_key_are_refused(parts):
    with pytest.raises(NotJoinable, match="Two parts have the same key"):
        join(parts[0].content, [parts[0], parts[0]], RUNNING)


def test_parts_that_name_their_cells_alike_are_refused(parts):
    with pytest.raises(NotJoinable, match="“Hill alliance” names a cell hill-"):
        join(given.print_front([], {})[0], [parts[0], replace(parts[0], key="twin")], RUNNING)


def test_parts_that_have_a_place_of_one_name_are_refused(parts):
    body = '<main class="doc doc--part"><h2 id="hill-table">Twin</h2></main>'
    twin = Part("twin", "Twin", given.printed("Twin", body, "twin")[0])

    with pytest.raises(NotJoinable, match="“Twin” has a place hill-table, as another part does"):
        join(given.print_front([], {})[0], [parts[0], twin], RUNNING)


def test_link_to_a_part_that_is_not_there_is_refused(parts):
    with pytest.raises(NotJoinable, match="A link leads to vale-table, which is nowhere"):
        join(given.print_front([], {})[0], [parts[0], parts[2]], RUNNING)


def wrongly_joined(parts, tie) -> bytes:
    """Pages of one part after those of another, tied to the structure by ``tie``."""
    saved = BytesIO()
    with (
        pikepdf.open(BytesIO(given.print_front([], {})[0])) as pdf,
        pikepdf.open(BytesIO(parts[0].content)) as other,
    ):
        page = pdf.copy_foreign(other.pages[0].obj)
        pdf.pages.append(pikepdf.Page(page))
        tree = pdf.copy_foreign(other.Root.StructTreeRoot)
        tie(pdf, page, tree)
        pdf.save(saved)
    return saved.getvalue()


def only_pages(pdf, page, tree):
    pass


def tree_without_new_keys(pdf, page, tree):
    pdf.Root.StructTreeRoot.K[0].K.append(tree.K[0])


def keys_without_owners(pdf, page, tree):
    tree_without_new_keys(pdf, page, tree)
    page.StructParents = 9


@pytest.mark.parametrize("tie", [only_pages, tree_without_new_keys, keys_without_owners])
def test_wrong_join_does_not_pass_the_gate(parts, tie):
    joined = wrongly_joined(parts, tie)

    for problems in (gate.problems, gate.problems_of_joining):
        assert "Page 3 is not tied to the structure tree" in problems(joined)
