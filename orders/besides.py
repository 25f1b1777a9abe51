"""What a mail about an order says besides, with its pictures, as its templates lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from configurator.catalog.places import Tile, Words
from orders.mailing import Picture, host


@dataclass(frozen=True)
class Shown:
    """A tile with its picture, if it has one."""

    tile: Tile
    picture: Picture | None


@dataclass(frozen=True)
class Besides:
    """Words with a picture, and tiles with theirs."""

    words: Words
    picture: Picture | None
    shown: Sequence[Shown]

    @staticmethod
    def of(words: Words) -> Besides:
        """The same, with names for its pictures."""
        tiles = enumerate(words.tiles, 1)
        return Besides(
            words,
            _picture(words.drawn, words.alt, "besides"),
            [Shown(tile, _picture(tile.picture, tile.alt, f"besides-{n}")) for n, tile in tiles],
        )

    @property
    def pictures(self) -> list[Picture]:
        every = (self.picture, *(each.picture for each in self.shown))
        return [each for each in every if each is not None]


def _picture(data: bytes, alt: str, name: str) -> Picture | None:
    return Picture(data, alt, f"{name}@{host()}") if data else None
