"""Missing programs are said aloud."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip, saying why; a failure in continuous integration, where nothing may be missing."""
    reason = f"{what} is not installed (.ci/run installs it)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
