"""Which picture format a browser gets: the smallest that it takes and that is ready."""

from collections.abc import Callable

from configurator.wizard.preview.rendering import Format


def best_format(accept: str, ready: Callable[[], bool]) -> Format:
    """`accept` is the header; `ready` tells whether the AVIF was made ahead.

    AVIF is a third smaller than WebP and takes four times as long to make, so no click waits for
    it. Who accepts anything gets WebP, who names neither nor anything gets JPEG.
    """
    taken = dict(_read(part) for part in accept.lower().split(",")[:40])
    anything = taken.get("image/*", taken.get("*/*", not accept.strip()))
    if taken.get("image/avif", False) and ready():
        return "avif"
    return "webp" if taken.get("image/webp", anything) else "jpeg"


def _read(part: str) -> tuple[str, bool]:
    """A type and whether it is wanted at all (`q=0` is not)."""
    kind, *more = (piece.strip() for piece in part.split(";"))
    return kind, not any(piece.replace(" ", "") in ("q=0", "q=0.0", "q=0.00") for piece in more)
