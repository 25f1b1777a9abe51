"""Where to cut: marks outside the bleed, in all four inks."""

from collections.abc import Iterable

from orders.papers.pen import MM

AWAY, LONG = 3.5, 5.0  # mm from the trimmed edge to the mark, and its length
REGISTRATION = "1 1 1 1 K 0.25 w"

Trim = tuple[float, float, float, float]  # left, bottom, width, height in mm
Line = tuple[float, float, float, float]


def lines(trims: Iterable[Trim], bleed: float) -> list[Line]:
    """The marks of trimmed papers on one sheet, none of them through another's bleed."""
    boxes = list(trims)
    found = {line for box in boxes for line in _corners(box)}
    grown = [(x - bleed, y - bleed, w + 2 * bleed, h + 2 * bleed) for x, y, w, h in boxes]
    return sorted(line for line in found if not any(_meets(line, box) for box in grown))


def _corners(trim: Trim) -> list[Line]:
    left, low, wide, high = trim
    found: list[Line] = []
    for x in (left, left + wide):
        found.append((x, low - AWAY, x, low - AWAY - LONG))
        found.append((x, low + high + AWAY, x, low + high + AWAY + LONG))
    for y in (low, low + high):
        found.append((left - AWAY, y, left - AWAY - LONG, y))
        found.append((left + wide + AWAY, y, left + wide + AWAY + LONG, y))
    return found


def _meets(line: Line, box: Trim) -> bool:
    x0, x1 = sorted((line[0], line[2]))
    y0, y1 = sorted((line[1], line[3]))
    left, low, wide, high = box
    return x1 > left and x0 < left + wide and y1 > low and y0 < low + high


def drawn(found: Iterable[Line]) -> str:
    """The operators."""
    told = (
        f"{x0 * MM:.3f} {y0 * MM:.3f} m {x1 * MM:.3f} {y1 * MM:.3f} l S" for x0, y0, x1, y1 in found
    )
    return "\n".join(["q", REGISTRATION, *told, "Q"])
