"""A small pen that writes SVG: shaded tubes, rods, rings and soft shadows.

Points are pixels on the 1200 × 900 canvas, y down. Light falls from above and a little from the
left. Colors are (red, green, blue) in 0..255.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

Point = tuple[float, float]
Color = tuple[float, float, float]

WIDTH, HEIGHT = 1200, 900
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
LIGHT: Point = (-0.45, -0.89)

# Materials by their middle tone. Parts that the renderer tints are drawn in PAINT gray.
PAINT: Color = (238, 238, 238)
SILVER: Color = (186, 187, 188)
STEEL: Color = (158, 160, 162)
DARK: Color = (62, 61, 61)
BLACK: Color = (44, 43, 43)
RUBBER: Color = (52, 50, 48)
BRASS: Color = (196, 158, 84)


def mix(first: Color, second: Color, share: float) -> Color:
    """The color `share` (0..1) of the way from first to second."""
    a, b, c = (x + (y - x) * share for x, y in zip(first, second, strict=True))
    return (a, b, c)


def darker(color: Color, share: float) -> Color:
    return mix(color, (14, 12, 12), share)


def lighter(color: Color, share: float) -> Color:
    return mix(color, (255, 255, 255), share)


def css(color: Color) -> str:
    return "#" + "".join(f"{max(0, min(255, round(part))):02x}" for part in color)


def along(start: Point, end: Point, share: float) -> Point:
    """The point `share` of the way from start to end."""
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def at_angle(center: Point, radius: float, degrees: float) -> Point:
    turn = math.radians(degrees)
    return (center[0] + radius * math.cos(turn), center[1] + radius * math.sin(turn))


def unit(start: Point, end: Point) -> Point:
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    return ((end[0] - start[0]) / length, (end[1] - start[1]) / length)


def lit_normal(start: Point, end: Point, light: Point = LIGHT) -> Point:
    """The normal of the line start–end that looks towards the light."""
    x, y = unit(start, end)
    normal = (y, -x)
    if normal[0] * light[0] + normal[1] * light[1] < 0:
        normal = (-y, x)
    return normal


def polygon_path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"


def line_path(*points: Point) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)


def smooth_path(points: Sequence[Point], closed: bool = False) -> str:
    """A curve through all points (Catmull–Rom as Bézier pieces)."""
    count = len(points)
    last = count if closed else count - 1

    def pick(index: int) -> Point:
        return points[index % count] if closed else points[max(0, min(count - 1, index))]

    parts = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for i in range(last):
        before, here, there, after = (pick(i + step) for step in (-1, 0, 1, 2))
        ax, ay = here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6
        bx, by = there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6
        parts.append(f"C{ax:.2f} {ay:.2f} {bx:.2f} {by:.2f} {there[0]:.2f} {there[1]:.2f}")
    return "".join(parts) + ("Z" if closed else "")


def ring_path(center: Point, outer: float, inner: float) -> str:
    """A ring; fill it with the even-odd rule (the only fill rule the pen uses)."""

    def circle(radius: float) -> str:
        x, y = center
        return (
            f"M{x - radius:.2f} {y:.2f}a{radius:.2f} {radius:.2f} 0 1 0 {2 * radius:.2f} 0"
            f"a{radius:.2f} {radius:.2f} 0 1 0 {-2 * radius:.2f} 0Z"
        )

    return circle(outer) + circle(inner)


# How bright a round body is across its width, from the lit edge to the far one: (place, tone);
# a tone below 0 darkens, above 0 lightens the middle color.
ROUND: tuple[tuple[float, float], ...] = (
    (0.0, -0.24),
    (0.10, -0.02),
    (0.26, 0.40),
    (0.44, 0.18),
    (0.62, -0.04),
    (0.82, -0.34),
    (0.94, -0.52),
    (1.0, -0.40),
)


def toned(color: Color, tone: float) -> Color:
    return lighter(color, tone) if tone > 0 else darker(color, -tone)


class Pen:
    """Collects shapes; `svg()` gives the document."""

    def __init__(self) -> None:
        self._defs: list[str] = []
        self._body: list[str] = []

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}" fill-rule="evenodd" stroke-linecap="round" '
            f'stroke-linejoin="round"><defs>{"".join(self._defs)}</defs>'
            f"{''.join(self._body)}</svg>"
        )

    def raw(self, text: str) -> None:
        self._body.append(text)

    def define(self, text: str) -> str:
        """Add a definition whose id is written `ID`; gives url(#…) to it."""
        name = f"d{len(self._defs)}"
        self._defs.append(text.replace("ID", name, 1))
        return f"url(#{name})"

    def blur(self, radius: float, box: tuple[float, float, float, float]) -> str:
        """A blur for what lies inside the box (left, top, right, bottom)."""
        x, y = box[0] - 3 * radius, box[1] - 3 * radius
        return self.define(
            f'<filter id="ID" filterUnits="userSpaceOnUse" x="{x:.1f}" y="{y:.1f}" '
            f'width="{box[2] + 3 * radius - x:.1f}" height="{box[3] + 3 * radius - y:.1f}">'
            f'<feGaussianBlur stdDeviation="{radius}"/></filter>'
        )

    def glow(
        self, center: Point, rx: float, ry: float, paint: Color, alpha: float, radius: float
    ) -> None:
        """A blurred ellipse: light around a lamp, or a shadow on the ground."""
        x, y = center
        soft = self.blur(radius, (x - rx, y - ry, x + rx, y + ry))
        self._body.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx}" ry="{ry}" fill="{css(paint)}" '
            f'fill-opacity="{alpha}" filter="{soft}"/>'
        )

    def linear(self, start: Point, end: Point, stops: Sequence[tuple[float, Color, float]]) -> str:
        inner = "".join(
            f'<stop offset="{place:.3f}" stop-color="{css(color)}" stop-opacity="{alpha:.3f}"/>'
            for place, color, alpha in stops
        )
        return self.define(
            f'<linearGradient id="ID" gradientUnits="userSpaceOnUse" x1="{start[0]:.2f}" '
            f'y1="{start[1]:.2f}" x2="{end[0]:.2f}" y2="{end[1]:.2f}">{inner}</linearGradient>'
        )

    def radial(
        self, center: Point, radius: float, stops: Sequence[tuple[float, Color, float]]
    ) -> str:
        inner = "".join(
            f'<stop offset="{place:.4f}" stop-color="{css(color)}" stop-opacity="{alpha:.3f}"/>'
            for place, color, alpha in stops
        )
        return self.define(
            f'<radialGradient id="ID" gradientUnits="userSpaceOnUse" cx="{center[0]:.2f}" '
            f'cy="{center[1]:.2f}" r="{radius:.2f}">{inner}</radialGradient>'
        )

    def fill(self, path: str, paint: str | Color, alpha: float = 1.0, extra: str = "") -> None:
        color = paint if isinstance(paint, str) else css(paint)
        self._body.append(f'<path d="{path}" fill="{color}" fill-opacity="{alpha}" {extra}/>')

    def stroke(
        self,
        path: str,
        width: float,
        paint: str | Color,
        alpha: float = 1.0,
        extra: str = "",
        soft: float = 0.0,
    ) -> None:
        """Draw along the path; `soft` blurs by so many pixels (absolute paths only)."""
        color = paint if isinstance(paint, str) else css(paint)
        if soft:
            numbers = [float(text) for text in NUMBER.findall(path)]
            xs, ys = numbers[::2], numbers[1::2]
            box = (min(xs) - width, min(ys) - width, max(xs) + width, max(ys) + width)
            extra += f' filter="{self.blur(soft, box)}"'
        self._body.append(
            f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width:.2f}" '
            f'stroke-opacity="{alpha}" {extra}/>'
        )

    def disc(self, center: Point, radius: float, color: Color, alpha: float = 1.0) -> None:
        self.fill(ring_path(center, radius, 0.0), color, alpha)

    def ball(self, center: Point, radius: float, color: Color) -> None:
        """A round end or knob, lit from above left."""
        glow = (center[0] + LIGHT[0] * radius * 0.45, center[1] + LIGHT[1] * radius * 0.45)
        shade = self.radial(
            glow,
            radius * 1.5,
            [(0, lighter(color, 0.55), 1), (0.35, color, 1), (1, darker(color, 0.6), 1)],
        )
        self.fill(ring_path(center, radius, 0.0), shade)

    def tube(
        self,
        start: Point,
        end: Point,
        wide: float,
        wide_end: float,
        color: Color = PAINT,
        light: Point = LIGHT,
    ) -> None:
        """A straight, perhaps tapered tube shaded across its width."""
        nx, ny = lit_normal(start, end, light)
        a, b = wide / 2, wide_end / 2
        body = polygon_path(
            [
                (start[0] + nx * a, start[1] + ny * a),
                (end[0] + nx * b, end[1] + ny * b),
                (end[0] - nx * b, end[1] - ny * b),
                (start[0] - nx * a, start[1] - ny * a),
            ]
        )
        middle, half = along(start, end, 0.5), (a + b) / 2
        shade = self.linear(
            (middle[0] + nx * half, middle[1] + ny * half),
            (middle[0] - nx * half, middle[1] - ny * half),
            [(place, toned(color, tone), 1) for place, tone in ROUND],
        )
        self.fill(body, shade)

    def rod(self, path: str, width: float, color: Color, shine: float = 0.5) -> None:
        """A round bar along any path: strokes inside each other, moving towards the light."""
        steps = 7 if width > 5 else 4
        for step in range(steps):
            share = step / (steps - 1)
            tone = -0.58 + 0.74 * math.sin(share * math.pi / 2)
            shift = width * 0.17 * share
            self.stroke(
                path,
                width * (1 - 0.80 * share),
                toned(color, tone),
                extra=f'transform="translate({LIGHT[0] * shift:.2f} {LIGHT[1] * shift:.2f})"',
            )
        if shine:
            move = f"translate({LIGHT[0] * width * 0.2:.2f} {LIGHT[1] * width * 0.2:.2f})"
            self.stroke(path, width * 0.13, (255, 255, 255), shine, extra=f'transform="{move}"')

    def gleam(self, start: Point, end: Point, wide: float, strength: float) -> None:
        """A soft reflection along the lit side of a tube, fading out to both ends."""
        nx, ny = lit_normal(start, end)
        low, high = along(start, end, 0.03), along(start, end, 0.97)
        shift = wide * 0.23
        white: Color = (255, 255, 255)
        fade = self.linear(
            low,
            high,
            [
                (0, white, 0),
                (0.12, white, strength),
                (0.55, white, strength * 0.45),
                (0.8, white, strength * 0.9),
                (1, white, 0),
            ],
        )
        path = line_path(
            (low[0] + nx * shift, low[1] + ny * shift), (high[0] + nx * shift, high[1] + ny * shift)
        )
        self.stroke(path, wide * 0.26, fade, 0.35)
        self.stroke(path, wide * 0.11, fade, 0.9)
