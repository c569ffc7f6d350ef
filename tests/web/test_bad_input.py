"""Odd addresses, and files of imports and spreadsheets at random, are refused and break nothing."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as setting
from hypothesis import strategies as st

from impact.exchange.faults import Faulty, read
from impact.exchange.schema import EnquiryDoc, ProgrammeDoc
from impact.spreadsheets.tables import Unreadable, table_of


@pytest.mark.parametrize("name", ["q", "page", "next", "cycle"])
@pytest.mark.parametrize("odd", ["%00", "%ED%A0%80", "%FF", "9" * 40, "-1"])
def test_odd_query_breaks_no_page(world, as_person, name, odd):
    leah = as_person("leah")
    urls = ["/", reverse("enquiry", args=[world.enquiry.pk]), "/case-studies/", "/accounts/login/"]

    found = {leah.get(f"{url}?{name}={odd}").status_code for url in urls}

    assert found <= ({400} if odd == "%00" else {200, 302, 404})


@pytest.mark.parametrize("path", ["/invitations/%00/", "/case-studies/%00/", "/%00", "/static/%00"])
def test_nul_in_an_address_is_refused_in_words(db, path):
    response = Client().get(path)

    assert response.status_code == 400
    assert "could not read what was sent" in response.content.decode()


@pytest.mark.parametrize("url", ["/accounts/login/", "/accounts/password/reset/"])
def test_nul_sent_by_nobody_is_refused_in_words(db, url):
    response = Client().post(url, {"login": "a\0@example.org", "email": "a\0@example.org"})

    assert response.status_code == 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)
OFTEN = setting(max_examples=60, deadline=None, derandomize=True)


@OFTEN
@given(content=st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_file_of_an_import_is_read_or_every_fault_is_told(content):
    for schema in (EnquiryDoc, ProgrammeDoc):
        try:
            read(content, schema)
        except Faulty as faulty:
            told = faulty.faults
        else:
            told = ["nothing: it was read"]
        assert told != []


@OFTEN
@given(
    content=st.binary(max_size=300)
    | st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=5).map(
        lambda rows: "\n".join(",".join(row) for row in rows).encode(errors="surrogatepass")
    )
    | st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest)
)
def test_spreadsheet_is_read_or_refused_in_words(content):
    try:
        told = repr(table_of(content))
    except Unreadable as refused:
        told = str(refused)

    assert told != ""
