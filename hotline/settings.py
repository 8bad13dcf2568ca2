"""All settings, from the environment only. A missing or misspelt variable explains itself.

Without DATABASE_URL and REDIS_URL the embedded servers are used: that is the demo and the tests. Reading this file
starts nothing.
"""

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from hotline import content_policy
from hotline.embedded import Embedded, default_root
from hotline.environment import choice, env, keys, required
from hotline.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "PYTEST_VERSION" in os.environ

# -- Servers

DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
EMBEDDED = Embedded(default_root(BASE_DIR, "hotline") / ("test" if TESTING else "demo"), "hotline", fast=TESTING)
EMBEDDED_IN_USE = not (DATABASE_URL and REDIS_URL)
STANDALONE = not DATABASE_URL and not TESTING  # the demo: on this machine only, with secrets of its own

# DEMO lists the demo city's people on the sign-in page: never on in production by itself.
DEMO = env.bool("DEMO", default=STANDALONE)
DEBUG = env.bool("DEBUG", default=False)
# Whether citizens and staff come by https. Off only on this machine and in tests.
HTTPS = env.bool("HTTPS", default=not (STANDALONE or TESTING))

# -- Secrets

_keys = keys(testing=TESTING, kept_in=EMBEDDED.root / "keys.json" if STANDALONE else None)
SECRET_KEY = _keys.secret_key
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = _keys.field_keys
FIELD_KEY_CURRENT = _keys.field_key_current  # new values are encrypted with this one
BLIND_INDEX_KEY = _keys.blind_index_key
AUDIT_KEY, AUDIT_KEYS_BEFORE = _keys.signing_key, env.list("AUDIT_KEYS_BEFORE", default=[])  # before: public keys
FIELD_CIPHER = choice("FIELD_CIPHER", "AES-256-GCM", ("AES-256-GCM", "SM4-GCM"))

# -- Database. No server-side cursors, for PgBouncer; it wants no startup options either: see .env.example

STATEMENT_TIMEOUT_SECONDS = env.int("STATEMENT_TIMEOUT_SECONDS", default=0 if TESTING else 30)
_limits = f"-c statement_timeout={STATEMENT_TIMEOUT_SECONDS}s -c idle_in_transaction_session_timeout=60s"
# a dead host is noticed within seconds, also in the middle of an answer
_options: dict[str, Any] = {"connect_timeout": 5, "tcp_user_timeout": 20_000, "keepalives_idle": 10}
if STATEMENT_TIMEOUT_SECONDS:
    _options["options"] = _limits  # nobody's question, however bent, keeps the database busy for long
_database: dict[str, Any] = env.db_url("DATABASE_URL") if DATABASE_URL else EMBEDDED.database()
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # a verb is its own transaction
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {**_options, **_database.get("OPTIONS", {})},
        "TEST": {"NAME": "test_hotline"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Nothing that must be right rests on the cache: sessions, locks and idempotency keys are rows.
CACHE_URL = os.environ.get("CACHE_URL", "")
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://hotline")}
CELERY_BROKER_URL = REDIS_URL or EMBEDDED.broker_url(1)
LIVE_REDIS_URL = REDIS_URL or EMBEDDED.redis_url(0)  # publishes "something changed" to open pages

# -- Application

INSTALLED_APPS = [
    "hotline",
    "cases",
    "contractors",
    "oversight",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "template_partials",
    "django_otp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "django_structlog",
]
MIDDLEWARE = [
    "hotline.metrics.MetricsMiddleware",
    "hotline.pages.edge.EdgeMiddleware",  # outside of everything that may refuse: its headers are on every answer
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hotline.proxies.ProxyMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "hotline.pages.edge.LimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hotline.guards.ActingMiddleware",  # who acts, and as what
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hotline.api.problems.ProblemMiddleware",
    "hotline.pages.addresses.ReadableMiddleware",
    "hotline.acts.RequestContextMiddleware",
    "hotline.pages.performing.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "hotline.urls"
WSGI_APPLICATION = "hotline.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hotline.pages.shell.shell",
            ],
        },
    }
]
SITE_URL = (
    required("SITE_URL", "links sent to citizens begin with it (https://...).")
    if not (STANDALONE or TESTING)
    else os.environ.get("SITE_URL", "http://127.0.0.1:8000")
)
_hosts = env.list("ALLOWED_HOSTS", default=[]) or [urlsplit(SITE_URL).hostname]
ALLOWED_HOSTS = [*_hosts, "localhost", "127.0.0.1", "[::1]"]  # these three: health checks from inside
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# -- Language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
USE_I18N = USE_TZ = True

