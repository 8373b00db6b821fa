"""Django's settings. Everything that differs between instances comes from environment.py."""

import django_stubs_ext

from fourfold.web.config import environment

django_stubs_ext.monkeypatch()  # generic classes of Django take their types at run time too

INSTANCE = environment.load()
SECRET_KEY = environment.secret_key(INSTANCE.home)
DEBUG = False
FILES_ROOT = INSTANCE.files
STAFF_HOST, FILES_HOST, VICTIM_HOST, PUBLIC_HOST = (
    INSTANCE.staff_host,
    INSTANCE.files_host,
    INSTANCE.victim_host,
    INSTANCE.public_host,
)
ALLOWED_HOSTS = [host for host in (STAFF_HOST, FILES_HOST, VICTIM_HOST, PUBLIC_HOST) if host]
# Where the public site says it is, in feeds and in its map: never what a request says.
PUBLIC_ADDRESS = f"https://{PUBLIC_HOST}/" if PUBLIC_HOST and INSTANCE.is_https else ""
ROOT_URLCONF = "fourfold.web.config.urls"
HOST_URLCONFS = {
    FILES_HOST: "fourfold.web.config.files_urls",
    VICTIM_HOST: "fourfold.web.config.victim_urls",
    PUBLIC_HOST: "fourfold.web.config.public_urls",
    STAFF_HOST: ROOT_URLCONF,  # last: where hosts are the same, it is the staff site
}
ASGI_APPLICATION = "fourfold.web.config.asgi.application"

INSTALLED_APPS = [
    "fourfold.web.config",
    "fourfold.web.demonstration",
    "fourfold.web.recommendations",
    "fourfold.web.surveys",
    "fourfold.web.measures",
    "fourfold.web.practices",
    "fourfold.web.supercomplaints",
    "fourfold.web.publication",
    "fourfold.web.oversight",
    "fourfold.web.exhibits",
    "fourfold.web.cases",
    "fourfold.web.users",
    "fourfold.web.accountability",
    "fourfold.web.base",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "simple_history",
]

MIDDLEWARE = [
    "fourfold.web.base.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",  # HTTPS: redirect and HSTS
    "fourfold.web.base.middleware.HostNames",
    "fourfold.web.base.middleware.Readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "fourfold.web.users.middleware.RunningContext",
    "fourfold.web.users.middleware.SignedIn",
    "fourfold.web.config.navigation.Navigation",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "fourfold.web.base.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "fourfold.web.base.context.page_context",
                "fourfold.web.cases.context.case_page",
                "fourfold.web.supercomplaints.context.complaint_tabs",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": environment.database(INSTANCE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "fourfold.web.users.adapters.AccountAdapter"
MFA_ADAPTER = "fourfold.web.users.adapters.PasskeyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not INSTANCE.is_https
USERSESSIONS_TRACK_ACTIVITY = True  # by users.sessions.note, once a minute

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a shift; the idle limit is users.middleware.IDLE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "fourfold.web.base.views.csrf_failure"
if INSTANCE.is_https:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked on the loopback
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"

SILENCED_SYSTEM_CHECKS = [
    "account.W001",  # passkeys only: there is no password sign-up to warn of
    "security.W002",  # base.middleware.SecurityHeaders sets X-Frame-Options on every answer
    "security.W021",  # preloading a host into browsers is its owner's choice
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_evidence": {"()": "fourfold.web.base.logs.NoEvidence"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_evidence"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
