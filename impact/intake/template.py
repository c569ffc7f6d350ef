"""The empty spreadsheet that alliances are filled into."""

from alliances.models import Programme
from impact.intake.layout import CODES, COHORT, EXPLAINED, HEADINGS, THEME
from impact.spreadsheets.writing import add_sheet, bytes_of, csv_of, new_book, offer_list

ROWS_WITH_LISTS = 1000
WIDTH = 24


def csv_template(_programme: Programme) -> bytes:
    """The headings, and a row that says what to enter; that row is passed over when it is read."""
    return csv_of(_lines())


def xlsx_template(programme: Programme) -> bytes:
    """A sheet to fill in, and one that says how, with the programme's themes and cohorts."""
    book = new_book()
    sheet = add_sheet(book, "Alliances", _lines(), [WIDTH] * len(CODES))
    for code, rows in ((COHORT, programme.cohorts), (THEME, programme.themes)):
        numbers = ",".join(str(row.number) for row in rows.all())
        if numbers:
            offer_list(sheet, CODES.index(code), f'"{numbers}"', ROWS_WITH_LISTS)
    add_sheet(book, "How to fill in", _instructions(programme), [30, 100])
    return bytes_of(book)


def _lines() -> list[list[str]]:
    return [list(HEADINGS.values()), list(EXPLAINED.values())]


def _instructions(programme: Programme) -> list[list[str]]:
    return [
        ["Column", "What to enter"],
        *([HEADINGS[code], EXPLAINED[code]] for code in CODES),
        ["", ""],
        ["Rows", "One row for each alliance. The row of explanations may stay or go"],
        ["Empty cells", "Leave as it is what the programme has already"],
        ["The same file again", "Changes nothing. So mend it and send it as often as you like"],
        ["Formulas", "Paste values in their place; a cell that holds a formula is refused"],
        ["", ""],
        *(["Cohort", f"{cohort.number}: {cohort.joined}"] for cohort in programme.cohorts.all()),
        *(["Theme", f"{theme.number}: {theme.title}"] for theme in programme.themes.all()),
        *(["Cluster", cluster.name] for cluster in programme.clusters.all()),
    ]
