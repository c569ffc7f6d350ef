"""Alliances that the national team brings in by spreadsheet, many at once."""
