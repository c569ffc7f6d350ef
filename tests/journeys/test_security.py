"""A second step set up and used in a browser: an app, and a passkey the browser holds."""

import pytest

from tests.alliances.authenticator import shown


@pytest.fixture
def passkeys():
    """A phone that agrees to everything, unless nobody touches it."""

    def attach(visitor, *, is_touched: bool = True) -> None:
        visitor.devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": is_touched,
        }
        visitor.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return attach


def test_facilitator_sets_up_an_app_before_anything_else(visit, settings, world):
    settings.SECOND_FACTOR_ROLES = ["facilitator"]
    faye = visit()
    faye.sign_in("faye")
    led_to = faye.heading
    faye.says("Set one up to go on.")
    faye.follow("Set up an authenticator app")
    secret = faye.page.locator(".typed-key").inner_text()
    faye.fill(Code_the_app_shows=shown(secret))
    faye.press("Set up the app")
    codes = faye.page.locator(".recovery-codes li").all_inner_texts()
    faye.follow("I have kept them: go on")
    home = faye.heading

    again = visit()
    again.sign_in("faye")
    asked = again.heading
    again.fill(Code=codes[0])
    again.press("Continue")

    assert (led_to, home, len(codes)) == ("Signing in and security", "What now", 10)
    assert (asked, again.heading) == ("Your second step", "What now")


def test_passkey_is_added_used_renamed_and_removed(sign_in, passkeys):
    leah = sign_in("leah")
    passkeys(leah)
    leah.follow("Security")
    leah.follow("Add a passkey")
    leah.fill(What_will_you_call_it="my phone")
    leah.press("Add the passkey")
    leah.says("Your recovery codes")
    leah.press("Sign out")

    leah.open("/accounts/login/")
    leah.press("Use a passkey")
    by_passkey = leah.heading
    leah.follow("Security")
    leah.follow("Manage passkeys")
    leah.says("my phone")
    leah.follow("Rename my phone")
    leah.fill(What_will_you_call_it="school phone")
    leah.press("Save name")
    leah.follow("Remove school phone")
    leah.press("Remove the passkey")

    assert by_passkey == "What now"
    leah.says("None yet.")


def test_passkey_is_the_second_step_after_the_password(sign_in, passkeys):
    leah = sign_in("leah")
    passkeys(leah)
    leah.open("/accounts/second-step/webauthn/add/")
    leah.press("Add the passkey")
    leah.press("Sign out")

    leah.sign_in("leah")
    asked = leah.heading
    leah.press("Use a passkey")

    assert (asked, leah.heading) == ("Your second step", "What now")


def test_phone_without_a_passkey_is_said_on_the_page(visit, passkeys):
    somebody = visit()
    passkeys(somebody)
    somebody.open("/accounts/login/")
    somebody.page.get_by_role("button", name="Use a passkey").click()

    somebody.page.get_by_text("The passkey was not used.").wait_for()


@pytest.mark.parametrize("is_touched", [True, False], ids=["without a passkey", "silent"])
def test_password_is_still_answered_after_a_passkey_was_asked_for(visit, passkeys, is_touched):
    somebody = visit()
    passkeys(somebody, is_touched=is_touched)
    somebody.open("/accounts/login/")
    with somebody.page.expect_response("**/webauthn/login/"):
        somebody.page.get_by_role("button", name="Use a passkey").click()
    somebody.fill(Email="leah@example.org")
    somebody.page.get_by_role("textbox", name="Password").fill("not her password")
    somebody.press("Sign in")

    somebody.page.locator(".govuk-error-summary:focus").wait_for()


def test_other_browser_is_signed_out_from_here(sign_in):
    here, there = sign_in("leah"), sign_in("leah")
    here.follow("Security")
    here.follow("See where you are signed in")
    here.page.get_by_role("button", name="Sign out there").click()
    here.says("is signed out.")

    there.open("/emails/")

    assert there.heading == "Sign in"


def test_security_without_script(sign_in):
    leah = sign_in("leah", script=False)
    leah.follow("Security")
    leah.follow("Set up an authenticator app")
    secret = leah.page.locator(".typed-key").inner_text()
    leah.fill(Code_the_app_shows=shown(secret))
    leah.press("Set up the app")
    leah.follow("Make new codes")
    leah.press("Make new codes")

    assert leah.heading == "Your recovery codes"


def test_pages_of_trust_stand_on_both_screens(sign_in, world):
    leah, owen = sign_in("leah"), sign_in("owen")
    leah.follow("Security")
    leah.follow("See what we hold about you")
    leah.follow("Why we keep it, and how long")
    for page in ("Cookies", "Accessibility statement"):
        leah.follow(page)
    owen.open(f"/programmes/{world.programme.pk}/")
    owen.follow("What was done, by whom")
    owen.open(f"/programmes/{world.programme.pk}/quoted/")
    owen.open(f"/programmes/{world.programme.pk}/erasure/")
    owen.write("The e-mail address they sign in with", "tom@example.org")
    owen.press("Show what it would do")

    assert (leah.heading, owen.heading) == ("Accessibility statement", "Erase Tom Abara?")


def test_opening_is_given_seen_and_ended(sign_in, world):
    owen, leah = sign_in("owen"), sign_in("leah")
    owen.open(f"/alliances/{world.abbot.pk}/")
    owen.follow("Open this alliance’s work")
    owen.fill(Why_do_you_need_to_read_it="A head rang us.")
    owen.press("Open it")
    leah.open(f"/alliances/{world.abbot.pk}/")
    leah.says("A head rang us.")
    leah.open(f"/alliances/{world.abbot.pk}/history/?kind=reads")
    leah.open(f"/enquiries/{world.enquiry.pk}/quoted/")

    assert leah.heading == "Reports that quote without consent"


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/no/such/page/", "Page not found"), ("/?q=%00", "The page could not read what was sent")],
)
def test_page_of_a_refusal_stands_on_both_screens(visit, path, heading):
    anybody = visit()
    anybody.open(path)
    anybody.wait_for(lambda: anybody.faults)
    anybody.forgive("Failed to load resource")

    assert anybody.heading == heading
