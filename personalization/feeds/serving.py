"""A feed's answer: written once for what it says today, then read from disk as it is."""

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from configurator.catalog.models import Release
from configurator.sharing.models import Entry
from orders.selling.models import TaxRate
from personalization.feeds.items import Item, Market, items

LOOK = 3  # raise it when the same facts would be written otherwise
FRESH = 15 * 60  # seconds for which days that the workshop promises are told as they were
FORGOTTEN = 2 * 24 * 3600.0
Write = Callable[[Iterable[Item], Market], Iterator[str]]


def mark(market: Market, kind: str) -> str:
    """What a feed's answer hangs on: releases, the gallery, taxes, the firm, and the workshop as it
    was within the last quarter of an hour."""
    live = list(Release.objects.filter(live=True).order_by("id").values_list("sha", flat=True))
    shown = Entry.objects.filter(state=Entry.State.SHOWN).aggregate(
        n=Count("pk"), last=Max("decided_at"), liked=Max("id")
    )
    rates = list(TaxRate.objects.order_by("pk").values_list("country", "rate"))
    facts = [LOOK, vars(market), kind, live, shown, rates, settings.SITE_URL, settings.FIRM_NAME]
    facts += [settings.FIRM_COUNTRY, str(timezone.localdate()), int(time.time() // FRESH)]
    return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def stored(market: Market, kind: str, name: str, write: Write) -> Path:
    """The feed on disk, written now if it is not there; whole or not at all."""
    folder = Path(settings.DATA_DIR) / "feeds"
    target = folder / f"{name}.{kind}"
    if target.is_file():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            for piece in write(items(market), market):
                file.write(piece)
        os.replace(scratch, target)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
    _sweep(folder)
    return target


def _sweep(folder: Path) -> None:
    """Feeds of other days are gone."""
    old = time.time() - FORGOTTEN
    for path in folder.iterdir():
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
