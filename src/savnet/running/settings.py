"""Every setting of Savnet, from the environment only; a secret may also lie in a file (NAME_FILE).

There is no unsafe default: outside `make run` and the tests, what is missing stops the start and says why.
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
BUILD = Path(os.environ.get("SAVNET_BUILD_DIR", ROOT / "build"))
STATE = Path(os.environ.get("SAVNET_STATE_DIR", ROOT / "var"))


def secret(name: str, default: str | None = None) -> str:
    """The value of a setting, from NAME or from the file that NAME_FILE points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set {name}, or {name}_FILE to a file that holds it.")
    return value


def flag(name: str) -> bool:
    """Whether a yes/no setting is on; anything but 1, true, yes, 0, false, no or nothing is refused."""
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "false", "no", "1", "true", "yes"}:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use 1 or 0.")
    return value in {"1", "true", "yes"}


def one_of(name: str, *choices: str) -> str:
    """A setting that must be one of these; the first where it is not set."""
    value = os.environ.get(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use one of {', '.join(choices)}.")
    return value


def minutes(name: str, default: int, *, least: int, most: int) -> int:
    """A setting in whole minutes, within limits."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use a whole number of minutes from {least} to {most}.")
    return int(value)


def on_this_machine(host: str) -> bool:
    """Whether what is said to a host stays here: a socket folder, or the machine's own address."""
    return not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}


def under_tls(more: dict[str, list[str]]) -> dict[str, str]:
    """How PostgreSQL elsewhere is spoken to: only if it proves to be the one that was named."""
    mode = more.get("sslmode", ["verify-full"])[0]
    if mode != "verify-full":
        raise ImproperlyConfigured(
            f"SAVNET_DATABASE_URL says sslmode={mode}. A database on another machine is spoken to under TLS that is "
            "verified: leave sslmode out, and name the authority by sslrootcert=/path."
        )
    return {"sslmode": mode, "sslrootcert": more.get("sslrootcert", ["system"])[0]}


