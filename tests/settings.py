"""The project's settings, in a data folder of the tests' own and blind to the environment."""

import atexit
import os
import shutil
import tempfile

if "CUSTOMERIZE_TEST_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="customerize-tests-")
    os.environ["CUSTOMERIZE_TEST_DATA"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

# Each process of a parallel run (pytest-xdist) has a folder in it.
os.environ["DATA_DIR"] = os.path.join(
    os.environ["CUSTOMERIZE_TEST_DATA"], os.environ.get("PYTEST_XDIST_WORKER", "main")
)
os.environ["SECRET_KEY"] = "only-for-tests"
for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PORT", "SITE_URL"):
    os.environ.pop(name, None)
for name in ("FACTORY_LANGUAGE", "FACTORY_SECOND_LANGUAGE", "FACTORY_PAPER", "LABEL_DPI"):
    os.environ.pop(name, None)

from project.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)  # noqa: F405 (whitenoise warns else)
