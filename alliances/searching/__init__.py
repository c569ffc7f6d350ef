"""Finds what somebody may read, by the words that they would read there."""
