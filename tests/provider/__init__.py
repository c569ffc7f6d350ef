"""A real provider of single sign-on: a Django of its own, in its own process and database."""

import contextlib
import json
import os
import re
import sys
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

import requests

from config.processes import Child
from config.sharing import BASE
from config.stack import free_port

CLIENT_ID, CLIENT_SECRET = "alliance-enquiry", "a secret of two"
PASSWORD = "a password at the provider"
HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Provider:
    """Where it answers, and how to stop it."""

    url: str
    process: Child

    def signs_in(self, asked: str, email: str) -> str:
        """Somebody follows the way to the provider and signs in there; the way back."""
        browser = requests.Session()
        browser.trust_env = False
        page = browser.get(asked)
        token = HIDDEN.search(page.text)[1]
        data = {"csrfmiddlewaretoken": token, "login": email, "password": PASSWORD}
        answer = browser.post(page.url, data, headers={"Referer": page.url}, allow_redirects=False)
        while answer.is_redirect:
            there = urllib.parse.urljoin(answer.url, answer.headers["Location"])
            if not there.startswith(self.url):
                return there
            answer = browser.get(there, allow_redirects=False)
        raise AssertionError(f"{answer.status_code} at {answer.url}: {answer.text[:2000]}")


@contextlib.contextmanager
def provider(folder, people: list[dict], way_back: str) -> Iterator[Provider]:
    """Serve the people, each with an address, a name and whether the address is verified."""
    port = free_port()
    given = {"people": people, "way_back": way_back, "port": port, "folder": str(folder)}
    environment = {
        **{name: value for name, value in os.environ.items() if "DJANGO" not in name},
        "PROVIDER": json.dumps(given),
        "DJANGO_SETTINGS_MODULE": "tests.provider.settings",
    }
    with Child(
        "The provider",
        [sys.executable, "-m", "tests.provider"],
        log=folder / "provider.log",
        env=environment,
        cwd=BASE,
    ) as process:
        url = f"http://127.0.0.1:{port}"
        process.wait_until(lambda: _answers(url))
        yield Provider(url, process)


def _answers(url: str) -> bool:
    with contextlib.suppress(requests.ConnectionError), requests.Session() as browser:
        browser.trust_env = False
        return browser.get(f"{url}/.well-known/openid-configuration", timeout=5).ok
    return False
