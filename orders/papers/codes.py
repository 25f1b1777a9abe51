"""QR and Code 128 as black and white modules, made by zxing-cpp.

The symbols have no quiet zone: whoever draws one leaves four modules (QR) or ten (Code 128) free.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zxingcpp


@dataclass(frozen=True)
class Symbol:
    """`rows` of packed bits, each row padded to whole bytes, 1 = black; sizes in modules."""

    width: int
    height: int
    rows: bytes

    def bars(self) -> list[tuple[int, int]]:
        """The first row's black stretches: where each begins and how long it is."""
        row = self.rows[: -(-self.width // 8)]
        bits = f"{int.from_bytes(row, 'big'):0{len(row) * 8}b}"
        return [(run.start(), run.end() - run.start()) for run in re.finditer("1+", bits)]


@lru_cache(maxsize=256)
def qr(text: str) -> Symbol:
    """A QR code with level M error correction."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return _symbol(barcode, rows=None)


@lru_cache(maxsize=256)
def code128(text: str) -> Symbol:
    """A Code 128 one module high; draw it as high as needed. ASCII only."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    return _symbol(barcode, rows=1)


def _symbol(barcode: zxingcpp.Barcode, rows: int | None) -> Symbol:
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    view = memoryview(image)
    height, width = view.shape or (0, 0)
    pixels = view.tobytes()
    used = rows or height
    packed = b"".join(_pack(pixels[y * width : (y + 1) * width]) for y in range(used))
    return Symbol(width, used, packed)


def _pack(row: bytes) -> bytes:
    bits = "".join("0" if pixel else "1" for pixel in row)
    length = -(-len(bits) // 8)
    return int(bits.ljust(length * 8, "0"), 2).to_bytes(length, "big")
