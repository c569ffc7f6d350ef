"""`./run`: the platform as it is in production, on this machine, with the demonstration programme."""

import os
import secrets
import sys
from collections.abc import Callable

from config.processes import run_in_foreground
from config.sharing import BASE, LOCAL, private, shared_servers

MANAGE = [sys.executable, str(BASE / "manage.py")]
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def manage(arguments: list[str]) -> int:
    """manage.py with the servers up."""
    with shared_servers(" ".join(["manage", *arguments[:1]])) as urls:
        return run_in_foreground([*MANAGE, *arguments], local_environment(urls))


def local_environment(urls: dict[str, str]) -> dict[str, str]:
    """What the settings need on this machine, unless the environment says otherwise."""
    return {
        "DEBUG": "false",
        "HTTPS": "false",
        "SECRET_KEY": kept("secret-key", lambda: secrets.token_urlsafe(50)),
        "DEMO_PASSWORD": kept("demo-password", readable_password),
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(LOCAL / "mail"),
        "STATIC_ROOT": str(LOCAL / "static"),
        **os.environ,
        **urls,
    }


def kept(name: str, make: Callable[[], str]) -> str:
    """A secret of this checkout, made when first needed."""
    path = LOCAL / name
    try:
        with open(path, "x", opener=private) as file:
            file.write(make())
    except FileExistsError:
        pass
    return path.read_text()


def readable_password() -> str:
    """Easy to type, and long enough for the site's rules: bosira-kelumo-4821."""
    words = ["".join(map(secrets.choice, [CONSONANTS, VOWELS] * 3)) for _ in range(2)]
    return "-".join([*words, str(1000 + secrets.randbelow(9000))])
