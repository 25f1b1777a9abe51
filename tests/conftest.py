"""What every room's tests share: missing programs and data are said aloud."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings
from django.utils import translation

from project import interface_texts


def missing(what: str) -> NoReturn:
    """Skip, saying why; a failure in continuous integration, where nothing may be missing."""
    reason = f"{what} is not installed (.ci/run installs it)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def spoken() -> None:
    """Every language is compiled, also in a fresh checkout."""
    interface_texts.compile_all()


@pytest.fixture(autouse=True)
def plain_language() -> None:
    """No test speaks the language of the request that an earlier one in its process made."""
    translation.deactivate()


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """`program("chromium", "google-chrome")`: the path of the first that is installed."""

    def find(*names: str) -> str:
        for name in names:
            path = shutil.which(name)
            if path:
                return path
        missing(names[0])

    return find


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """The folder of the public benchmark models; skips where it is absent."""
    default = settings.BASE_DIR.parent / "shared" / "bench"
    path = Path(os.environ.get("CUSTOMERIZE_BENCH_DATA", default))
    if not path.is_dir():
        pytest.skip(f"the benchmark models are not at {path} (CUSTOMERIZE_BENCH_DATA names them)")
    return path
