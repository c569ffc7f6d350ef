"""Forms by keyboard, and forms sent back with their errors."""

from urllib.parse import urlsplit


def test_trial_is_logged_with_the_keyboard_alone(sign_in):
    leah = sign_in("leah")
    tab_to(leah, "A trial in class")
    go(leah)
    answers = {
        "Day": "9",
        "Month": "3",
        "Year": "2026",
        "Strategy tried": "Silent debate",
        "Class or cohort (optional)": "Year 9",
        "What was done": "Pupils wrote first.",
        "What was experienced": "They all wrote.",
        "Reflection": "Writing helps.",
        "Recommendation": "Keep it.",
    }
    for label, answer in answers.items():
        tab_to(leah, label)
        leah.page.keyboard.type(answer)
    tab_to(leah, "Save trial")
    go(leah)

    leah.says("Trial: saved.")
    leah.says("Silent debate")


def tab_to(visitor, name: str):
    """Press Tab until the thing of this name has the focus; fail after a whole round."""
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate(NAME_OF_FOCUSED) == name:
            return
    raise AssertionError(f"Tab does not reach {name!r}")


NAME_OF_FOCUSED = """() => {
  const focused = document.activeElement;
  return (focused.labels?.[0] ?? focused).innerText.trim();
}"""


def go(visitor):
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.look()


def test_empty_forms_come_back_with_the_focus_on_what_is_wrong(sign_in):
    leah = sign_in("leah")
    enquiry = urlsplit(leah.page.url).path
    found = {}

    for link, button in FORMS.items():
        leah.follow(link, exact=True)
        leah.press(button)
        leah.page.locator(".govuk-error-summary:focus").wait_for()
        errors = leah.page.locator(".govuk-error-summary__list a")
        found[link] = errors.count()
        errors.last.click()
        assert leah.page.evaluate("document.activeElement.matches('input, select, textarea')")
        leah.open(enquiry)

    assert found == {
        "A trial in class": 6,
        "A measure": 5,
        "Leadership learning": 2,
        "Ask for help": 1,
    }


FORMS = {
    "A trial in class": "Save trial",
    "A measure": "Save measure",
    "Leadership learning": "Save entry",
    "Ask for help": "Ask",
}
