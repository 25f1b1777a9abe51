"""The name of a paper: a hash of all that goes into it, so that the same name is the same bytes."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import reportlab
from django.conf import settings

from orders.papers import fonts

HERE = Path(__file__).parent


def name(
    kind: str, size: str, language: str, facts: dict[str, Any], *, drawn_by: Path = HERE
) -> str:
    """SHA-256 of the facts on a paper (plain JSON) and of how it is drawn.

    `language` may be two, as "en+pl" (tongues.code). `drawn_by` is the folder of the code that
    lays the paper out, besides this one; folders in it count too.
    """
    whole = {
        "kind": kind,
        "size": size,
        "language": language,
        "facts": facts,
        "drawn": _drawing(drawn_by),
        "words": _words(language),
    }
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "backslashreplace")).hexdigest()


@cache
def _drawing(layout: Path) -> str:
    """A hash of the code that draws papers and of the fonts."""
    digest = hashlib.sha256(reportlab.Version.encode())
    for folder in (HERE, layout):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    for path in fonts.available().values():
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _words(language: str) -> str:
    """A hash of the translations into a language."""
    digest = hashlib.sha256()
    for spoken in language.split("+"):
        for folder in settings.LOCALE_PATHS:
            path = Path(folder) / spoken.replace("-", "_") / "LC_MESSAGES" / "django.mo"
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()
