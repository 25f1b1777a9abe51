"""An address as a QR code for a page or a phone's camera: SVG, black on white."""

from functools import lru_cache
from typing import Any

import zxingcpp

QUIET = 4  # modules around it


@lru_cache(maxsize=256)
def svg(text: str) -> str:
    """The code with its quiet zone; error correction M."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = made.to_image(scale=1, add_quiet_zones=False)
    view = memoryview(image)
    height, width = view.shape or (0, 0)
    pixels = view.tobytes()
    rows = (pixels[y * width : (y + 1) * width] for y in range(height))
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, pixel in enumerate(row)
        if not pixel
    )
    size = width + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{dark}" fill="#000"/></svg>'
    )
