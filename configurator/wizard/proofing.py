"""Whether a picture will come out well where it is placed: its resolution, its edges, its inks."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, radians, sin

from configurator.catalog.configuration import Configuration
from configurator.catalog.placements import Placement, placement_of, sha_of
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.models import Artwork
from configurator.wizard.preview.anchors import Anchor, anchor_of
from configurator.wizard.preview.inks import Plate, plates
from configurator.wizard.preview.placed import cleared, cropped, cropped_size
from configurator.wizard.preview.plain_ground import is_plain

GOOD, SOFT, SMALL = "good", "soft", "small"
WANTED_DPI = 200
INCH = 25.4
SEEN = 480  # px; inks are counted on a picture of this size
Pair = tuple[float, float]
Box = tuple[float, float, float, float]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
SIDES = ("left", "top", "right", "bottom")


@dataclass(frozen=True)
class Proof:
    """`dpi` are the pixels an inch at the size chosen, 0 where no measure is known; `verdict` what
    that means. `cut` names the sides at which the picture runs beyond its place, `close` those
    where its edge lies on the place's edge. `millimeters` are width and height of the picture.
    """

    anchor: Anchor
    placement: Placement
    dpi: int
    wanted: int
    verdict: str
    millimeters: tuple[float, float]
    cut: tuple[str, ...]
    close: tuple[str, ...]
    plain: bool  # whether it has a plain ground that could be taken away
    filling: int  # percent, the scale in which it covers its place, with the bleed


def proof_of(
    product: ReleasedProduct, whole: Configuration, option: str, reference: str
) -> Proof | None:
    """The proof of a picture; None where it is not there or the product does not show it."""
    stored = Artwork.objects.filter(sha=sha_of(reference)).first()
    anchor = anchor_of(product, whole, option) if stored else None
    if stored is None or anchor is None:
        return None
    placement = placement_of(reference)
    wide, high = cropped_size(stored.width, stored.height, placement)
    known = anchor.width_mm > 0 and anchor.height_mm > 0
    place = (anchor.width_mm, anchor.height_mm) if known else (anchor.shape * 100, 100.0)
    factor = min(place[0] / wide, place[1] / high) * placement.scale / 100  # mm a pixel
    size = wide * factor, high * factor
    dpi = round(INCH / factor) if known else 0
    wanted = round(anchor.dpi) or WANTED_DPI
    seen = _seen(reference, anchor.inks)
    cut, close = edges(size, place, placement, anchor.bleed_mm, seen)
    return Proof(
        anchor=anchor,
        placement=placement,
        dpi=dpi,
        wanted=wanted,
        verdict=_verdict(dpi, wanted) if known else "",
        millimeters=size if known else (0.0, 0.0),
        cut=cut,
        close=close,
        plain=_plain(sha_of(reference)),
        filling=_filling((wide, high), place, anchor.bleed_mm),
    )


def _filling(pixels: tuple[float, float], place: tuple[float, float], bleed: float) -> int:
    sides = [side / pixel for side, pixel in zip(place, pixels, strict=True)]
    over = [(side + 2 * bleed) / pixel for side, pixel in zip(place, pixels, strict=True)]
    return ceil(max(over) / min(sides) * 100)


def _verdict(dpi: int, wanted: int) -> str:
    if dpi >= wanted:
        return GOOD
    return SOFT if dpi * 2 >= wanted else SMALL


def edges(
    size: Pair, place: Pair, placement: Placement, bleed: float, seen: Box = WHOLE
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sides at which a picture of this size is cut off, and those where it ends less than the
    bleed before the place's edge or behind it, so that a slip of the knife would show. All in mm.

    `seen` is the part of the picture that is not transparent.
    """
    turn = radians(placement.angle)
    across = [(share - 0.5) * size[0] for share in (seen[0], seen[2])]
    down = [(share - 0.5) * size[1] for share in (seen[1], seen[3])]
    corners = [
        (x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)) for x in across for y in down
    ]
    middle = placement.x / 1000 * place[0], placement.y / 1000 * place[1]
    beyond = {
        "left": -min(x for x, _y in corners) - middle[0] - place[0] / 2,
        "top": -min(y for _x, y in corners) - middle[1] - place[1] / 2,
        "right": max(x for x, _y in corners) + middle[0] - place[0] / 2,
        "bottom": max(y for _x, y in corners) + middle[1] - place[1] / 2,
    }
    slack = max(place) / 500  # what rounding may do
    cut = tuple(side for side in SIDES if beyond[side] > max(slack, bleed - slack))
    close = tuple(side for side in SIDES if bleed and abs(beyond[side]) < bleed - slack)
    return cut, close


@lru_cache(maxsize=256)
def _seen(reference: str, inks: int) -> Box:
    """The part of the cropped picture that is not transparent, in shares of it."""
    try:
        shown = cropped(cleared(reference, inks, SEEN), placement_of(reference))
    except (OSError, ValueError):
        return WHOLE
    box = shown.getchannel("A").getbbox() or (0, 0, *shown.size)
    wide, high = shown.size
    return box[0] / wide, box[1] / high, box[2] / wide, box[3] / high


@lru_cache(maxsize=256)
def _plain(sha: str) -> bool:
    try:
        return is_plain(cleared(sha, sharp=SEEN))
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=128)
def inks_used(reference: str, inks: int) -> tuple[Plate, ...]:
    """The inks in which a process with so many lays the picture down; () if the file is gone."""
    try:
        return tuple(plates(cleared(reference, sharp=SEEN), inks))
    except (OSError, ValueError):
        return ()
