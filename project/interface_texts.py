"""Compiles the interface's translations (locale/*.po) where they are newer than their .mo."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_all() -> int:
    """The number of catalogs compiled. Needs no gettext tools. Raises OSError if unwritable."""
    compiled = 0
    for root in settings.LOCALE_PATHS:
        for po in sorted(Path(root).glob("*/LC_MESSAGES/*.po")):
            mo = po.with_suffix(".mo")
            if not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns:
                _compile(po, mo)
                compiled += 1
    return compiled


def _compile(po: Path, mo: Path) -> None:
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parent.parent.name)
    partial = mo.with_suffix(f".{os.getpid()}.part")
    with partial.open("wb") as target:
        write_mo(target, catalog)
    partial.replace(mo)
