"""The project's settings, in a data folder of the tests' own and blind to the environment."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

if "CUSTOMERIZE_TEST_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="customerize-tests-")
    os.environ["CUSTOMERIZE_TEST_DATA"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

# Each process of a parallel run (pytest-xdist) has a folder in it.
os.environ["DATA_DIR"] = os.path.join(
    os.environ["CUSTOMERIZE_TEST_DATA"], os.environ.get("PYTEST_XDIST_WORKER", "main")
)
os.environ["SECRET_KEY"] = "only-for-tests"
SETTINGS = Path(__file__).resolve().parent.parent / "project" / "settings.py"
for name in re.findall(r'env\.\w+\(\s*"(\w+)"', SETTINGS.read_text(encoding="utf-8")):
    if name not in ("DATA_DIR", "SECRET_KEY"):
        os.environ.pop(name, None)

from project.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Spaces are named by their content and made by one process alone: the others find them.
SPACES_DIR = Path(os.environ["CUSTOMERIZE_TEST_DATA"]) / "spaces"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)  # noqa: F405 (whitenoise warns else)
