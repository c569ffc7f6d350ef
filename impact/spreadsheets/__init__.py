"""Spreadsheets in and out: one door for all of them, whatever they hold."""