# -- Sign-in

AUTH_USER_MODEL = "hotline.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hotline.passwords.NotLikeThePerson"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:  # Argon2 is slow on purpose; a test that is about it names it
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
LOGIN_URL = LOGOUT_REDIRECT_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
OTP_TOTP_ISSUER = env.str("OTP_TOTP_ISSUER", default="12345 Hotline")
# Government and platform people need a second factor. The demo may do without, so that one click lets you in.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
DEMO_PASSWORD = "oversight.demo.reference.PASSWORD"  # noqa: S105 - where it is written, for the demo's sign-in page
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = 5, timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time told to the person stays true
AXES_LOCKOUT_CALLABLE = "hotline.pages.sign_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has every sign-in
# Name and address together: one address alone is a whole call centre, one name alone lets anybody lock a person out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SESSION_ENGINE = "hotline.sessions"
SESSION_ABSOLUTE_AGE = env.int("SESSION_ABSOLUTE_AGE", default=12 * 60 * 60)  # the longest shift, in seconds
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_AGE
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)

# -- Security

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
_host = "__Host-" if HTTPS else ""  # a browser then takes them from this very host only
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_host}sessionid", f"{_host}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_host}django_language"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # asked for by machines inside
SECURE_REFERRER_POLICY = "same-origin"
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])  # networks of our own proxies; only theirs are believed
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_policy.CONTENT_SECURITY_POLICY
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of everything but files
REQUEST_LIMIT = 25 * 1024 * 1024  # the largest file, and what goes with it
FILE_UPLOAD_PERMISSIONS = 0o600

# -- Files
STATIC_URL, STATICFILES_DIRS = "static/", [BASE_DIR / "static"]
# The demo and the tests serve the files as they lie; production collects, compresses and names them by content.
WHITENOISE_USE_FINDERS = STANDALONE or TESTING
STATIC_ROOT = None if WHITENOISE_USE_FINDERS else Path(os.environ.get("STATIC_ROOT") or BASE_DIR / "var" / "static")
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or (EMBEDDED.root if EMBEDDED_IN_USE else BASE_DIR / "var") / "media")
AUDIT_SEALS_DIR = Path(os.environ.get("AUDIT_SEALS_DIR") or MEDIA_ROOT.parent / "audit-seals")
RECORDINGS_ROOT = Path(os.environ.get("RECORDINGS_ROOT") or MEDIA_ROOT / "recordings")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- API

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["hotline.api.rendering.Json"],
    "DEFAULT_PARSER_CLASSES": ["hotline.api.parsing.Json"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "hotline.api.authentication.TokenAuthentication",
        "hotline.api.authentication.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["hotline.guards.HasCapability"],
    "DEFAULT_THROTTLE_CLASSES": ["hotline.api.authentication.MembershipRate"],
    "DEFAULT_THROTTLE_RATES": {"membership": env.str("API_RATE", default="1200/min")},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "hotline.api.problems.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hotline API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "What the hotline's pages do, by the same acts. See docs/api.md.",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": ["hotline.api.shapes.add_shapes"],
}

