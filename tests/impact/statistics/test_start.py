"""Packages that take seconds to load are loaded when a figure is first asked for."""

import subprocess
import sys

SITE = """
import sys, django
django.setup()
import config.urls
from impact.statistics import Share, share
print({"numpy", "scipy", "statsmodels"} & set(sys.modules))
share(Share(1, 2))
print(sorted({"numpy", "scipy", "statsmodels"} & set(sys.modules)))
"""


def test_site_starts_without_the_packages_of_statistics():
    done = subprocess.run([sys.executable, "-c", SITE], capture_output=True, text=True)

    assert done.stdout.splitlines() == ["set()", "['numpy', 'scipy', 'statsmodels']"]
