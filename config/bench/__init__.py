"""`./run bench`: what things cost, each as a ratio to something else in the same run."""

import sys

from config.checks import environment_of_tests
from config.processes import StackError, run_in_foreground
from config.sharing import BASE

ON_TABLES = ("dashboard", "upload", "history", "register")
REPORTS = "reports"  # needs no database
PAGES, MEMORY = "pages", "memory"  # start the site with servers of its own


def bench(arguments: list[str]) -> int:
    """Time what is named; what works on tables takes no further arguments."""
    name = arguments[0] if arguments else ""
    known = (*ON_TABLES, PAGES, MEMORY, REPORTS)
    if name not in known or (name in ON_TABLES and arguments[1:]):
        raise StackError(f"name what to time: {', '.join(known)}.")
    if name in (PAGES, MEMORY):
        from config.bench import pages

        return getattr(pages, name)(arguments[1:])
    program = "config.bench.reports" if name == REPORTS else "config.bench.tables"
    with environment_of_tests() as environment:
        environment["PYTHONPATH"] = str(BASE)
        return run_in_foreground([sys.executable, "-m", program, *arguments], environment, BASE)
