"""Clients that write over HTTP as browsers do, and try again what was not accepted."""

import contextlib
import http.client
import random
import re
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import uuid4

from config.drills.population import Person

KINDS = ("case-study", "interim-report", "final-report", "poster", "overview")
CSRF = "drill" * 6 + "ab"
BOUNDARY = "drill-boundary"
ANSWER_WITHIN = 30
ACCEPTED_WITHIN = 300
PAUSE = 0.2
REPORT = re.compile(r"/reports/(\d+)/$")


def post(person: Person, path: str, body: bytes, kind: str) -> str:
    """Where an accepted request leads; an empty string where it was not, for whatever reason."""
    connection = http.client.HTTPConnection("127.0.0.1", person.port, timeout=ANSWER_WITHIN)
    cookies = f"sessionid={person.session}; csrftoken={CSRF}"
    headers = {"Content-Type": kind, "Cookie": cookies, "Host": f"localhost:{person.port}"}
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        leads_to = answer.getheader("Location", "")
        if answer.status == HTTPStatus.FOUND and "/accounts/" not in leads_to:
            return leads_to
    return ""


def save_form(person: Person, words: str, key: str) -> bool:
    """Save a challenge as a record of its own; whether it was accepted."""
    fields = {"challenge": words, "kind": "", "response": "", "seen": "", "owner": "", "helped": ""}
    body = urlencode({**fields, "csrfmiddlewaretoken": CSRF}).encode()
    path = f"/enquiries/{person.enquiry}/forms/challenge/{key}/"
    return bool(post(person, path, body, "application/x-www-form-urlencoded"))


def attach(person: Person, caption: str, submission: str, content: bytes) -> bool:
    """Attach a text file to a form; whether it was accepted."""
    fields = {"csrfmiddlewaretoken": CSRF, "caption": caption, "submission": submission}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {**fields, "readers": "everybody"}.items()
    ]
    parts.append(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=file; filename=notes.txt\r\n"
        "Content-Type: text/plain\r\n\r\n".encode()
    )
    body = b"".join([*parts, content, f"\r\n--{BOUNDARY}--\r\n".encode()])
    path = f"/enquiries/{person.enquiry}/forms/challenge/{person.record}/evidence/new/"
    return bool(post(person, path, body, f"multipart/form-data; boundary={BOUNDARY}"))


def ask(person: Person, kind: str) -> int:
    """Ask for a report on the person's enquiry; its number, 0 where it was not accepted."""
    body = urlencode({"csrfmiddlewaretoken": CSRF}).encode()
    path = f"/enquiries/{person.enquiry}/reports/{kind}/"
    found = REPORT.search(post(person, path, body, "application/x-www-form-urlencoded"))
    return int(found[1]) if found else 0


def ask_for_all(people: list[Person], luck: random.Random) -> list[int]:
    """Each person asks for each kind, in any order and again until it is accepted; the reports."""
    wanted = [(person, kind) for person in people for kind in KINDS]
    luck.shuffle(wanted)
    with ThreadPoolExecutor(4) as clients:
        return list(clients.map(lambda each: _until(lambda: ask(*each)), wanted))


def _until(accepted: Callable[[], int], seconds: float = ACCEPTED_WITHIN) -> int:
    deadline = time.monotonic() + seconds
    while not (found := accepted()):
        if time.monotonic() > deadline:
            raise TimeoutError("nothing was accepted any more")
        time.sleep(PAUSE)
    return found


class Writers:
    """People who save one form after another, each again until it is accepted."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people
        self._stop = threading.Event()
        self.accepted: list[str] = []

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """They write as long as the block lasts."""
        with ThreadPoolExecutor(len(self._people)) as clients:
            working = [clients.submit(self._write, person) for person in self._people]
            try:
                yield
            finally:
                self._stop.set()
        for each in working:
            each.result()

    def _write(self, person: Person) -> None:
        while not self._stop.is_set():
            words, key = f"Words {uuid4()}", str(uuid4())
            while not self._stop.is_set():
                if save_form(person, words, key):
                    self.accepted.append(words)
                    break
                time.sleep(PAUSE)


class Attachers:
    """People who attach files until so many in a row are refused; then the first again."""

    def __init__(self, people: list[Person], luck: random.Random, size: int) -> None:
        self._people, self._luck, self._size = people, luck, size
        self.accepted: dict[str, str] = {}
        self.refused: list[tuple[Person, str, str, bytes]] = []

    def attach(self, files: int) -> None:
        """So many more files, by people in turn; what is refused waits."""
        for number in range(files):
            text = b64encode(self._luck.randbytes(self._size))
            person = self._people[number % len(self._people)]
            self._send((person, f"File {uuid4()}", str(uuid4()), text))

    def attach_refused(self) -> None:
        """Everything again that was refused, until it is accepted or a long time has passed."""
        deadline = time.monotonic() + ACCEPTED_WITHIN
        while self.refused and time.monotonic() < deadline:
            waiting, self.refused = self.refused, []
            for each in waiting:
                self._send(each)

    def _send(self, sent: tuple[Person, str, str, bytes]) -> None:
        _, caption, _, content = sent
        if attach(*sent):
            self.accepted[caption] = sha256(content).hexdigest()
        else:
            self.refused.append(sent)
