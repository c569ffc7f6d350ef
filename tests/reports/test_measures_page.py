"""The hard cases of docs/measures.md, held to what the site draws and says of the real measures."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from alliances.actions import also_known_as
from alliances.models import Programme
from config.sharing import BASE
from enquiries.models import Enquiry
from impact.actions import import_enquiries, import_programme
from impact.conclusions import conclude
from impact.describing import results_of
from impact.queries import measures_of
from impact.values import MeasureValues
from reports.builders.measures import measure_tables
from reports.builders.pictures import LEVELS, charts_of, groups_of, pictures_of
from tests.world import DEMO, enquiry_docs, programme_doc

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `(\w+)` ([^|]+?) \| (\w+) \| (`.+`) \|$", re.M)
CASES = ROW.findall((BASE / "docs" / "measures.md").read_text())

KEYS = (
    "aet",
    "camden",
    "centralbeds",
    "fairfields",
    "georgeabbot",
    "georgespencer",
    "jurassic",
    "wroxham",
)


@pytest.fixture
def projects(db) -> dict[str, list[MeasureValues]]:
    """The measures of the eight real projects as an outsider reads them, by their alliance."""
    return read_once()


@cache
def read_once() -> dict[str, list[MeasureValues]]:
    """Plain values, which outlive the rows they were read from."""
    docs = enquiry_docs(*sorted(path.stem for path in DEMO.glob("enquiries/*.json")))
    import_programme(programme_doc(*KEYS), by=None)
    programme = Programme.objects.get()
    for name in tomllib.loads((DEMO / "people.toml").read_text())["also_known_as"]["aet"]:
        also_known_as(alliance=programme.alliances.get(key="aet"), name=name)
    import_enquiries(docs, programme=programme, by=None)
    with_measures = Enquiry.objects.exclude(measures=None).select_related("alliance")
    return {each.alliance.key: measures_of(each, exact=False) for each in with_measures}


def kinds(measures: list[MeasureValues]) -> dict[int, str]:
    """The kind of picture each measure stands in."""
    return {
        measure.id: group.kind
        for level in LEVELS
        for group in groups_of(m for m in measures if m.level == level)
        for measure in group.measures
    }


def everything_said(measure: MeasureValues, measures: list[MeasureValues]) -> set[str]:
    """What stands in the measure's picture and table, and what may be concluded from it."""
    group = next(
        group
        for group in groups_of(m for m in measures if m.level == measure.level)
        if measure in group.measures
    )
    said = set()
    for chart in pictures_of(group.measures):
        said |= {chart.note, *chart.note.split(". "), *chart.series}
        said |= {"The scale may begin elsewhere than at zero."} if chart.low > 0 else set()
        for row in chart.rows:
            said |= {row.label, row.detail, row.verdict, *row.texts}
            said |= {row.detail.split(", ")[-1]}
    line = measure_tables([measure])[0].lines[0]
    said |= {line.baseline, line.outcome, line.change, line.verdict, line.words}
    conclusion = conclude(measure, results_of(measure))
    return said | {*conclusion.says, *conclusion.may, *conclusion.may_not}


@pytest.mark.parametrize(
    ("key", "named", "picture", "shown"), [case[2:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_hard_case_is_shown_as_the_page_tells(projects, key, named, picture, shown):
    name, _, group = named.partition(" / ")
    measures = projects[key]
    measure = next(m for m in measures if (m.name, m.group) == (name, group))

    assert kinds(measures)[measure.id] == picture
    missing = set(re.findall("`([^`]+)`", shown)) - everything_said(measure, measures)
    assert missing == set()


def test_every_row_of_the_page_is_tried():
    rows = (BASE / "docs" / "measures.md").read_text().partition("## Which picture")[0]

    assert len(CASES) == len(re.findall(r"^\|", rows, re.M)) - 2 == 30


def test_every_measure_of_the_real_projects_has_its_picture(projects):
    counted: dict[str, int] = {}
    for measures in projects.values():
        for kind in kinds(measures).values():
            counted[kind] = counted.get(kind, 0) + 1

    assert sum(counted.values()) == sum(map(len, projects.values())) == 197
    assert counted == {
        "bars": 44,
        "distribution": 1,
        "dumbbell": 6,
        "figure": 42,
        "slope": 8,
        "stacked": 17,
        "words": 79,
    }


def test_pictures_of_the_real_projects_tell_no_figure_that_rests_on_few_pupils(projects):
    told = [
        text
        for measures in projects.values()
        for chart in charts_of(measures)
        if chart.level == "pupil"
        for row in chart.rows
        for text in row.texts
    ]

    assert [text for text in told if re.fullmatch(r"[1-5]( (pupil|student)s?)?", text)] == []


def test_the_page_names_no_file_that_is_not_there():
    named = re.findall(r"`(\w+/[\w/]+)`", (BASE / "docs" / "measures.md").read_text())

    assert [name for name in named if not any(Path(BASE).glob(f"{name}*"))] == []
