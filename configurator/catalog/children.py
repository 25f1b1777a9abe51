"""Work of the engine in a process of its own, so that a rule set that explodes ends only that."""

import json
import logging
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
START_UP = 15
"""Seconds that a child may take besides its work."""


def ask(
    module: str, request: dict[str, Any], *arguments: str, seconds: float
) -> dict[str, Any] | None:
    """What `python -m module` answers to a request, both as JSON; None if it took too much."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=seconds + START_UP,
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if child.returncode != 0:
        log.warning("%s ended with %s: %s", module, child.returncode, child.stderr[-2000:])
        return None
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer


def limit(memory_mb: int, seconds: float) -> None:
    """Ask the system to end this process when it takes too much; not every system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        size = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) * 4, int(seconds) * 4 + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
