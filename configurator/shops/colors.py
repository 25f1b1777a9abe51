"""Colors of a theme: contrasts as WCAG 2 counts them, and the shades derived from three colors."""

from typing import NamedTuple

TEXT = 4.5
EDGE = 3.0
STEPS = 40


class Color(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: float
    green: float
    blue: float

    @classmethod
    def read(cls, text: str) -> "Color":
        """A color like #9c3d1c."""
        return cls(*(int(text[place : place + 2], 16) for place in (1, 3, 5)))

    def __str__(self) -> str:
        return "#" + "".join(f"{round(part):02x}" for part in self)

    @property
    def luminance(self) -> float:
        def linear(part: float) -> float:
            share = part / 255
            return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

        red, green, blue = (linear(part) for part in self)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mixed(self, other: "Color", share: float) -> "Color":
        """This color with a share of another."""
        return Color(*(a + (b - a) * share for a, b in zip(self, other, strict=True)))


WHITE, BLACK = Color(255, 255, 255), Color(0, 0, 0)


def contrast(one: Color, other: Color) -> float:
    """From 1 (the same) to 21 (black on white)."""
    low, high = sorted((one.luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)


def readable(color: Color, *grounds: Color, least: float = TEXT) -> Color:
    """The nearest shade of a color that stands out from all the grounds, towards black or white."""
    dark = sum(ground.luminance for ground in grounds) / len(grounds) > 0.18
    end = BLACK if dark else WHITE
    for step in range(STEPS + 1):
        shade = Color.read(str(color.mixed(end, step / STEPS)))
        if all(contrast(shade, ground) >= least for ground in grounds):
            return shade
    return end


def tokens(accent: str, paper: str, ink: str) -> dict[str, str]:
    """All the colors of tokens.css for a theme; every pair keeps the contrast that it needs."""
    ground, text, brand = Color.read(paper), Color.read(ink), Color.read(accent)
    light = ground.luminance > 0.18
    surface = WHITE.mixed(ground, 0.2) if light else ground.mixed(WHITE, 0.07)
    sunken = ground.mixed(text, 0.05)
    grounds = (ground, surface, sunken)
    brand, body = readable(brand, *grounds), readable(text, *grounds)
    found: dict[str, Color] = {
        "paper": ground,
        "surface": surface,
        "sunken": sunken,
        "ink": body,
        "on-ink": _over(body),
        "ink-soft": readable(text.mixed(ground, 0.3), *grounds),
        "ink-faint": readable(text.mixed(ground, 0.4), *grounds),
        "line": ground.mixed(text, 0.12),
        "line-strong": readable(text.mixed(ground, 0.5), *grounds, least=EDGE),
        "accent": brand,
        "accent-dark": brand.mixed(BLACK if light else WHITE, 0.2),
        "accent-soft": surface.mixed(brand, 0.1),
        "chosen": surface.mixed(brand, 0.05),
        "on-accent": _over(brand),
        "focus": readable(Color.read("#1d4fb8"), *grounds, least=EDGE),
    }
    for name, base in (("good", "#2d6a43"), ("warn", "#7d5200"), ("bad", "#a12622")):
        soft = surface.mixed(Color.read(base), 0.1)
        found[name] = readable(Color.read(base), *grounds, soft)
        found[f"{name}-soft"] = soft
    found["on-bad"] = _over(found["bad"])
    return {name: str(color) for name, color in found.items()}


def _over(ground: Color) -> Color:
    """White or black, whichever is read on a color."""
    return WHITE if contrast(WHITE, ground) >= TEXT else BLACK
