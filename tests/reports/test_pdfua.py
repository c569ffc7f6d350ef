"""What we print is PDF/UA-1 by the rules of veraPDF; and what it and our gate say of spoilt files.

Where veraPDF is blind, the table says so: the set of its rules is empty.
"""

from dataclasses import asdict

import pytest

from reports.rendering import gate, render_pdf
from tests.pdfua.validator import broken_rules
from tests.reports import breakages
from tests.reports import parts as given
from tests.reports.breakages import spoilt
from tests.reports.samples import SAMPLES, national

pytestmark = pytest.mark.machine

# A way to spoil a file, what the gate finds, and the rules that veraPDF finds broken.
SPOILT = {
    "no language": (
        breakages.without("/Lang"),
        "The language is not stated",
        {"7.2-2", "7.2-22", "7.2-24", "7.2-33", "7.2-34"},
    ),
    "no title": (breakages.without("/Metadata"), "The title is not stated", {"7.1-8"}),
    "no title shown": (
        breakages.without("/ViewerPreferences"),
        "Readers would show the file name instead of the title",
        {"7.1-10"},
    ),
    "not tagged": (
        breakages.without("/MarkInfo"),
        "The file does not say that it is tagged",
        {"6.2-1"},
    ),
    "figure without a text": (
        breakages.no_alternative,
        "A figure has no text that says what it shows",
        {"7.3-1"},
    ),
    "drawing of no element": (
        breakages.drawing_of_no_element,
        "Something on page 2 is neither read aloud nor marked as decoration",
        {"7.1-3"},
    ),
    "paragraph in an item of a list": (
        breakages.paragraph_in_an_item,
        "P stands in LI",
        {"7.2-20"},
    ),
    "link without a description": (
        breakages.undescribed_link,
        "A link on page 2 is not described",
        {"7.18.1-2", "7.18.5-2"},
    ),
    "fonts left out": (
        breakages.fonts_left_out,
        "Enquiry-Sans-Bold is not embedded",
        {"7.21.4.1-1"},
    ),
    "cell with a lost header": (
        breakages.lost_header,
        "A cell refers to a header that is not there",
        {"7.5-2"},
    ),
    "skipped heading": (
        breakages.skipped_heading,
        "A heading of level 5 follows one of level 2",
        {"7.4.2-1"},
    ),
    "first heading of level two": (
        breakages.first_heading_of_level_two,
        "The first heading is of level 2",
        {"7.4.2-1"},
    ),
    "pages swapped in the parent tree": (
        breakages.swapped_pages,
        "The structure tree does not fit page 2",
        {"7.1-3"},
    ),
    # veraPDF is blind to the rest: what is drawn on the second page has an owner, if on another.
    "two pages with one place": (
        breakages.shared_place,
        "Page 3 is not tied to the structure tree",
        set(),
    ),
    "table without headers": (breakages.no_headers, "A table has no header cells", set()),
}


@pytest.fixture(scope="module")
def good() -> bytes:
    return render_pdf(*SAMPLES["full"]).content


def test_file_of_each_kind_is_pdfua_by_the_rules_of_verapdf(tmp_path):
    files = {name: render_pdf(*SAMPLES[name]).content for name in ("full", "bare", "long words")}
    files["joined national"] = render_pdf("national", asdict(national(12))).content
    files["joined parts"] = given.joined(given.samples())

    assert broken_rules(files, tmp_path) == {name: set() for name in files}


@pytest.mark.parametrize("way", SPOILT)
def test_gate_finds_a_spoilt_file(good, way):
    spoil, told, _ = SPOILT[way]

    found = gate.problems(spoilt(good, spoil))

    assert sum(problem.endswith(told) for problem in found) == 1


def test_verapdf_finds_the_rules_that_a_spoilt_file_breaks(good, tmp_path):
    files = {way: spoilt(good, spoil) for way, (spoil, _, _) in SPOILT.items()}

    found = broken_rules(files, tmp_path)

    assert found == {way: rules for way, (_, _, rules) in SPOILT.items()}
