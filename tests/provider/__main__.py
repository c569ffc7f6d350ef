"""Makes the provider's people and its one client, then serves."""

import django
from django.conf import settings
from django.core.management import call_command

from tests.provider import CLIENT_ID, CLIENT_SECRET, PASSWORD

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402 - the settings come first
from allauth.idp.oidc.models import Client  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402

call_command("migrate", verbosity=0)
for person in settings.GIVEN["people"]:
    first, _, last = person["name"].partition(" ")
    user = User.objects.create_user(
        person["email"], person["email"], PASSWORD, first_name=first, last_name=last
    )
    EmailAddress.objects.create(
        user=user, email=person["email"], verified=person["verified"], primary=True
    )
client = Client(
    id=CLIENT_ID,
    name="Alliance Enquiry",
    scopes="openid\nprofile\nemail",
    grant_types="authorization_code",
    redirect_uris=settings.GIVEN["way_back"],
    skip_consent=True,
)
client.set_secret(CLIENT_SECRET)
client.save()
call_command(
    "runserver", f"127.0.0.1:{settings.GIVEN['port']}", use_reloader=False, skip_checks=True
)