# -- The hotline's own rules that a city may set
PHONE_REGION = env.str("PHONE_REGION", default="CN")  # numbers without a country code belong to it
QUIET_HOURS = (env.str("QUIET_FROM", default="21:00"), env.str("QUIET_UNTIL", default="08:00"))  # no SMS to citizens
SURVEY_LINK_DAYS, SURVEY_REMINDER_HOURS = env.int("SURVEY_LINK_DAYS", 3), env.int("SURVEY_REMINDER_HOURS", 24)
SUSPENSION_MAX_DAYS, SUSPENSIONS_PER_UNIT = env.int("SUSPENSION_MAX_DAYS", 180), env.int("SUSPENSIONS_PER_UNIT", 20)
UNREACHED_TRIES, UNREACHED_DAYS = env.int("UNREACHED_TRIES", 3), env.int("UNREACHED_DAYS", 2)
REOPEN_WINDOW_DAYS, DISPUTE_AT_HOP = env.int("REOPEN_WINDOW_DAYS", 30), env.int("DISPUTE_AT_HOP", 3)
FIRST_RECEIVER_LEADS = env.bool("FIRST_RECEIVER_LEADS", default=False)  # 首接负责制: docs/decisions
SMS_PROVIDER = choice("SMS_PROVIDER", "visible", ("visible", "http"))  # visible: the outbox page; http: a gateway
SMS_GATEWAY_URL = required("SMS_GATEWAY_URL", "SMS_PROVIDER=http posts to it.") if SMS_PROVIDER == "http" else ""
SMS_GATEWAY_TOKEN = required("SMS_GATEWAY_TOKEN", "the gateway asks for it.") if SMS_PROVIDER == "http" else ""
SMS_TIMEOUT_SECONDS = env.int("SMS_TIMEOUT_SECONDS", default=10)  # how long the gateway may take to answer
BASICALLY_SATISFIED_COEFFICIENT = Decimal(env.str("BASICALLY_SATISFIED_COEFFICIENT", default="0.9"))
REVEALS_PER_HOUR, REVEALS_PER_DAY = env.int("REVEALS_PER_HOUR", default=20), env.int("REVEALS_PER_DAY", default=60)
BURST_CASES, BURST_MINUTES = env.int("BURST_CASES", default=10), env.int("BURST_MINUTES", default=40)  # told as one
SUPERIORS_HANDLE_CONFIDENTIAL = env.bool("SUPERIORS_HANDLE_CONFIDENTIAL", default=True)  # those above the one accused
ANSWER_SECONDS, STAFFING_SHARE = env.int("ANSWER_SECONDS", 15), env.float("STAFFING_SHARE", 0.9)  # GB/T 33358-2016
CALL_BACK_HOURS, ABUSE_SECONDS = env.int("CALL_BACK_HOURS", 24), env.int("ABUSE_SECONDS", 60)  # docs/telephones.md
MINIMUM_N, PUBLIC_MINIMUM_N = env.int("MINIMUM_N", 30), max(env.int("PUBLIC_MINIMUM_N", 10), 5)  # ranks, rates; cells

# -- Named by the ground floor, kept by the apps above
GAUGES, NAV_COUNTS = ["cases.health.gauges"], ["cases.waiting.behind_pages", "contractors.waiting.behind_pages"]
_signs = ("timekeeping", "beat", "outbox", "calendar_year", "backup", "audit_seals")
NOTICES_KEPT_FROM = "cases.notifications.notices_kept_from"  # which notices do not exist for a person
ROLES_BOUND_BY = "contractors.engagement.check_may_hold"  # until when a role may last
SIGNS = [*(f"hotline.health.{sign}" for sign in _signs), "cases.health.due_clocks"]
BACKUPS_EXPECTED = env.bool("BACKUPS_EXPECTED", default=not (STANDALONE or TESTING))  # bin/backup runs against it
FILES_WANTED = ["cases.attachments.missing_files", "contractors.proofs.missing_files"]  # sentences about what is gone
SEALED_FILES = ["cases.sealed_files.AttachmentFiles"]  # what is sealed outside of the database
METRICS_ADDRESSES = env.list("METRICS_ADDRESSES", default=[])  # networks that may read /metrics without a key

# -- Logs
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # for debugging; a request has its line when it ends
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True  # one id from the proxy to the workers
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # a citizen's address is personal
DJANGO_STRUCTLOG_USER_ID_FIELD = None  # the audit knows who; asking here would cost a query on every page
LOGGING_CONFIG = None
logging_config(level=env.str("LOG_LEVEL", default="WARNING" if STANDALONE or TESTING else "INFO"))
