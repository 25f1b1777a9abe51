"""A picture for products that have none: a mosaic with a tile for every option.

Pages of the wizard have a hue each; a tile is the deeper, the later its chosen value stands in the
list. So every design looks different, and every click can be seen.
"""

from math import ceil, sqrt
from typing import Any

from configurator.catalog.content import Content, options_of

WIDTH, HEIGHT = 1200, 900
FIELD = (110, 110, 1090, 760)
"""Left, top, right and bottom of the mosaic at most."""
MOST_TILES = 400
SHADE = "shade"
"""The attribute of a choice that says how deep its tile is, 0 to 1."""
HUES = ("#8c4a32", "#b0803c", "#6f7d45", "#3f7268", "#3d6285", "#5d5186", "#8a4c72")
GROUND = {"top": "#f7f4ef", "bottom": "#e2dacd", "horizon": 0.9, "shadow": {"strength": 0.3}}


def mosaic(content: Content) -> Content:
    """The picture of a content; gives its choices the attribute that the tiles read."""
    options = options_of(content)
    picture: dict[str, Any] = {"width": WIDTH, "height": HEIGHT, "ground": GROUND, "layers": []}
    if len(options) > MOST_TILES:
        return picture
    hues = [
        HUES[number % len(HUES)]
        for number, step in enumerate(content["steps"])
        for _option in step["options"]
    ]
    corners = tiles(len(options))
    for option, hue, (left, top, side) in zip(options, hues, corners, strict=True):
        right, bottom = left + side, top + side
        picture["layers"].append(
            {
                "code": f"tile-{option['code']}",
                "opacity": _opacity(option),
                "panel": {
                    "points": [[left, top], [right, top], [right, bottom], [left, bottom]],
                    "fill": hue,
                },
            }
        )
    return picture


def tiles(count: int) -> list[tuple[int, int, int]]:
    """Left, top and side of so many square tiles, centered in the field."""
    left, top, right, bottom = FIELD
    columns = max(1, ceil(sqrt(count * (right - left) / (bottom - top))))
    pitch = min(130, (right - left) // columns, (bottom - top) // ceil(count / columns))
    start_x = (left + right - columns * pitch) // 2
    start_y = (top + bottom - ceil(count / columns) * pitch) // 2
    side = pitch - max(2, pitch // 8)
    return [
        (start_x + index % columns * pitch, start_y + index // columns * pitch, side)
        for index in range(count)
    ]


def _opacity(option: Content) -> str:
    """The formula of a tile; gives the choices the attribute that it reads."""
    if option["kind"] == "toggle":
        return f"if {option['code']} then 1 else 0.12"
    last = max(1, len(option["choices"]) - 1)
    for number, choice in enumerate(option["choices"]):
        choice["attributes"][SHADE] = round(number / last, 3)
    return f"0.12 + 0.88 * {option['code']}.{SHADE}"
