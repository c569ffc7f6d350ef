"""Findings of a programme: worded by its national team, affirmed or not by those who took part."""
