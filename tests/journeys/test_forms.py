"""Forms sent back with their errors."""

from urllib.parse import urlsplit


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
