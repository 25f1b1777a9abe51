"""Groups of rows poured into columns side by side, over as many pages as they need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from orders.papers.flow import Flow
from orders.papers.pen import Pen

Paint = Callable[[Pen, float, float], None]  # pen, left, top


@dataclass(frozen=True)
class Block:
    """Something `height` points high that is never cut."""

    height: float
    paint: Paint


@dataclass(frozen=True)
class Group:
    """Blocks under a heading, which is repeated where the group goes on in another column."""

    heading: Block
    again: Block
    blocks: Sequence[Block]

    @cached_property
    def height(self) -> float:
        return self.heading.height + sum(block.height for block in self.blocks)


@dataclass(frozen=True)
class _Cursor:
    group: int = 0
    block: int = 0


def pour(flow: Flow, groups: Sequence[Group], *, count: int, gap: float, first: float = 0) -> None:
    """Fill `count` columns a page; the first column of the first page begins `first` lower.

    The columns of the last page are made as even as the blocks allow, whole groups where they fit.
    """
    width = (flow.width - gap * (count - 1)) / count
    at = _Cursor()
    while True:
        starts = [first, *[0.0] * (count - 1)]
        height, whole = _even(groups, at, starts, flow.room)
        top, used = flow.y, first
        for column, start in enumerate(starts):
            placed, at, end = _fill(groups, at, start, height, whole=whole)
            used = max(used, end)
            x = flow.left + column * (width + gap)
            flow.draw(_painter(placed, x, top))
        flow.skip(used)
        if at.group >= len(groups):
            return
        flow.turn()
        first = 0


def _painter(placed: list[tuple[float, Block]], x: float, top: float) -> Callable[[Pen], None]:
    def draw(pen: Pen) -> None:
        for y, block in placed:
            block.paint(pen, x, top + y)

    return draw


def _even(
    groups: Sequence[Group], at: _Cursor, starts: list[float], room: float
) -> tuple[float, bool]:
    """The lowest height at which all that is left fits into the columns, or `room`.

    And whether groups stay whole: they do unless splitting them saves a twentieth of the height.
    """
    split = _lowest(groups, at, starts, room, whole=False)
    if split is None:
        return room, False
    whole = _lowest(groups, at, starts, room, whole=True)
    return (whole, True) if whole is not None and whole <= split * 1.05 else (split, False)


def _lowest(
    groups: Sequence[Group], at: _Cursor, starts: list[float], room: float, *, whole: bool
) -> float | None:
    low, high = max(starts), room
    if not _fits(groups, at, starts, high, whole=whole):
        return None
    while high - low > 4:
        middle = (low + high) / 2
        if _fits(groups, at, starts, middle, whole=whole):
            high = middle
        else:
            low = middle
    return high


def _fits(
    groups: Sequence[Group], at: _Cursor, starts: list[float], height: float, *, whole: bool
) -> bool:
    for start in starts:
        _placed, at, _end = _fill(groups, at, start, height, whole=whole)
    return at.group >= len(groups)


def _fill(
    groups: Sequence[Group], at: _Cursor, y: float, height: float, *, whole: bool
) -> tuple[list[tuple[float, Block]], _Cursor, float]:
    """Blocks with their tops from `y` down to `height`, where to go on, and where they end.

    A heading never stands alone. A block higher than an empty column is placed all the same, so
    that pouring always ends.
    """
    placed: list[tuple[float, Block]] = []
    index, start = at.group, at.block
    while index < len(groups):
        group = groups[index]
        if whole and placed and y + group.height > height + 0.01:
            return placed, _Cursor(index, 0), y
        for number in range(start, len(group.blocks)):
            block = group.blocks[number]
            head = [group.again if number else group.heading] if not placed or not number else []
            needed = block.height + sum(b.height for b in head)
            if y + needed > height + 0.01 and (placed or y > 0):
                return placed, _Cursor(index, number), y
            for piece in [*head, block]:
                placed.append((y, piece))
                y += piece.height
        index, start = index + 1, 0
    return placed, _Cursor(index, 0), y
