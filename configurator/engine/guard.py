"""Running a command in a process that is ended when it takes too long or too much memory."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable


def guarded(run: Callable[[], int], seconds: float, memory_mb: int) -> int:
    """The status of `run` in a forked process; 2, and a message, when it had to be ended."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        _run_as_child(run, memory_mb)
    try:
        return _wait(child, seconds)
    except KeyboardInterrupt:
        _end(child)
        return 130


def _run_as_child(run: Callable[[], int], memory_mb: int) -> None:
    status = 2
    try:
        limit = memory_mb << 20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        status = run()
        sys.stdout.flush()
    except MemoryError:
        sys.stderr.write(f"error: This needs more than {memory_mb:,} MB of memory.\n")
    except BrokenPipeError:
        status = 1
    except KeyboardInterrupt:
        status = 130
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 2
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


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
