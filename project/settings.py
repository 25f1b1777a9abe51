"""Settings, read from the environment; every default serves one machine with no other server.

DATA_DIR       everything that is written at run time (default: var/ in the checkout)
DATABASE_URL   PostgreSQL for several processes (default: SQLite in DATA_DIR)
REDIS_URL      the broker for several processes (default: in memory, inside `manage.py dev`)
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from project.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(DATA_DIR)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}")

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "configurator.catalog",
    "configurator.capacity",
    "configurator.shops",
    "configurator.wizard",
    "configurator.sharing",
    "orders",
    "orders.factory",
    "orders.erp",
    "orders.insight",
    "orders.voices",
    "personalization.people",
    "personalization.segments",
    "personalization.marketing",
    "personalization.messages",
    "personalization.brochures",
    "personalization.feeds",
    "accounts",
    "orders.selling",
    "orders.cart",
    "orders.paying",
    "orders.promo",
    "orders.quotes",
    "personalization.recommending",
    "personalization.experiments",
    "personalization.offering",
    "personalization.dialogue",
    "personalization.slots",
    "personalization.simulating",
    "personalization.journeys",
    "project",
]

PROXIES = env.int("PROXIES", default=0)
MIDDLEWARE = [
    "project.proxies.ProxiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "project.compressing.CompressingMiddleware",
    "configurator.shops.middleware.CrossOriginMiddleware",
    "configurator.shops.middleware.EmbeddingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "configurator.wizard.views.measuring.MeasuresMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "configurator.sharing.guests.GuestMiddleware",
    "personalization.people.middleware.PeopleMiddleware",
    "project.numbers.NumbersMiddleware",
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "orders.cart.context.cart",
                "configurator.shops.context.embedding",
                "personalization.messages.context.told",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL and IMMEDIATE: writers wait for each other instead of failing (docs/decisions/0002).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "landing"
LOGOUT_REDIRECT_URL = "login"

# Customers' accounts (docs/accounts.md); staff sign in at LOGIN_URL, by name and password.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "wizard:home"
ACCOUNT_USER_DISPLAY = "accounts.adapter.display_name"
MFA_ADAPTER = "accounts.adapter.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True

# In memory for one process; several share what they know of sessions and of tries by the database.
SEVERAL = bool(env.str("REDIS_URL", default=""))
SESSION_ENGINE = "django.contrib.sessions.backends." + ("db" if SEVERAL else "cached_db")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    if SEVERAL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("pl", _("Polish"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
SPACES_DIR = DATA_DIR / "spaces"
PAPERS_DIR = DATA_DIR / "papers"
PICTURES_DIR = DATA_DIR / "pictures"
IMPORTS_DIR = DATA_DIR / "imports"
BROCHURES_DIR = DATA_DIR / "brochures"
FONTS_DIR = BASE_DIR / "static" / "fonts"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "project.storage.StaticFiles"},
}
WHITENOISE_MANIFEST_STRICT = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# The firm
FACTORY_LANGUAGE = env.str("FACTORY_LANGUAGE", default="en")
FACTORY_SECOND_LANGUAGE = env.str("FACTORY_SECOND_LANGUAGE", default="")
FACTORY_PAPER = env.str("FACTORY_PAPER", default="A4")
LABEL_DPI = env.int("LABEL_DPI", default=203)  # of the label printer, for ZPL
if LABEL_DPI not in (203, 300, 600):
    raise ImproperlyConfigured("LABEL_DPI is 203, 300 or 600.")
# Promises: working days on top of the plan, and the percent of each day's minutes that is kept for
# rush orders until so many days before (docs/promises.md).
PROMISE_BUFFER_DAYS = env.int("PROMISE_BUFFER_DAYS", default=1)
HOLD_MINUTES = env.int("HOLD_MINUTES", default=15)
RUSH_SHARE = env.int("RUSH_SHARE", default=10)
RUSH_RELEASE_DAYS = env.int("RUSH_RELEASE_DAYS", default=2)
TEXT_EMOJI = env.str("TEXT_EMOJI", default="refuse")  # or allow
TEXT_PROFANITY = env.str("TEXT_PROFANITY", default="refuse")  # or note, or allow
# Where the firm is: there products say their tax themselves; elsewhere the admin's rates hold. Who
# is asked about VAT numbers besides their check digits (orders/selling/business.py).
FIRM_COUNTRY = env.str("FIRM_COUNTRY", default="PL").upper()
VAT_CHECK = env.str("VAT_CHECK", default="orders.selling.business.Local")
# Ways to pay (docs/payments.md). Cards: the provider's hosted page at CARD_URL, or one that only
# pretends, to try the shop.
PAYMENT_PROVIDERS: list[str] = env.list(
    "PAYMENT_PROVIDERS", default=["orders.paying.invoice.Invoice", "orders.paying.card.Card"]
)
CARD_URL = env.str("CARD_URL", default="")
CARD_KEY = env.str("CARD_KEY", default="")
CARD_SANDBOX = env.bool("CARD_SANDBOX", default=False)
CARD_SECRET = env.str("CARD_SECRET", default=SECRET_KEY if CARD_SANDBOX else "")
# What is written at the foot of invoices that are still to be paid, and how long that may take.
BANK_ACCOUNT = env.str("BANK_ACCOUNT", default="")
FIRM_DETAILS = env.str("FIRM_DETAILS", default="")  # address and VAT number, on invoices
INVOICE_DAYS = env.int("INVOICE_DAYS", default=14)
CARD_MINUTES = env.int("CARD_MINUTES", default=60)
# How long a quote holds, and how long before its end its customer is reminded once (0: never).
QUOTE_DAYS = env.int("QUOTE_DAYS", default=30)
# Pictures that customers upload: how many, and how much, one address may bring in a day (0: no
# limit), and after how many days one that nothing names is deleted.
UPLOADS_A_DAY = env.int("UPLOADS_A_DAY", default=300)
UPLOAD_MB_A_DAY = env.int("UPLOAD_MB_A_DAY", default=1000)
ARTWORK_DAYS = env.int("ARTWORK_DAYS", default=30)
QUOTE_REMINDER_DAYS = env.int("QUOTE_REMINDER_DAYS", default=5)
# Unknown promo codes that one browser, and one address, may write in a quarter of an hour.
PROMO_TRIES = env.int("PROMO_TRIES", default=10)
PROMO_TRIES_PER_ADDRESS = env.int("PROMO_TRIES_PER_ADDRESS", default=60)
# So many days after it should have arrived, customers are asked once how it is; 0: never.
ASK_AFTER_DAYS = env.int("ASK_AFTER_DAYS", default=5)
# Questions are answered within so many hours, counted while somebody is there (from-to, on working
# days); what one browser, and one address, may write in an hour.
REPLY_HOURS = env.float("REPLY_HOURS", default=8.0)
OFFICE_HOURS = tuple(int(hour) for hour in env.str("OFFICE_HOURS", default="9-17").split("-"))
if len(OFFICE_HOURS) != 2 or not 0 <= OFFICE_HOURS[0] < OFFICE_HOURS[1] <= 24:
    raise ImproperlyConfigured("OFFICE_HOURS is like 9-17.")
TALKS_PER_BROWSER = env.int("TALKS_PER_BROWSER", default=10)
TALKS_PER_ADDRESS = env.int("TALKS_PER_ADDRESS", default=60)
# Printed brochures (docs/brochures.md): for how many days a run's files are kept; the press's
# printing condition by its name, and its ICC profile if it wants that in the files.
BROCHURE_DAYS = env.int("BROCHURE_DAYS", default=30)
PRINT_CONDITION = env.str("PRINT_CONDITION", default="FOGRA51")
PRINT_PROFILE = env.str("PRINT_PROFILE", default="")
# Who tells the weather where customers are (personalization/people/surroundings.py).
WEATHER = env.str("WEATHER", default="personalization.people.surroundings.Recorded")
FIRM_NAME = env.str("FIRM_NAME", default="Customerize Workshop")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="workshop@example.com")
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend":
    EMAIL_BACKEND = "project.mail.ConsoleBackend"
# A mail service instead, by django-anymail: EMAIL_SERVICE=mailgun and its settings as JSON.
ANYMAIL = env.json("ANYMAIL", default={})
if EMAIL_SERVICE := env.str("EMAIL_SERVICE", default=""):
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_SERVICE}.EmailBackend"
# A gateway for text messages (docs/texting.md): where it is, and what it is posted.
SMS_URL = env.str("SMS_URL", default="")
SMS_TOKEN = env.str("SMS_TOKEN", default="")
SMS_FROM = env.str("SMS_FROM", default="")
SMS_FORMAT = env.str("SMS_FORMAT", default="json")
SMS_FIELDS = env.json(
    "SMS_FIELDS", default={"to": "{to}", "from": "{from}", "text": "{text}", "reference": "{key}"}
)
SMS_HEADERS = env.json(
    "SMS_HEADERS", default={"Authorization": "Bearer {token}", "Idempotency-Key": "{key}"}
)
SMS_GONE = [int(each) for each in env.list("SMS_GONE", default=["410", "422"])]
SMS_REFUSED = env.str("SMS_REFUSED", default="")
# What it tells afterwards, at /hooks/sms/.
SMS_CALLBACK_SECRET = env.str("SMS_CALLBACK_SECRET", default="")
SMS_CALLBACK_HEADER = env.str("SMS_CALLBACK_HEADER", default="X-Signature")
SMS_CALLBACK_FIELDS = env.json(
    "SMS_CALLBACK_FIELDS",
    default={"reference": "reference", "number": "to", "status": "status", "id": "id"},
)
SMS_FAILED: list[str] = env.list(
    "SMS_FAILED", default=["failed", "rejected", "undeliverable", "invalid"]
)
SMS_STOPPED: list[str] = env.list("SMS_STOPPED", default=["stop", "stopped", "opted_out"])
_SMS = "gateway.Gateway" if SMS_URL else "sms.Sms"
# Who carries messages, by channel (docs/dialogue.md); what is not named is kept for looking at.
MESSAGE_PROVIDERS = {
    "mail": "personalization.messages.providers.Mail",
    "sms": env.str("SMS_PROVIDER", default=f"personalization.messages.{_SMS}"),
    "push": env.str("PUSH_PROVIDER", default="personalization.messages.push.Push"),
    "print": env.str("PRINT_PROVIDER", default="personalization.messages.printing.Print"),
}
# Web push: the key that only this firm holds (`manage.py make_push_key`; else made of SECRET_KEY),
# and the push services of browsers that may be posted to.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")
PUSH_HOSTS: list[str] = env.list(
    "PUSH_HOSTS",
    default=[
        "fcm.googleapis.com",
        "push.services.mozilla.com",
        "notify.windows.com",
        "push.apple.com",
    ],
)
SMS_SEGMENTS = env.int("SMS_SEGMENTS", default=3)  # of a text message, at most
# Codes that show whose a phone is: to which countries (empty: all), and how many an hour at most,
# so that nobody has us text at our cost.
SMS_COUNTRIES: list[str] = [each.upper() for each in env.list("SMS_COUNTRIES", default=[])]
SMS_CODES_PER_HOUR = env.int("SMS_CODES_PER_HOUR", default=300)

# Durable work: rows are the truth, the broker is a doorbell (orders/jobs.py).
REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "factory"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 120, "unacked_restore_interval": 2, "unacked_restore_throttle": 1}
    if REDIS_URL
    else {"polling_interval": 0.05}
)
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=30)
JOB_MAX_ATTEMPTS = env.int("JOB_MAX_ATTEMPTS", default=8)

# Publishing: what compiling a product may take; what does not fit is searched (docs/modeling.md).
PUBLISH_SECONDS = env.float("PUBLISH_SECONDS", default=60.0)
PUBLISH_SEARCH_SECONDS = env.float("PUBLISH_SEARCH_SECONDS", default=45.0)
PUBLISH_MEMORY_MB = env.int("PUBLISH_MEMORY_MB", default=6_000)
PUBLISH_NODES = env.int("PUBLISH_NODES", default=8_000_000)
# Designs that were touched in so many days are replayed before a publication.
OPEN_DESIGN_DAYS = env.int("OPEN_DESIGN_DAYS", default=90)

# The shop API: requests and new designs a minute from one address; 0: no limit.
SHOP_API_RATE = env.int("SHOP_API_RATE", default=600)
SHOP_API_DESIGNS = env.int("SHOP_API_DESIGNS", default=60)

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = env.bool("SECURE_COOKIES", default=False)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
