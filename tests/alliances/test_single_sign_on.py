"""Single sign-on at a real provider: who gets in, who does not, and what becomes of the rest."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from alliances import actions
from alliances.models import Invitation, User
from alliances.roles import Role
from alliances.signing_in.second_factor import lacks_one
from config import single_sign_on
from config.stack import free_port
from tests.alliances.authenticator import enrol, sign_in
from tests.provider import CLIENT_ID, CLIENT_SECRET, provider

NAME = "Schools Sign-in"
START = "openid_connect_login"
PEOPLE = [
    {"email": "leah@example.org", "name": "Leah M", "verified": True},
    {"email": "tom@example.org", "name": "Tom A", "verified": False},
    {"email": "sid@example.org", "name": "Sid M", "verified": True},
    {"email": "owen@example.org", "name": "Owen P", "verified": True},
    {"email": "nina@example.org", "name": "Nina Ost", "verified": True},
    {"email": "other@example.org", "name": "Leah Elsewhere", "verified": True},
]


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    way_back = "http://testserver/accounts/oidc/provider/login/callback/"
    with provider(tmp_path_factory.mktemp("provider"), PEOPLE, way_back) as started:
        yield started


def use(settings, url: str, **more) -> None:
    """Name the provider as the environment would."""
    settings.OIDC = {
        "provider_id": "provider",
        "name": NAME,
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": url, "verified_email": False, **more},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [settings.OIDC]}
    }


@pytest.fixture
def clock():
    """Both processes tell the same time: the real one."""


@pytest.fixture
def known(there, settings, world, monkeypatch):
    """The provider, named in the settings."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    use(settings, there.url)
    return there


def start(browser: Client, process: str = "login"):
    return browser.post(f"{reverse(START, args=['provider'])}?process={process}")


def come_back(browser: Client, there, email: str, process: str = "login"):
    """Press the button, sign in at the provider, come back."""
    way_back = there.signs_in(start(browser, process).url, email)
    return browser.get(way_back.removeprefix("http://testserver"))


def who(browser: Client) -> str | None:
    key = browser.session.get("_auth_user_id")
    return key and User.objects.get(pk=key).name


def test_account_with_the_same_verified_address_is_signed_in(known):
    leah = Client()

    response = come_back(leah, known, "leah@example.org")

    assert (response.status_code, response.url) == (302, reverse("home"))
    assert who(leah) == "Leah Marsh"


def test_second_time_works_though_the_address_here_has_changed(known, world):
    come_back(Client(), known, "leah@example.org")
    User.objects.filter(email="leah@example.org").update(email="marsh@example.org")
    EmailAddress.objects.filter(email="leah@example.org").update(email="marsh@example.org")
    leah = Client()

    come_back(leah, known, "leah@example.org")

    assert who(leah) == "Leah Marsh"


def test_address_the_provider_has_not_verified_opens_nothing(known):
    tom = Client()

    response = come_back(tom, known, "tom@example.org")

    assert response.status_code == 403
    assert (who(tom), SocialAccount.objects.count()) == (None, 0)


def test_provider_that_verifies_every_address_may_be_trusted_with_it(known, there, settings):
    use(settings, there.url, verified_email=True)
    tom = Client()

    come_back(tom, known, "tom@example.org")

    assert who(tom) == "Tom Abara"


def test_address_that_is_not_verified_here_opens_nothing(known):
    EmailAddress.objects.filter(email="leah@example.org").update(verified=False)
    somebody = Client()

    come_back(somebody, known, "leah@example.org")

    assert (who(somebody), SocialAccount.objects.count()) == (None, 0)
    assert User.objects.get(email="leah@example.org").has_usable_password()


def test_whoever_is_not_invited_is_told_so(known):
    nina = Client()

    response = come_back(nina, known, "nina@example.org")

    assert "You need an invitation" in response.content.decode()
    assert (who(nina), User.objects.filter(email="nina@example.org").exists()) == (None, False)


def invited(world) -> Invitation:
    return actions.invite(
        email="Nina@example.org", role=Role.HEI_PARTNER, scope=world.abbot, by=world.person("leah")
    )


@pytest.mark.parametrize("follows_the_link", [True, False])
def test_invitation_makes_an_account_with_the_role(follows_the_link, known, world):
    invitation = invited(world)
    nina = Client()
    if follows_the_link:
        nina.get(reverse("invitation", args=[invitation.token]))

    come_back(nina, known, "nina@example.org")

    person = User.objects.get(email="nina@example.org")
    assert (who(nina), person.name, person.has_usable_password()) == ("Nina Ost", "Nina Ost", False)
    assert [(held.role, held.alliance) for held in person.assignments.all()] == [
        ("hei-partner", world.abbot)
    ]
    assert EmailAddress.objects.get(user=person).verified


