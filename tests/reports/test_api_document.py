"""The OpenAPI document is true: what it allows is answered as it says, all else refused."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as bounds
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import ignored_auth

from reports.api.addresses import ADDRESSES
from reports.api.openapi import document
from tests.access.of_programs import FOR_PROGRAMS
from tests.tokens import Program

PLACES = {page.name: page for page in FOR_PROGRAMS}
HERE = "http://testserver"
ENDLESS = 10**6
# A test lives in one transaction, and its fixtures serve all the examples.
TRIED = bounds(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# It would ask anew, over a network; tests/access asks without a token.
BY_NETWORK = [ignored_auth]


def answer_to(case, program: Program, there: str | None) -> Response:
    """What the program gets, about what is there or about what the case names."""
    wanted = case.as_transport_kwargs(base_url=HERE)
    url = f"{HERE}{there}" if there else wanted["url"]
    asked = requests.Request(wanted["method"], url, params=wanted["params"]).prepare()
    got = program.ask(asked.url.removeprefix(HERE), asked.method)
    headers = {name: [value] for name, value in got.headers.items()}
    return Response(got.status_code, headers, got.content, asked, elapsed=0, verify=False)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_answers_are_what_the_document_says(address, world, settings):
    """Allowed and spoilt questions, about what is there and about any number."""
    settings.API_CALLS_A_MINUTE = ENDLESS
    there, program = PLACES[address.name].url(world), Program(world.person("leah"))
    named = schemathesis.openapi.from_dict(document())[address.route_in_braces]["GET"]

    @TRIED
    @given(case=named.as_strategy(), is_there=strategies.booleans())
    def ask(case, is_there):
        answer = answer_to(case, program, there if is_there else None)
        case.validate_response(answer, excluded_checks=BY_NETWORK)

    ask()
