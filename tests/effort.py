"""How much is tried. CUSTOMERIZE_EFFORT=10: ten times as many random models, walks, killings."""

import os

from hypothesis import HealthCheck, settings

EFFORT = float(os.environ.get("CUSTOMERIZE_EFFORT", "1"))


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