def test_invitation_of_somebody_else_opens_nothing(known, world):
    invitation = invited(world)
    other = Client()
    other.get(reverse("invitation", args=[invitation.token]))

    come_back(other, known, "other@example.org")

    assert (who(other), User.objects.filter(email="other@example.org").exists()) == (None, False)


def test_suspended_account_stays_shut(known):
    sid = Client()

    response = come_back(sid, known, "sid@example.org")

    assert (response.url, who(sid)) == (reverse("account_inactive"), None)


def test_account_elsewhere_is_connected_under_the_same_address_only(known):
    leah = sign_in("leah")

    refused = come_back(leah, known, "other@example.org", process="connect")
    before = SocialAccount.objects.count()
    come_back(leah, known, "leah@example.org", process="connect")

    assert (refused.status_code, before) == (403, 0)
    assert [each.user.name for each in SocialAccount.objects.all()] == ["Leah Marsh"]


def test_second_step_is_asked_after_the_provider_too(known, settings):
    settings.SECOND_FACTOR_ROLES = ["national-team"]
    owen = Client()

    come_back(owen, known, "owen@example.org")

    assert owen.get(reverse("mail")).url == reverse("mfa_index")


def test_second_step_of_ones_own_is_asked_after_the_provider(known):
    enrol(sign_in("owen"))
    owen = Client()

    response = come_back(owen, known, "owen@example.org")

    assert (response.url, who(owen)) == (reverse("mfa_authenticate"), None)


def test_provider_that_asks_for_the_second_step_itself_is_enough(known, settings, world):
    settings.SECOND_FACTOR_ROLES = ["national-team"]
    settings.OIDC_HAS_SECOND_FACTOR = True
    owen, by_password = Client(), sign_in("owen")

    come_back(owen, known, "owen@example.org")

    assert lacks_one(world.person("owen"))
    assert owen.get(reverse("mail")).status_code == 200
    assert by_password.get(reverse("mail")).url == reverse("mfa_index")


def test_provider_that_is_down_gets_a_plain_page(known, settings):
    use(settings, f"http://127.0.0.1:{free_port()}")

    response = start(Client())

    assert response.status_code == 503
    assert f"{NAME} did not answer as it should." in response.content.decode()


def test_provider_that_fails_on_the_way_back_gets_a_plain_page(known, there, settings):
    leah = Client()
    way_back = there.signs_in(start(leah).url, "leah@example.org")
    use(settings, f"http://127.0.0.1:{free_port()}")

    response = leah.get(way_back.removeprefix("http://testserver"))

    assert (response.status_code, who(leah)) == (503, None)


def test_way_back_of_another_browser_opens_nothing(known):
    way_back = known.signs_in(start(Client()).url, "leah@example.org")
    somebody = Client()

    somebody.get(way_back.removeprefix("http://testserver"))

    assert who(somebody) is None


def test_button_is_there_only_where_a_provider_is_named(known, settings):
    with_one = Client().get(reverse("account_login")).content.decode()
    settings.OIDC = {}
    settings.SOCIALACCOUNT_PROVIDERS = {}
    without = Client().get(reverse("account_login")).content.decode()

    button = f"Sign in with {NAME}"
    assert (with_one.count(button), without.count(button)) == (1, 0)
    assert start(Client()).status_code == 404


def test_proof_key_goes_with_the_question(known):
    assert "code_challenge_method=S256" in start(Client()).url


WHOLE = {
    "OIDC_NAME": NAME,
    "OIDC_SERVER_URL": "https://sign-in.example/",
    "OIDC_CLIENT_ID": "enquiry",
    "OIDC_SECRET": "s",
}


def test_environment_names_the_provider(monkeypatch):
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OIDC_ORIGINS", "https://help.sign-in.example")

    assert single_sign_on.provider() == {
        "provider_id": "provider",
        "name": NAME,
        "client_id": "enquiry",
        "secret": "s",
        "settings": {"server_url": "https://sign-in.example", "verified_email": False},
    }
    assert single_sign_on.origins() == ["https://sign-in.example", "https://help.sign-in.example"]


def test_half_a_provider_is_an_error(monkeypatch):
    monkeypatch.setenv("OIDC_NAME", NAME)

    with pytest.raises(ImproperlyConfigured, match="Set OIDC_SERVER_URL and OIDC_CLIENT_ID and"):
        single_sign_on.provider()
