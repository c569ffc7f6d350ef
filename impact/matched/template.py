"""The empty spreadsheet that matched scores are filled into."""

from alliances.content import words
from impact.matched.reading import ARMS, CODES, HEADINGS
from impact.models import MatchedSet
from impact.spreadsheets.writing import add_sheet, bytes_of, csv_of, new_book, offer_list

ROWS_WITH_LISTS = 2000


def csv_template(_matched_set: MatchedSet) -> bytes:
    """The headings alone."""
    return csv_of([HEADINGS.values()])


def xlsx_template(matched_set: MatchedSet) -> bytes:
    """A sheet to fill in, and one that says how."""
    book = new_book()
    scores = add_sheet(book, "Scores", [HEADINGS.values()], [16] * len(HEADINGS))
    offer_list(scores, CODES.index("arm"), f'"{",".join(ARMS)}"', ROWS_WITH_LISTS)
    add_sheet(book, "How to fill in", _instructions(matched_set), [30, 100])
    return bytes_of(book)


def _instructions(matched_set: MatchedSet) -> list[list[str]]:
    columns = words("impact", "columns")
    measure = matched_set.measure
    return [
        ["Column", "What to enter"],
        *([HEADINGS[code], columns[f"column-{code}"].text] for code in CODES),
        [
            "Any other column",
            "A group, such as Pupil premium: yes or no for each person, empty where not known",
        ],
        ["", ""],
        ["Measure", f"{measure}, {measure.unit}".rstrip(", ")],
        ["School", str(matched_set.participation.school)],
        ["", ""],
        ["Names", "Never. Keep the key of the pseudonyms in the school, and not on this site"],
        ["Formulas", "Paste values in their place; a cell that holds a formula is refused"],
    ]
