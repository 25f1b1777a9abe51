"""Customers' artwork: checked, cleaned, stored once by content, and bounded."""

import math
from collections.abc import MutableMapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.work import ask_for
from configurator.wizard.entering import option_of
from configurator.wizard.errors import BadInput
from configurator.wizard.models import Artwork, DesignEvent
from configurator.wizard.preview import ArtworkError, keep_artwork, keep_original, open_artwork

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Upload = UploadedFile[bytes]

ACCEPT = ("png", "jpeg", "webp")
MAX_BYTES = 16 * 1024 * 1024
UPLOADS_A_DESIGN = 50
BYTES_A_DAY = 200 * 1024 * 1024
"""What one visitor's session may upload in a day."""
DAY = 86_400
DROP = "artwork.drop"
"""The task that deletes a picture which nothing names any more."""

Session = MutableMapping[str, Any]


def store_artwork(
    *,
    product: ReleasedProduct,
    design_id: UUID,
    option: str,
    upload: "Upload | None",
    session: Session,
    address: str = "",
) -> str:
    """Check an uploaded picture and store it; returns its hash. BadInput says what is wrong.

    `address` is where it comes from, for what may come from there in a day.
    """
    info = option_of(product, option, "file")
    if upload is None or not upload.file:
        raise BadInput(option, "", _("Choose a picture file first."))
    size = upload.size or 0
    limit = min(info.max_bytes or MAX_BYTES, MAX_BYTES)
    if size > limit:
        message = _("This file has %(size)s MB; at most %(limit)s MB are possible.")
        over = math.ceil(size * 10 / 1048576) / 10  # rounded up: never "8.0 MB; at most 8 MB"
        parts = {"size": f"{over:.1f}", "limit": limit // 1048576}
        raise BadInput(option, "", message % parts)
    _bound(design_id, option, size, session)
    _bound_address(address, option, size)
    return _clean(info, upload.file, limit)


def _bound(design_id: UUID, option: str, size: int, session: Session) -> None:
    """Count an upload; BadInput past the limits of the design or of the day."""
    events = DesignEvent.objects.filter(design_id=design_id, kind=DesignEvent.Kind.FILE)
    if events.count() >= UPLOADS_A_DESIGN:
        message = _("This design has had %(count)s uploads; that is all we keep.")
        raise BadInput(option, "", message % {"count": UPLOADS_A_DESIGN})
    today = timezone.localdate().isoformat()
    used = session.get("uploaded")
    spent = int(used[1]) if isinstance(used, list) and used[0] == today else 0
    if spent + size > BYTES_A_DAY:
        raise BadInput(option, "", _("That is enough for today. Please go on tomorrow."))
    session["uploaded"] = [today, spent + size]


def _bound_address(address: str, option: str, size: int) -> None:
    """Count an upload of an address; a browser that forgets its session does not begin anew."""
    if not address:
        return
    today = timezone.localdate().isoformat()
    for what, amount, most in (
        ("files", 1, settings.UPLOADS_A_DAY),
        ("bytes", size, settings.UPLOAD_MB_A_DAY * 1024 * 1024),
    ):
        key = f"artwork:{what}:{address}:{today}"
        cache.add(key, 0, DAY)
        try:
            spent = cache.incr(key, amount)
        except ValueError:  # it was dropped in between
            continue
        if most and spent > most:
            raise BadInput(option, "", _("That is enough for today. Please go on tomorrow."))


def ask_to_drop(sha: str) -> None:
    """Have it looked at, later, whether anything names this picture; within a transaction."""
    due = timezone.now() + timedelta(days=settings.ARTWORK_DAYS)
    ask_for(DROP, due, "render", sha=sha)


def _clean(option: OptionInfo, file: Any, limit: int) -> str:
    source: BinaryIO = file
    source.seek(0)
    try:
        artwork = open_artwork(
            source,
            accept=option.accept or ACCEPT,
            max_bytes=limit,
            minimum_pixels=option.minimum_pixels,
            originals=True,
        )
    except ArtworkError as error:
        raise BadInput(option.code, "", str(error)) from None
    with transaction.atomic():
        row, is_new = Artwork.objects.update_or_create(
            sha=artwork.sha,
            defaults={"created_at": timezone.now()},  # whoever drops it must wait again
            create_defaults={
                "width": artwork.image.width,
                "height": artwork.image.height,
                "media_type": artwork.media_type,
                "size": len(artwork.data),
                "original": keep_original(artwork),
                "original_type": artwork.original_type,
            },
        )
        keep_artwork(artwork)
        if is_new:
            ask_to_drop(row.sha)
    return row.sha
