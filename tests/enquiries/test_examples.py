"""Examples beside hard questions: of questions that are asked, from published projects."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from alliances.content import words
from enquiries.sheets import catalogue
from tests.world import DEMO

EXAMPLES = words("enquiries", "examples").values()


@pytest.mark.parametrize("item", EXAMPLES, ids=lambda item: item.code)
def test_example_is_of_a_question_that_a_form_asks(item):
    asked = {sheet.form.wording[1]: sheet.form for sheet in catalogue()}

    assert item.extra["field"] in asked[item.extra["form"]].base_fields


def test_every_example_names_a_published_project():
    files = [json.loads(path.read_text()) for path in (DEMO / "enquiries").glob("*.json")]
    published = set(re.findall(r'"name": "([^"]*)"', json.dumps(files, ensure_ascii=False)))

    assert {item.title for item in EXAMPLES} - published == set()


@pytest.mark.parametrize(
    ("slug", "questions"),
    [
        ("trial", ["What was done", "What was experienced", "Recommendation"]),
        ("leadership", ["What you learnt", "What went well", "What did not work"]),
        ("help", []),
    ],
)
def test_form_shows_its_examples_in_the_order_of_its_questions(as_person, world, slug, questions):
    page = as_person("leah").get(reverse("sheet-new", args=[world.enquiry.pk, slug]), follow=True)

    told = re.findall(
        r"<dt><strong>([^<]*)</strong></dt>\s*<dd>[^<]*<span class=\"detail\">",
        page.content.decode(),
    )
    assert [unescape(question) for question in told] == questions
