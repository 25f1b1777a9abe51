"""Work of the engine in a process of its own, so that a rule set that explodes ends only that."""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from subprocess import PIPE
from typing import Any

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
START_UP = 15
"""Seconds that a child may take besides its work."""
LOOK_EVERY = 0.5  # seconds

_watch: ContextVar[Callable[[], None]] = ContextVar("watch", default=lambda: None)


def ask(
    module: str, request: dict[str, Any], *arguments: str, seconds: float
) -> dict[str, Any] | None:
    """What `python -m module` answers to a request, both as JSON; None if it took too much."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=ROOT) as child:
        try:
            out, err = _awaited(child, json.dumps(request).encode(), seconds + START_UP)
        except subprocess.TimeoutExpired:
            return None
        finally:
            child.kill()
    if child.returncode != 0:
        log.warning("%s ended with %s: %s", module, child.returncode, err[-2000:])
        return None
    answer: dict[str, Any] = json.loads(out)
    return answer


@contextmanager
def watched(look: Callable[[], None]) -> Iterator[None]:
    """Call `look` now and then while a child works; what it raises ends the child."""
    token = _watch.set(look)
    try:
        yield
    finally:
        _watch.reset(token)


class TooLong(Exception):
    """Somebody waits for the answer, and it took longer than a moment."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Children together get so many seconds; then TooLong is raised."""
    end = time.monotonic() + seconds

    def look() -> None:
        if time.monotonic() > end:
            raise TooLong

    with watched(look):
        yield


def watch() -> None:
    """Raise what the watch does, while something else than a child is waited for."""
    _watch.get()()


def _awaited(child: "subprocess.Popen[bytes]", data: bytes, seconds: float) -> tuple[bytes, bytes]:
    """What a child says; raises TimeoutExpired, and what the watch does."""
    given: bytes | None = data
    end = time.monotonic() + seconds
    while True:
        left = end - time.monotonic()
        try:
            return child.communicate(given, timeout=max(min(left, LOOK_EVERY), 0.01))
        except subprocess.TimeoutExpired:
            if left <= LOOK_EVERY:
                raise
            given = None  # it is on its way
            watch()


def limit(memory_mb: int, seconds: float) -> None:
    """Ask the system to end this process when it takes too much; not every system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        size = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) * 4, int(seconds) * 4 + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
