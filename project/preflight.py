"""What must hold before anything is served, each failure said in one line."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection


class PreflightError(Exception):
    """The one line that tells what is wrong and what to do."""


def check_data_dir() -> None:
    """Raise PreflightError unless DATA_DIR exists, or can be made, and is writable."""
    path = Path(settings.DATA_DIR)
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise PreflightError(
            f"the data folder {path} can't be written ({error.strerror}); "
            "mend its permissions or name another one with DATA_DIR"
        ) from None


def check_database() -> None:
    """Raise PreflightError unless the database answers and is not damaged."""
    name = settings.DATABASES["default"]["NAME"]
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check(1)")
                verdict = cursor.fetchone()
                if verdict and verdict[0] != "ok":
                    raise DatabaseError(str(verdict[0]))
            else:
                cursor.execute("SELECT 1")
    except DatabaseError as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise PreflightError(
            f"the database {name} can't be used ({reason}); "
            "put a backup in its place, or move it away to start afresh"
        ) from None
