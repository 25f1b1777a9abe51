"""Runs a command whose first paper is never finished: half is written, then it sleeps.

python -m tests.chaos.slow MARKER WORDS…   MARKER is written when that moment has come.
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

LONG = 600  # seconds; the test kills the process long before


def main() -> None:
    marker, words = Path(sys.argv[1]), sys.argv[2:]
    force = os.fsync

    def stall(file: Any) -> None:
        """Before the first paper is forced to disk, cut it in half and fall asleep."""
        if not marker.exists() and os.fstat(file).st_size > 1000:
            os.ftruncate(file, os.fstat(file).st_size // 2)
            marker.write_text(str(os.getpid()))
            time.sleep(LONG)
        force(file)

    setattr(os, "fsync", stall)  # noqa: B010
    if words[0] == "celery":
        from celery.__main__ import main as celery

        sys.argv = words
        celery()
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", *words])


if __name__ == "__main__":
    main()
