"""One settings file, read from the environment; README.md lists the variables."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from config import environment, single_sign_on
from config.timetable import TIMETABLE

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = environment.items("CSRF_TRUSTED_ORIGINS")
# False only where the site is served over plain http on this machine.
HTTPS = environment.flag("HTTPS", default=True)
# How many proxies stand before the web process; what they say of a request is believed.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)

# Where the links of e-mails lead.
SITE_URL = environment.text("SITE_URL").rstrip("/")

SERVICE_NAME = "Alliance Enquiry"
AGENCY_NAME = environment.text("AGENCY_NAME", "National College for Teaching and Leadership")
AGENCY_SHORT_NAME = environment.text("AGENCY_SHORT_NAME", "NCTL")
# Where people write about their data and about what keeps them out of a page.
CONTACT_EMAIL = environment.text("CONTACT_EMAIL", "contact@localhost")
# Under which anybody may use what is published: its name, a space, its address. Empty for none.
PUBLICATION_LICENCE = environment.optional("PUBLICATION_LICENCE")
# Evidence: bytes of one file, files of one record of a form, bytes of all files of an enquiry.
EVIDENCE_LARGEST = environment.number("EVIDENCE_LARGEST", 10 * 1024 * 1024)
EVIDENCE_MOST = environment.number("EVIDENCE_MOST", 20)
EVIDENCE_TOTAL = environment.number("EVIDENCE_TOTAL", 1024**3)
# Bytes of one request. A file not far beyond what is taken is refused by its form, in its words.
LARGEST_REQUEST = 4 * EVIDENCE_LARGEST

INSTALLED_APPS = [
    "alliances",
    "enquiries",
    "impact",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "csp",
    "pgtrigger",
]

MIDDLEWARE = [
    "config.watch.requests.Watched",
    "config.headers.Headers",
    "config.headers.Policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.refusals.Refusals",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.languages.Spoken",
    "alliances.history.pages.PutDown",
    "alliances.signed_out.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alliances.signing_in.second_factor.SecondFactorFirst",
    "alliances.signing_in.confirming.ConfirmFirst",
    "alliances.signing_in.sessions.NoteUse",
    "alliances.signing_in.single_sign_on.ProviderSilent",
    "alliances.confirming.Recorded",
    "config.refusals.ButtonsOnly",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": ["config.languages.KeptByLanguage"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.service",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL"), conn_max_age=60, conn_health_checks=True
    )
}
# A database whose tables the tests copy, where there is one.
DATABASES["default"]["TEST"] = {"TEMPLATE": environment.optional("TEST_TEMPLATE")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "config.caching.CacheThatOutlivesRedis",
        # Not the broker's database: to empty a cache is to empty its database.
        "LOCATION": environment.optional("CACHE_URL") or environment.next_database(REDIS_URL),
        "KEY_PREFIX": "enquiry",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
    },
    "without-redis": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_without_redis",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is down must not hold up the page that asks for work: a sweep finds it later.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "max_retries": 1,
    # Two queues for what is first and what may wait; workers empty the first before the second.
    "priority_steps": [0, 9],
    "queue_order_strategy": "priority",
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
# Kilobytes; a process that joined a large report gives its memory back.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000
# Seconds. After the first a task is told to end and can say why; after the second it is killed.
CELERY_TASK_SOFT_TIME_LIMIT = environment.number("TASK_SECONDS", 840)
CELERY_TASK_TIME_LIMIT = CELERY_TASK_SOFT_TIME_LIMIT + 60
# Bytes that one process of a worker may take; 0 for no limit.
WORKER_MEMORY = environment.number("WORKER_MEMORY", 2 * 1024**3)
CELERY_BEAT_SCHEDULER = "config.schedule:Schedule"
CELERY_BEAT_SCHEDULE = TIMETABLE
CELERY_TIMEZONE = "Europe/London"

AUTH_USER_MODEL = "alliances.User"
AUTHENTICATION_BACKENDS = ["alliances.signing_in.coming_in.WithRoles"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "alliances.signing_in.passwords.BreachedPasswordValidator",
        "OPTIONS": {"path": environment.optional("BREACHED_PASSWORDS")},
    },
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("home")

ACCOUNT_ADAPTER = "alliances.signing_in.accounts.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "alliances.forms.NameOnSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "add_email": "alliances.signing_in.forms.NewAddress",
    "reauthenticate": "alliances.signing_in.forms.ConfirmingPassword",
}
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("home")
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SERVICE_NAME}: "
# Without a proxy that says who called, all people share one address.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# A whole school shares one address: generous per address, strict per account.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    # Codes of the second step count here too, under the account they are typed for.
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "300/m/ip,3/5m/key",
    "reset_password": "300/m/ip,3/5m/key",
    "reset_password_from_key": "300/m/ip",
    "signup": "300/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "library_search": "300/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}

# Pages that harm if it is not their person at the keyboard, some by what is sent alone or at one
# step: who they are is asked again, unless they have shown it in so many seconds.
CONFIRMED_AGAIN = {
    "held-file": {},
    "token-new": {},
    "account_email": {},
    "account_set_password": {},
    "mfa_activate_totp": {},
    "mfa_deactivate_totp": {},
    "mfa_add_webauthn": {},
    "mfa_edit_webauthn": {},
    "mfa_remove_webauthn": {},
    "mfa_view_recovery_codes": {},
    "mfa_download_recovery_codes": {},
    "mfa_generate_recovery_codes": {},
    "socialaccount_connections": {},
    "role-change": {},
    "hand-over": {},
    "assignment-end": {},
    "erasure": {},
    "matched-delete": {},
    "support-give": {},
    "support-invitation": {"method": "POST"},
    "support-second-step": {},
    "case-study-step": {"slug": "withdraw"},
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True

OIDC = single_sign_on.provider()
# Whether the provider asks for a second step itself.
OIDC_HAS_SECOND_FACTOR = environment.flag("OIDC_HAS_SECOND_FACTOR", default=False)
SOCIALACCOUNT_ADAPTER = "alliances.signing_in.single_sign_on.InvitedOnlySocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [OIDC] if OIDC else []}
}

# The second step of signing in. Whoever holds one of these roles must have one.
FACTOR_FOR = "national-team,nctl,facilitator,support"
SECOND_FACTOR_ROLES = environment.items("SECOND_FACTOR_ROLES", FACTOR_FOR)
# Texts that make the keys of its secrets: the first locks, each opens.
MFA_KEYS = environment.items("MFA_KEY") or [SECRET_KEY]
MFA_ADAPTER = "alliances.signing_in.second_factor.SecondFactor"
MFA_FORMS = {
    "authenticate": "alliances.signing_in.forms.OneTimeCode",
    "reauthenticate": "alliances.signing_in.forms.ConfirmingCode",
    "activate_totp": "alliances.signing_in.forms.FirstCode",
    "add_webauthn": "alliances.signing_in.forms.NewPasskey",
    "edit_webauthn": "alliances.signing_in.forms.PasskeyName",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_TOTP_TOLERANCE = 1
# An address that changes is unconfirmed for a while; an account is never made without a proven one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# On which day people are told what is due.
WEEKLY_MAIL_DAY = environment.weekday("WEEKLY_MAIL_DAY", "monday")
EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_FILE_PATH = environment.text("EMAIL_FILE_PATH", str(BASE_DIR / ".local" / "mail"))
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.optional("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.optional("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "no-reply@localhost")

LANGUAGE_CODE = "en-gb"
LANGUAGES = environment.languages("LANGUAGES", "en-gb")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = environment.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = HTTPS
# Whoever reaches the web process without a proxy could write that header themselves.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
# A program that asks without https is refused in words: a redirect would hide that it was heard.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$", r"^api/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# Browsers take a cookie of such a name from this host alone, and over https.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
MESSAGE_COOKIE_NAME = "__Host-messages" if HTTPS else "messages"
MESSAGE_STORAGE = "config.cookies.Messages"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alliances.signed_out.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The one script within a page, of base.html: it tells styles that there is script.
        "script-src": [SELF, "'sha256-dPIFb3KUfcOKuOmHoiW62xu3J8lCIcU87wXJDrrhprE='"],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        # Chromium follows the form of the sign-in button to wherever it leads.
        "form-action": [SELF, *single_sign_on.origins()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

API_CALLS_A_MINUTE = environment.number("API_CALLS_A_MINUTE", 120)

# Who may read /metrics; without a token nobody.
METRICS_TOKEN = environment.optional("METRICS_TOKEN")

LOG_FORMAT = environment.one_of("LOG_FORMAT", ["text", "json"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "config.watch.logs.Line"},
        "json": {"()": "config.watch.logs.JsonLine"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
