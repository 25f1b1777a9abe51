"""A theme as a style sheet, and what is told about its contrasts."""

import hashlib
from functools import lru_cache

from django.utils.translation import gettext as _

from configurator.shops.colors import TEXT, Color, contrast, readable, tokens
from configurator.shops.models import Theme

SANS = '"Manrope", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif'
SERIF = '"EB Garamond", "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif'
SYSTEM = 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif'
FONTS = {
    Theme.Font.OURS.value: (SANS, SERIF),
    Theme.Font.PLAIN.value: (SANS, SANS),
    Theme.Font.SYSTEM.value: (SYSTEM, SYSTEM),
    Theme.Font.SERIF.value: (SERIF, SERIF),
}


def style_sheet(theme: Theme) -> str:
    """Our tokens in the theme's colors, fonts and corners."""
    return _style_sheet(theme.accent, theme.paper, theme.ink, theme.radius, theme.font)


def mark_of(theme: Theme) -> str:
    """Changes with the style sheet."""
    return hashlib.sha256(style_sheet(theme).encode()).hexdigest()[:12]


@lru_cache(maxsize=256)
def _style_sheet(accent: str, paper: str, ink: str, radius: int, font: str) -> str:
    body, display = FONTS.get(font, FONTS[Theme.Font.OURS.value])
    scheme = "light" if Color.read(paper).luminance > 0.18 else "dark"
    lines = {
        "color-scheme": scheme,
        **{f"--{name}": color for name, color in tokens(accent, paper, ink).items()},
        "--radius-s": f"{radius / 2:g}px",
        "--radius-m": f"{radius}px",
        "--radius-l": f"{radius * 5 / 3:.3g}px",
        "--font": body,
        "--font-display": display,
    }
    rules = "".join(f"    {name}: {value};\n" for name, value in lines.items())
    return f"@layer tokens {{\n  :root {{\n{rules}  }}\n}}\n"


def ratio(number: float) -> str:
    """A contrast as people write it: 4.5 : 1."""
    return f"{int(number * 10) / 10:g} : 1"


def unreadable(accent: str, paper: str, ink: str) -> dict[str, str]:
    """What is too faint to be read, by field, with the nearest shade that is not."""
    ground = Color.read(paper)
    told = {}
    for field, text in (("ink", ink), ("accent", accent)):
        found = contrast(Color.read(text), ground)
        if found < TEXT:
            message = _(
                "The contrast with the background is %(found)s; %(least)s is needed to be read. "
                "The nearest shade that has it: %(nearest)s."
            )
            nearest = str(readable(Color.read(text), ground))
            least = ratio(TEXT)
            told[field] = message % {"found": ratio(found), "least": least, "nearest": nearest}
    return told


def contrasts(theme: Theme) -> list[str]:
    """The contrasts of a theme, told as measured."""
    found = {name: Color.read(color) for name, color in _tokens(theme).items()}
    pairs = (
        (_("text on the background"), "ink", "paper"),
        (_("accent on the background"), "accent", "paper"),
        (_("text on buttons"), "on-accent", "accent"),
        (_("faint text on the background"), "ink-faint", "paper"),
    )
    return [f"{said}: {ratio(contrast(found[a], found[b]))}" for said, a, b in pairs]


def _tokens(theme: Theme) -> dict[str, str]:
    return tokens(theme.accent, theme.paper, theme.ink)
