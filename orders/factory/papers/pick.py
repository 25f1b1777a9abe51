"""The pick list and the cut list over many work orders: each part once, split by who needs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orders.factory.build_sheet.work import natural
from orders.factory.papers.facts import Piece, Unit

Share = tuple[Unit, Decimal]


@dataclass(frozen=True)
class Line:
    """A part with its quantity over all, and what of it each work order gets."""

    piece: Piece
    quantity: Decimal
    scrap: Decimal
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Stock:
    """Pieces that are cut from the same material: of one thickness, the longest first."""

    material: str
    thickness: Decimal | None
    lines: tuple[Line, ...]

    @property
    def pieces(self) -> Decimal:
        return sum((line.quantity for line in self.lines), Decimal(0))

    @property
    def meters(self) -> Decimal:
        """The length of all pieces, end to end, without saw cuts."""
        return sum((_side(line.piece, 0) * line.quantity for line in self.lines), Decimal(0)) / 1000

    @property
    def square_meters(self) -> Decimal:
        """The area of those that have a width, without waste."""
        sides = (_side(line.piece, 0) * _side(line.piece, 1) * line.quantity for line in self.lines)
        return sum(sides, Decimal(0)) / 1_000_000


def pick(units: Iterable[Unit]) -> list[Line]:
    """What is pulled and not cut, along the bins in their natural order; what has none, last."""
    lines = _lines(units, cut=False)
    return sorted(
        lines, key=lambda line: (not line.piece.bin, natural(line.piece.bin), _told(line))
    )


def cuts(units: Iterable[Unit]) -> list[Stock]:
    """What is cut, by material and thickness; the longest first."""
    groups: dict[tuple[str, Decimal], list[Line]] = {}
    for line in _lines(units, cut=True):
        key = (line.piece.material, -(line.piece.thickness or Decimal(0)))
        groups.setdefault(key, []).append(line)
    return [
        Stock(material, groups[material, thickness][0].piece.thickness, _longest(found))
        for (material, thickness), found in sorted(
            groups.items(), key=lambda item: (item[0][0].casefold(), item[0])
        )
    ]


def _longest(lines: list[Line]) -> tuple[Line, ...]:
    def key(line: Line) -> tuple[Any, ...]:
        return (-_side(line.piece, 0), -_side(line.piece, 1), _told(line))

    return tuple(sorted(lines, key=key))


def _side(piece: Piece, which: int) -> Decimal:
    return (piece.cut[which] if piece.cut else None) or Decimal(0)


def _told(line: Line) -> tuple[str, str, str]:
    return (line.piece.number, line.piece.name, line.piece.material)


def _lines(units: Iterable[Unit], *, cut: bool) -> list[Line]:
    found: dict[tuple[object, ...], list[tuple[Unit, Piece]]] = {}
    for unit in sorted(units, key=lambda unit: natural(unit.number)):
        for piece in unit.pieces:
            if bool(piece.cut) == cut:
                same = (piece.bin, piece.number, piece.name, piece.material, piece.unit, piece.cut)
                found.setdefault(same, []).append((unit, piece))
    return [_line(pairs) for pairs in found.values()]


def _line(pairs: list[tuple[Unit, Piece]]) -> Line:
    shares: dict[str, Share] = {}
    for unit, piece in pairs:
        before = shares[unit.number][1] if unit.number in shares else Decimal(0)
        shares[unit.number] = (unit, before + piece.quantity)
    return Line(
        piece=pairs[0][1],
        quantity=sum((piece.quantity for _unit, piece in pairs), Decimal(0)),
        scrap=sum((piece.scrap for _unit, piece in pairs), Decimal(0)),
        shares=tuple(shares.values()),
    )
