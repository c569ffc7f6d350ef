"""Runs one of the benches on a scratch database with empty tables."""

import importlib
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.test.utils import get_runner

    django.setup()
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    name = sys.argv[1]
    try:
        getattr(importlib.import_module(f"config.bench.{name}"), name)()
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
