"""The case study as its writers tell it: what it may show, what hinders it, where it stands."""
