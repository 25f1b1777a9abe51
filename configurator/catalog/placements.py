"""How a customer's picture lies in its place: a reference is its hash, and after "@" the placement.

A plain hash is the whole picture, upright, as large as fits in the middle of its place. So a design
whose picture was never moved is the same as it always was.
"""

import re
from dataclasses import astuple, dataclass, fields, replace

REFERENCE = re.compile(r"([0-9a-f]{64})(?:@((?:-?\d{1,4},){8}-?\d{1,4}))?", re.ASCII)
LEAST_LEFT = 10
"""Percent of a side that no cropping goes below."""


@dataclass(frozen=True)
class Placement:
    """Whole numbers, so that the same placement is always written the same.

    `x`, `y`: how far the picture's middle is right of and below its place's, in thousandths of the
    place's width and height. `scale`: percent of the size in which it just fits. `angle`: degrees
    clockwise. `left` to `bottom`: percent of the picture cut away at each side. `ground`: how
    unlike, in percent, what counts as its plain ground may be; 0 keeps the ground.
    """

    x: int = 0
    y: int = 0
    scale: int = 100
    angle: int = 0
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0
    ground: int = 0

    def within(self) -> "Placement":
        """The nearest placement that there is."""
        kept = {
            name: max(low, min(high, getattr(self, name))) for name, (low, high) in BOUNDS.items()
        }
        kept["right"] = min(kept["right"], 100 - LEAST_LEFT - kept["left"])
        kept["bottom"] = min(kept["bottom"], 100 - LEAST_LEFT - kept["top"])
        return replace(self, **kept)


BOUNDS = {
    "x": (-1500, 1500),
    "y": (-1500, 1500),
    "scale": (5, 1000),
    "angle": (-180, 180),
    "left": (0, 90),
    "top": (0, 90),
    "right": (0, 90),
    "bottom": (0, 90),
    "ground": (0, 60),
}
NAMES = tuple(field.name for field in fields(Placement))
AS_IT_IS = Placement()


def written(sha: str, placement: Placement = AS_IT_IS) -> str:
    """The reference to a picture in a placement."""
    if placement == AS_IT_IS:
        return sha
    return f"{sha}@{','.join(str(number) for number in astuple(placement))}"


def sha_of(reference: str) -> str:
    """The hash of the picture alone."""
    return reference.partition("@")[0]


def placement_of(reference: str) -> Placement:
    """The placement; what is not well written is the picture as it is."""
    found = REFERENCE.fullmatch(reference)
    if found is None or not found[2]:
        return AS_IT_IS
    return Placement(*(int(number) for number in found[2].split(","))).within()
