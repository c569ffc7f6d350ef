"""Which passwords are refused: short ones, common ones, and those stolen elsewhere."""

import hashlib
import io
import random

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client
from django.urls import reverse

from alliances.signing_in.passwords import BreachedPasswordValidator, holds
from tests.world import PASSWORD

STOLEN = [f"a stolen password {number}" for number in range(200)]


def digest(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


def list_of(folder, passwords, *, ending="\n", count=True) -> str:
    """A sorted file of hashes, with or without how often each was seen."""
    seen = random.Random(7)
    lines = sorted(digest(each) for each in passwords)
    counted = [f"{line}:{seen.randrange(1, 10 ** seen.randrange(1, 8))}" for line in lines]
    path = folder / "stolen.txt"
    path.write_text(
        "".join(f"{line}{ending}" for line in (counted if count else lines)), newline=""
    )
    return str(path)


def refused(validator: BreachedPasswordValidator, password: str) -> bool:
    try:
        validator.validate(password)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("ending", "count"), [("\n", True), ("\r\n", True), ("\n", False)], ids=["lf", "crlf", "bare"]
)
@pytest.mark.parametrize("size", [1, 2, 3, 200])
def test_every_stolen_password_is_found_and_no_other(size, ending, count, tmp_path):
    path = list_of(tmp_path, STOLEN[:size], ending=ending, count=count)
    validator = BreachedPasswordValidator(path)

    found = [password for password in STOLEN if refused(validator, password)]

    assert found == STOLEN[:size]


def test_list_without_a_last_line_end_is_read_to_its_end(tmp_path):
    path = tmp_path / "stolen.txt"
    path.write_text("\n".join(sorted(map(digest, STOLEN))))
    validator = BreachedPasswordValidator(str(path))

    assert [refused(validator, password) for password in STOLEN] == [True] * len(STOLEN)


def test_empty_list_refuses_nothing(tmp_path):
    (tmp_path / "stolen.txt").touch()

    assert not refused(BreachedPasswordValidator(str(tmp_path / "stolen.txt")), STOLEN[0])


class CountingLines(io.BytesIO):
    """A file that counts the lines asked of it."""

    asked = 0

    def readline(self, *size):
        self.asked += 1
        return super().readline(*size)


def test_large_list_is_searched_not_read():
    """Of 50,000 lines at most two for each halving of the bytes are read."""
    hashes = sorted(digest(str(number)) for number in range(50_000))
    lines = CountingLines("".join(f"{each}:1\n" for each in hashes).encode())

    found = [holds(lines, each.encode()) for each in (hashes[0], hashes[-1], digest("none"))]

    assert found == [True, True, False]
    assert lines.asked <= 3 * 2 * (len(lines.getvalue()).bit_length() + 1)


def test_list_that_is_missing_is_an_error_at_the_start(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="BREACHED_PASSWORDS names no file"):
        BreachedPasswordValidator(str(tmp_path / "none.txt"))


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("quiet tea", "This password is too short. It must contain at least 10 characters."),
        ("password123", "This password is too common."),
        ("leah@example.org", "The password is too similar to the email."),
        (
            STOLEN[0],
            "This password has been stolen from another site. Choose one you use nowhere else.",
        ),
    ],
    ids=["short", "common", "like the address", "stolen"],
)
def test_password_that_is_easily_guessed_is_refused_with_the_reason(
    password, told, world, settings, tmp_path
):
    *usual, breached = settings.AUTH_PASSWORD_VALIDATORS
    with_list = {**breached, "OPTIONS": {"path": list_of(tmp_path, STOLEN)}}
    settings.AUTH_PASSWORD_VALIDATORS = [*usual, with_list]
    leah = Client()
    leah.post(reverse("account_login"), {"login": "leah@example.org", "password": PASSWORD})

    response = leah.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    assert response.context["form"].errors == {"password1": [told]}
