"""Scores of the same people before and after, matched by pseudonyms, without a name anywhere."""
