"""Everything that somebody may see, to take along: the same that programs are told, as files."""
