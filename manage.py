#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line


def main(words: list[str]) -> None:
    """Run a command; what it writes is put down to its name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from alliances.history import doing

    with doing(by=lambda: None, page=lambda: " ".join(["command", *words[1:2]])):
        execute_from_command_line(words)


if __name__ == "__main__":
    main(sys.argv)
