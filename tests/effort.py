"""How much is tried: all of it in continuous integration and with CUSTOMERIZE_EFFORT=1, enough to
notice a mistake by default. With 10: ten times as many random models, walks, killings."""

import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

EFFORT = float(
    os.environ.get("CUSTOMERIZE_EFFORT", "1" if os.environ.get("CI") == "true" else "0.4")
)

thorough = pytest.mark.skipif(
    EFFORT < 1, reason="tried in continuous integration, or with CUSTOMERIZE_EFFORT=1"
)
"""For what takes long, and of which something like it is tried always."""


def thoroughly(*values: Any, also: Sequence[pytest.MarkDecorator] = ()) -> Any:
    """Parameters of a test that are tried only thoroughly."""
    return pytest.param(*values, marks=[thorough, *also])


def often(count: int) -> int:
    """How many times what is done `count` times by default."""
    return max(1, round(count * EFFORT))


def try_calmly() -> None:
    """Random examples know no deadline, and none of those that failed in an earlier run."""
    present = settings.default or settings()
    slow = {HealthCheck.too_slow, *present.suppress_health_check}
    settings.register_profile(
        "calm", present, deadline=None, database=None, suppress_health_check=slow
    )
    settings.load_profile("calm")
