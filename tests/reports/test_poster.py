"""A poster fits one page by what it takes from the logs, on A4, on A3 and folded to a booklet."""

import json
from dataclasses import asdict, replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from enquiries.models import Cycle, Enquiry
from impact.models import Claim
from reports import rendering
from reports.actions import ask_about_enquiry, build_report
from reports.builders import build_poster
from reports.builders.poster import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_QUOTATION,
    LONGEST_TITLE,
    MOST_OF_SCHOOLS,
    TALLEST,
    fitted,
    shortened,
)
from reports.charts import NARROW, drawing
from reports.models import Kind, Rendition, Report
from reports.rendering import gate
from reports.rendering.folding import NotFoldable, folded
from reports.values import Pair, Poster, PosterAnswer
from tests.reports.samples import BARS
from tests.reports.test_rendering import words

A_WORD = "improvement "
A4, A3 = (595, 842), (842, 1191)


def plain(poster: Poster) -> dict:
    return json.loads(json.dumps(asdict(poster)))


def of_length(letters: int) -> str:
    return (A_WORD * letters)[:letters].strip()


@pytest.fixture
def poster(world) -> Poster:
    return build_poster(world.enquiry)


@pytest.fixture
def fullest(poster) -> Poster:
    """As much as a poster may ever hold."""
    chart = replace(BARS, rows=[replace(BARS.rows[0], label=of_length(60))] * 4)
    assert TALLEST - 40 < drawing(asdict(chart), NARROW).height <= TALLEST
    each = of_length(LONGEST_ANSWER // 5)
    return replace(
        poster,
        title=of_length(LONGEST_TITLE),
        alliance=of_length(90),
        question=of_length(LONGEST_QUESTION),
        answers=[replace(answer, points=[each] * 5) for answer in poster.answers],
        quotation=Pair(of_length(LONGEST_QUOTATION), of_length(60)),
        schools=[of_length(MOST_OF_SCHOOLS)],
        more_schools=12,
        chart=chart,
    )


def size(page) -> tuple[int, int]:
    return tuple(map(round, page.get_size()))


# ---- what it says --------------------------------------------------------------------------


def test_poster_answers_the_four_questions_from_the_logs(poster, world):
    assert [(answer.code, answer.question) for answer in poster.answers] == [
        ("po1", "What was carried out?"),
        ("po2", "What difference did it make?"),
        ("po3", "What has been learned?"),
        ("po4", "In what ways is the learning being shared?"),
    ]
    tried = Cycle.objects.filter(enquiry=world.enquiry).values_list("tried", flat=True)
    assert poster.answers[0].points == list(tried)
    assert poster.answers[1].points[0] == (
        "Barriers between the lead school and local primaries were lowered [C4]"
    )


def test_poster_shows_a_change_before_other_pictures(poster):
    assert poster.chart.title == "From baseline to outcome, average grade"


def test_poster_shows_the_picture_of_a_measure_that_a_claim_rests_on(world):
    measure = world.enquiry.measures.get(name="Schools taking part")
    result = measure.readings.get(moment="outcome")
    Claim.objects.filter(enquiry=world.enquiry, position=4).update(result=result)

    chart = build_poster(world.enquiry).chart

    assert chart.title == "Schools taking part: from baseline to outcome"


def test_answer_that_nobody_can_give_yet_is_left_out(world):
    poster = build_poster(Enquiry.objects.get(alliance__key="affinity"))

    assert [answer.code for answer in poster.answers] == ["po1", "po2"]


def test_poster_says_which_answers_it_cut(poster):
    assert poster.cut == ["What difference did it make?", "What has been learned?"]


# ---- what is cut ---------------------------------------------------------------------------


def answer(*points: str) -> PosterAnswer:
    return PosterAnswer("po1", points[0][:5], list(points))


def test_answers_that_fit_stay_whole():
    answers = [answer("a" * 240, "b" * 240), answer("b" * 480)]

    assert fitted(answers) == (answers, [])


def test_long_answer_loses_its_last_points():
    answers = [answer("a" * 240, "b" * 230, "c" * 20), answer("b" * 400)]

    kept, cut = fitted(answers)

    assert [each.points for each in kept] == [["a" * 240, "b" * 230], ["b" * 400]]
    assert cut == ["aaaaa"]


def test_answer_has_five_points_at_most():
    ((kept,), cut) = fitted([answer(*"abcdef")])

    assert (kept.points, cut) == (list("abcde"), ["a"])


def test_single_long_point_is_cut_at_a_sentence():
    (kept,), cut = fitted([answer("We tried it. " * 60)])

    assert kept.points == [("We tried it. " * 36) + "…"]
    assert cut == ["We tr"]


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (40, "One. Two words. Three words more."),
        (25, "One. Two words. …"),
        (6, "One. …"),
        (4, "One…"),
    ],
)
def test_text_is_shortened_to_whole_sentences_or_words(most, shown):
    assert shortened("One. Two words. Three words more.", most) == shown


