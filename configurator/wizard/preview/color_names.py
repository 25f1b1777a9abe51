"""What a color is called, nearly: "dark red" says more at the bench than #7a1f1f."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from configurator.wizard.preview.colors import Rgb, luminance

HUES: tuple[tuple[int, Promise, Promise, Promise], ...] = (
    (14, _("dark red"), _("red"), _("pink")),
    (42, _("brown"), _("orange"), _("light orange")),
    (66, _("olive"), _("yellow"), _("light yellow")),
    (160, _("dark green"), _("green"), _("light green")),
    (195, _("dark teal"), _("turquoise"), _("light turquoise")),
    (258, _("dark blue"), _("blue"), _("light blue")),
    (292, _("dark purple"), _("purple"), _("lilac")),
    (345, _("dark magenta"), _("magenta"), _("pink")),
    (361, _("dark red"), _("red"), _("pink")),
)
"""Up to which hue, in degrees; then its name where it is dark, full, and light."""
GRAYS = (
    (0.12, _("black")),
    (0.4, _("dark gray")),
    (0.68, _("gray")),
    (0.93, _("light gray")),
    (9.9, _("white")),
)


def color_name(color: Rgb) -> str:
    """The name of the nearest color that has one, in the reader's language."""
    low, high = min(color), max(color)
    light = luminance(color)
    if high - low < 24 + 14 * light or high < 38:
        return str(next(name for most, name in GRAYS if light < most))
    hue = _hue(color, low, high)
    dark, full, pale = next(names for most, *names in HUES if hue < most)
    if high < 150:
        return str(dark)
    return str(pale if low > 150 else full)


def _hue(color: Rgb, low: int, high: int) -> float:
    red, green, blue = color
    span = high - low
    if high == red:
        return (green - blue) / span * 60 % 360
    if high == green:
        return 120 + (blue - red) / span * 60
    return 240 + (red - green) / span * 60
