"""The alliances of a programme as a list, and what is done to many of them at once."""