# ---- how it is printed ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "pages"),
    [
        ("poster", [A4]),
        ("poster-a3", [A3]),
        ("poster-booklet", [(839, 595), (839, 595)]),
    ],
)
@pytest.mark.parametrize("which", ["poster", "fullest"])
def test_poster_fits_its_paper_and_can_be_read_aloud(request, which, kind, pages):
    pdf = rendering.render_pdf(kind, plain(request.getfixturevalue(which)))

    with pypdfium2.PdfDocument(pdf.content) as document:
        assert [size(page) for page in document] == pages
    assert gate.problems(pdf.content) == []


def test_nothing_of_the_fullest_poster_is_left_out(fullest):
    pdf = rendering.render_pdf("poster", plain(fullest))

    assert words(pdf.content, 0).count("improvement") == plain_count(fullest)


def plain_count(poster: Poster) -> int:
    shown = [poster.title, poster.alliance, poster.question, *poster.schools]
    shown += [point for each in poster.answers for point in each.points]
    shown += [poster.quotation.first, poster.quotation.second]
    return " ".join(shown).count("improvement")


def test_booklet_is_folded_so_that_its_pages_follow(poster):
    pdf = rendering.render_pdf("poster-booklet", plain(poster))

    with pypdfium2.PdfDocument(pdf.content) as document:
        halves = [half(page, side) for page in document for side in (0, 1)]
    assert [heading in halves[place] for place, heading in PLACES] == [True] * 4


PLACES = [
    (1, "Peer-to-peer coaching"),
    (2, "What was carried out?"),
    (3, "What has been learned?"),
    (0, "learning being shared?"),
]


def half(page, side: int) -> str:
    width, height = page.get_size()
    box = {"left": side * width / 2, "right": (side + 1) * width / 2, "bottom": 0, "top": height}
    return " ".join(page.get_textpage().get_text_bounded(**box).split())


def test_booklet_is_read_aloud_in_the_order_of_its_pages(poster):
    pdf = rendering.render_pdf("poster-booklet", plain(poster))

    with pikepdf.open(BytesIO(pdf.content)) as document:
        pages = [page.obj.objgen for page in document.pages]
        order = [pages.index(page) for page in pages_read(document.Root.StructTreeRoot.K)]
    assert [p for i, p in enumerate(order) if i == 0 or order[i - 1] != p] == [0, 1, 0]


def pages_read(node) -> list:
    """The pages of the marked pieces below a structure element, in the order of reading."""
    if isinstance(node, pikepdf.Array):
        return [page for kid in node for page in pages_read(kid)]
    if not isinstance(node, pikepdf.Dictionary) or "/K" not in node:
        return []
    kids = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
    own = [node.Pg.objgen] if any(not isinstance(k, pikepdf.Dictionary) for k in kids) else []
    return own + [page for kid in kids for page in pages_read(kid)]


def test_only_four_pages_are_folded(poster):
    pdf = rendering.render_pdf("poster", plain(poster))

    with pytest.raises(NotFoldable, match=r"A booklet has four pages and no links\."):
        folded(pdf.content)


# ---- what is kept --------------------------------------------------------------------------


@pytest.fixture
def report(world) -> Report:
    asked = ask_about_enquiry(kind=Kind.POSTER, enquiry=world.enquiry, by=world.person("leah"))
    build_report(asked.pk)
    asked.refresh_from_db()
    return asked


def test_every_paper_is_printed_by_the_worker_and_kept(report, poster):
    papers = list(report.papers.all())

    assert report.data == plain(poster)
    assert [(paper.code, paper.rendition.pages) for paper in papers] == [("a3", 1), ("booklet", 2)]
    kinds = ["poster", "poster-a3", "poster-booklet"]
    made_from = {rendering.shaped_by(kind, report.data) for kind in kinds}
    assert set(Rendition.objects.values_list("made_from", flat=True)) == made_from


def test_page_of_a_poster_offers_its_papers_and_says_what_was_cut(report, as_person):
    page = as_person("leah").get(reverse("report", args=[report.pk])).content.decode()

    for code in ("a3", "booklet"):
        assert page.count(reverse("report-paper", args=[report.pk, code])) == 1
    told = "everything: What difference did it make?; What has been learned?"
    assert page.count(told) == 1


def test_paper_that_was_not_printed_is_not_found(report, as_person):
    assert as_person("leah").get(reverse("report-paper", args=[report.pk, "a2"])).status_code == 404


def test_overview_of_the_cycle_is_frozen_on_one_sheet(world):
    asked = ask_about_enquiry(kind=Kind.OVERVIEW, enquiry=world.enquiry, by=world.person("leah"))

    build_report(asked.pk)

    asked.refresh_from_db()
    assert (asked.about, asked.rendition.pages) == (world.cycle.label, 1)
    assert [row[0] for row in asked.data["table"]["rows"]] == list(
        Enquiry.objects.get(pk=world.enquiry.pk).participations.values_list(
            "school__name", flat=True
        )
    )


@pytest.mark.parametrize(("person", "offered"), [("leah", True), ("hana", False)])
def test_overview_is_offered_to_those_who_read_the_enquiry(world, as_person, person, offered):
    page = as_person(person).get(reverse("alliance-reports", args=[world.abbot.pk]))

    ((_, kinds),) = page.context["told"]
    assert ("overview" in [made.kind for made, _ in kinds]) is offered
