"""What every room's tests share: missing programs and data are said aloud."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from project import interface_texts
from tests.effort import try_calmly
from tests.missing import missing

try_calmly()
pytest_plugins = ["tests.processes", "tests.isolation", "tests.houses"]


@pytest.fixture(scope="session", autouse=True)
def spoken() -> None:
    """Every language is compiled, also in a fresh checkout."""
    interface_texts.compile_all()


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
