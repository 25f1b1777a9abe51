"""The secret key of a checkout that was given none: made once, kept in the data folder."""

import os
import secrets
from pathlib import Path


def secret_key(data_dir: Path) -> str:
    """The key stored under `data_dir`, made on first use; a throw-away one if it can't be kept."""
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip() or _fresh()
        key = _fresh()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key)
        return key
    except OSError:
        return _fresh()


def _fresh() -> str:
    return secrets.token_urlsafe(50)