def database(url: str) -> dict[str, object]:
    """Django's database settings from a postgresql:// URL; a `host` parameter may name a socket directory."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("SAVNET_DATABASE_URL must begin with postgresql://. Savnet runs on PostgreSQL only.")
    more = parse_qs(parts.query)
    host = more.get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "savnet",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {} if on_this_machine(host) else under_tls(more),
        "CONN_MAX_AGE": 0,
        "TEST": {"NAME": f"test_savnet_{os.getpid()}"},
    }


DEMO = flag("SAVNET_DEMO")
DEBUG = False
SECRET_KEY = secret("SAVNET_SECRET_KEY")
SECRET_KEY_FALLBACKS = [one for one in secret("SAVNET_OLD_SECRET_KEYS", "").split() if one]
ALLOWED_HOSTS = secret("SAVNET_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
KEY_FILE = Path(secret("SAVNET_KEY_FILE", str(STATE / "keys" / "wrapping.json")))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "savnet.register",
    "savnet.access",
    "savnet.access.sign_in",
    "savnet.cases",
    "savnet.delivery",
    "savnet.followup",
    "savnet.casework",
    "savnet.statistics",
    "savnet.watching",
    "savnet.web",
    "savnet.demo",
]
MIDDLEWARE = [
    "savnet.web.headers.on_every_answer",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "savnet.web.language.speak_readers_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "savnet.web.session_limits.SessionLimits",
    "savnet.web.exercise_mode.ExerciseMode",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "savnet.web.urls"
WSGI_APPLICATION = "savnet.running.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "savnet.watching.context.watch",
                "savnet.web.session_limits.session_clock",
            ],
        },
    },
]
DATABASES = {"default": database(secret("SAVNET_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {"NAME": "savnet.access.sign_in.passwords.NotOfOurWords"},
    {"NAME": "savnet.access.sign_in.passwords.NotARow"},
]
LOGIN_URL = "sign-in"

# Sign-in. Of django-allauth we use what it knows of codes and passkeys; its own screens have no address here.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "savnet.access.sign_in.factors.Sealed"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # half minutes to either side, since telephones' clocks differ
IDLE_MINUTES = minutes("SAVNET_IDLE_MINUTES", 15, least=5, most=60)
LONGEST_SESSION_MINUTES = minutes("SAVNET_LONGEST_SESSION_MINUTES", 8 * 60, least=30, most=12 * 60)
SESSION_ENGINE = "savnet.access.sign_in.session_store"
SESSION_COOKIE_AGE = LONGEST_SESSION_MINUTES * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie: they may hold a name
OUTSIDE_SIGN_IN = secret("SAVNET_OUTSIDE_SIGN_IN", "")  # a TOML file: Ansattporten, ID-porten, an agency's own
CSRF_FAILURE_VIEW = "savnet.web.errors.form_expired"

# Encrypted e-mail. Left unset, the channel says that it is not set up, and letters go on paper instead.
SMTP_HOST = secret("SAVNET_SMTP_HOST", "")
SMTP_PORT = int(secret("SAVNET_SMTP_PORT", "587"))
SMTP_TLS = one_of("SAVNET_SMTP_TLS", "starttls", "tls")
SMTP_CA = secret("SAVNET_SMTP_CA", "")  # PEM; nothing: what the system trusts
SMTP_USER = secret("SAVNET_SMTP_USER", "")
SMTP_PASSWORD = secret("SAVNET_SMTP_PASSWORD", "")
SMTP_WAIT = float(secret("SAVNET_SMTP_WAIT", "30"))  # seconds for one answer
MAIL_FROM = secret("SAVNET_MAIL_FROM", "")
SIGNING_CERTIFICATE = secret("SAVNET_SIGNING_CERTIFICATE", "")  # PEM, ours first, then its issuers
SIGNING_KEY = secret("SAVNET_SIGNING_KEY", "")  # PEM
SMIME_CA = secret("SAVNET_SMIME_CA", "")  # PEM: who may have issued the receivers' certificates

# The organisation towards other public bodies: its own certificate (virksomhetssertifikat), and Maskinporten.
ORGANISATION_CERTIFICATE = secret("SAVNET_ORGANISATION_CERTIFICATE", "")  # PEM
ORGANISATION_KEY = secret("SAVNET_ORGANISATION_KEY", "")  # PEM
MASKINPORTEN_CLIENT = secret("SAVNET_MASKINPORTEN_CLIENT", "")
MASKINPORTEN_KEY_ID = secret("SAVNET_MASKINPORTEN_KEY_ID", "")  # nothing: the certificate itself names the key
MASKINPORTEN_ISSUER = secret("SAVNET_MASKINPORTEN_ISSUER", "https://maskinporten.no/")
MASKINPORTEN_TOKENS = secret("SAVNET_MASKINPORTEN_TOKENS", "https://maskinporten.no/token")

# Fiks bekymringsmelding. Left unset, the channel says that it is not set up, and letters go another way instead.
FIKS_ROOT = secret("SAVNET_FIKS_ROOT", "")  # with the version, such as https://…/bekymringsmelding/api/v1
FIKS_ORGANISATION = secret("SAVNET_FIKS_ORGANISATION", "")
FIKS_INTEGRATION = secret("SAVNET_FIKS_INTEGRATION", "")
FIKS_PASSWORD = secret("SAVNET_FIKS_PASSWORD", "")
FIKS_CA = secret("SAVNET_FIKS_CA", "")  # PEM; nothing: what the system trusts
FIKS_WAIT = float(secret("SAVNET_FIKS_WAIT", "30"))  # seconds for one answer

# eFormidling. Left unset, the channel says that it is not set up, and letters go another way instead.
EFORMIDLING_URL = secret("SAVNET_EFORMIDLING_URL", "")  # our own integrasjonspunkt, https
EFORMIDLING_USER = secret("SAVNET_EFORMIDLING_USER", "")
EFORMIDLING_PASSWORD = secret("SAVNET_EFORMIDLING_PASSWORD", "")
EFORMIDLING_SENDER = secret("SAVNET_EFORMIDLING_SENDER", "")  # our organisation number
EFORMIDLING_CA = secret("SAVNET_EFORMIDLING_CA", "")  # PEM; nothing: what the system trusts
EFORMIDLING_WAIT = float(secret("SAVNET_EFORMIDLING_WAIT", "30"))  # seconds for one answer
# With more than twenty hours, a letter that is never fetched would be known too late for another way.
EFORMIDLING_LIFETIME = minutes("SAVNET_EFORMIDLING_LIFETIME", 120, least=10, most=20 * 60)

# KS SvarUt. Left unset, the channel says that it is not set up, and letters go another way instead.
SVARUT_ROOT = secret("SAVNET_SVARUT_ROOT", "")  # with the version, such as https://…/api/v2
SVARUT_ACCOUNT = secret("SAVNET_SVARUT_ACCOUNT", "")  # the number of our account (konto)
SVARUT_INTEGRATION = secret("SAVNET_SVARUT_INTEGRATION", "")
SVARUT_PASSWORD = secret("SAVNET_SVARUT_PASSWORD", "")
SVARUT_KEY = secret("SAVNET_SVARUT_KEY", "")  # PEM: the certificate that SvarUt has letters encrypted to
SVARUT_CA = secret("SAVNET_SVARUT_CA", "")  # PEM; nothing: what the system trusts

# Altinn 3 Correspondence. Left unset, the channel says that it is not set up, and letters go another way instead.
ALTINN_ROOT = secret("SAVNET_ALTINN_ROOT", "")  # such as https://platform.altinn.no
ALTINN_RESOURCE = secret("SAVNET_ALTINN_RESOURCE", "")  # our correspondence service in Altinn's register of resources
ALTINN_CA = secret("SAVNET_ALTINN_CA", "")  # PEM; nothing: what the system trusts
ALTINN_WAIT = float(secret("SAVNET_ALTINN_WAIT", "30"))  # seconds for one answer

# E-mail that comes back, and answers to what we sent. Left unset, nobody sees that a letter came in return.
RETURN_MAILBOX = secret("SAVNET_RETURN_MAILBOX", "")  # imaps://user:password@host/FOLDER, or folder:/path
SMIME_CRL = secret("SAVNET_SMIME_CRL", "")  # PEM: lists of revoked certificates, one after the other

# The watcher. Left unset, nobody outside listens, no canary flies and nobody may read the numbers.
ALIVE_URL = secret("SAVNET_ALIVE_URL", "")  # https; called at each healthy heartbeat
ALIVE_CA = secret("SAVNET_ALIVE_CA", "")  # PEM; nothing: what the system trusts
METRICS_TOKEN = secret("SAVNET_METRICS_TOKEN", "")
WORKERS = int(secret("SAVNET_WORKERS", "1"))  # how many workers there should be
# What each centre has to go by when Savnet is down; let something outside Savnet copy it to the centres' own machines.
FALLBACK_DIR = Path(secret("SAVNET_FALLBACK_DIR", str(STATE / "fallback")))
CANARY_MAILBOX = secret("SAVNET_CANARY_MAILBOX", "")  # imaps://user:password@host/FOLDER, or folder:/path
# Services over which an empty message goes to our own organisation once an hour; it lies there, and may be billed.
CANARY_CHANNELS = secret("SAVNET_CANARY_CHANNELS", "").replace(" ", "").split(",")
CANARY_ORGANISATION = secret("SAVNET_CANARY_ORGANISATION", "")  # our own organisation number

# Messages to our own staff that something waits: no case facts, so plain e-mail. Unset, only who looks is told.
EMAIL_HOST = secret("SAVNET_STAFF_SMTP_HOST", "")
EMAIL_PORT = int(secret("SAVNET_STAFF_SMTP_PORT", "587"))
STAFF_SMTP_TLS = one_of("SAVNET_STAFF_SMTP_TLS", "starttls", "tls", "none")
if STAFF_SMTP_TLS == "none" and not on_this_machine(EMAIL_HOST):
    raise ImproperlyConfigured(
        f"SAVNET_STAFF_SMTP_TLS is none, and {EMAIL_HOST} is another machine. Use starttls or tls."
    )
EMAIL_USE_TLS = STAFF_SMTP_TLS == "starttls"
EMAIL_USE_SSL = STAFF_SMTP_TLS == "tls"
EMAIL_HOST_USER = secret("SAVNET_STAFF_SMTP_USER", "")
EMAIL_HOST_PASSWORD = secret("SAVNET_STAFF_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = secret("SAVNET_STAFF_MAIL_FROM", "")
ADDRESS = secret("SAVNET_ADDRESS", "http://localhost:8000" if DEMO else "").rstrip("/")  # of this site, for links

# Web push to our own staff. Left unset, nobody is asked to turn it on.
PUSH_KEY = secret("SAVNET_PUSH_KEY", "")  # PEM: a private key on P-256, for this site alone
PUSH_CONTACT = secret("SAVNET_PUSH_CONTACT", "")  # mailto: or https:, whom a push service can turn to
PUSH_SERVICES = secret(
    "SAVNET_PUSH_SERVICES",
    "fcm.googleapis.com,push.services.mozilla.com,push.apple.com,notify.windows.com",
).split(",")

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [BUILD / "locale"]  # made by `make` from src/savnet/web/locale
LANGUAGE_COOKIE_NAME = "language" if DEMO else "__Host-language"
LANGUAGE_COOKIE_SECURE = not DEMO
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BUILD / "static"]
STATIC_ROOT = BUILD / "collected"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The demo runs on http://localhost, where a browser would never send a secure cookie back.
# What a probe asks from within, with no secret and no person in it; and what programs ask with a secret, or tell. Those
# are refused in clear, not led on: a program that was led on would go on sending its secret in clear.
SECURE_REDIRECT_EXEMPT = [r"^helse/(klar/|tall/)?$", r"^hint/"]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # HSTS preloading binds a whole domain: its owner's choice, not ours
if flag("SAVNET_BEHIND_PROXY"):  # only where a proxy sets the header itself; else anyone could claim https
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # not Strict: who comes back from signing in elsewhere must still be known
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# The prefix makes browsers refuse such a cookie from other sites beneath the same domain, or without TLS.
HOST_ONLY = "" if DEMO else "__Host-"
SESSION_COOKIE_NAME = f"{HOST_ONLY}savnet"
CSRF_COOKIE_NAME = f"{HOST_ONLY}savnet-form"
DEVICE_COOKIE_NAME = f"{HOST_ONLY}savnet-device"
BEHIND_PROXY = flag("SAVNET_BEHIND_PROXY")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Only named fields get through: a message may hold a child's name, and so may an exception.
    "formatters": {"line": {"()": "savnet.watching.logs.AllowListed"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # These two tell at every start what the code already says.
    "loggers": {f"procrastinate.{part}": {"level": "WARNING"} for part in ("blueprints", "periodic")},
}
