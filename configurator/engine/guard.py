"""Running a command in a process that is ended when it takes too long or too much memory."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ENDING = (signal.SIGTERM, signal.SIGHUP)
WAITING = (*ENDING, signal.SIGINT)
"""Signals that wait until the parent knows its child."""


class _Ended(BaseException):
    """This process was asked to end."""


def guarded(run: Callable[[], int], seconds: float, memory_mb: int) -> int:
    """The status of `run` in a forked process; 2, and a message, when it had to be ended."""
    sys.stdout.flush()
    sys.stderr.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, WAITING)
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WAITING)
        _run_as_child(run, seconds, memory_mb)
    try:
        with _ended_by_signals():
            signal.pthread_sigmask(signal.SIG_UNBLOCK, WAITING)
            return _wait(child, seconds)
    except KeyboardInterrupt:
        _end(child)
        return 130
    except _Ended as signalled:
        _end(child)
        return 128 + int(signalled.args[0])


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Signals to end are raised, so that the child does not go on alone."""

    def end(number: int, _: object) -> NoReturn:
        raise _Ended(number)

    before = {number: signal.signal(number, end) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run_as_child(run: Callable[[], int], seconds: float, memory_mb: int) -> None:
    status = 2
    try:
        _limit(seconds, memory_mb)
        status = run()
        sys.stdout.flush()
    except MemoryError:
        sys.stderr.write(f"error: This needs more than {memory_mb:,} MB of memory.\n")
    except BrokenPipeError:
        status = 1
    except OSError as error:
        sys.stderr.write(f"error: {error.strerror or error}.\n")
    except KeyboardInterrupt:
        status = 130
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 2
    except BaseException as error:
        sys.stderr.write(f"error: The engine failed: {_told(error)}.\n")
    finally:
        sys.stderr.flush()
        os._exit(status)


def _limit(seconds: float, memory_mb: int) -> None:
    """Bounds that hold even if the parent is killed; what compiles sets its own memory."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    processor = int(seconds) * 2 + 10  # numpy may use several cores
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))


def _told(error: BaseException) -> str:
    """An unforeseen error and its place, in one line."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    text = " ".join(str(error).split())[:200]
    return f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {text}"


def _wait(child: int, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    pause = 0.001
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > deadline:
            _end(child)
            sys.stderr.write(
                f"error: This takes longer than {seconds:g} seconds; --seconds allows more.\n"
            )
            return 2
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        sys.stderr.write(f"error: The engine ran out of memory or was ended ({name}).\n")
        return 2
    return os.waitstatus_to_exitcode(status)


def _end(child: int) -> None:
    """End the process with everything that it started."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
