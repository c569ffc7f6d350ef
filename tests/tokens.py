"""Programs that ask in somebody's name."""

from django.http import HttpResponse
from django.test import Client

from alliances.actions import make_token
from alliances.models import User


class Program:
    """Asks with a token of a person, or with none."""

    client = Client()

    def __init__(self, person: User | None):
        self.headers = {}
        if person:
            _, secret = make_token(person=person, name="A notebook", days=30)
            self.headers = {"Authorization": f"Bearer {secret}"}

    def ask(self, url: str, method: str = "GET", **headers: str) -> HttpResponse:
        self.client.cookies.clear()
        return self.client.generic(method, url, headers={**self.headers, **headers})
