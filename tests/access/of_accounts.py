"""The account pages of allauth, which are about oneself alone, and what their addresses need."""

from reports.guards import GUARDS

KEYS = {
    "account_confirm_email": ["no-such-key"],
    "account_reset_password_from_key": ["1", "no-such-key"],
    "mfa_edit_webauthn": [1],
    "mfa_remove_webauthn": [1],
    "openid_connect_login": ["provider"],
    "openid_connect_callback": ["provider"],
}
OF_ALLAUTH = ("account_", "mfa_", "socialaccount_", "openid_connect_")
ACCOUNT_PAGES = sorted(name for name in GUARDS if name.startswith(OF_ALLAUTH))
