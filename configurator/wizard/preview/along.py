"""A text along a curve: each letter stands upright on it, kerned as on a straight line."""

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, degrees, hypot

from PIL import Image, ImageChops, ImageDraw, ImageFont

from configurator.wizard.preview.fonts import face

FINE = 3  # samples a pixel, each way
ROUND = 12  # pieces into which the line is cut between two points
SMALLEST = 4.0  # px

Point = tuple[float, float]
Placed = tuple[Image.Image, int, int]
"""Coverage (L), and its left and top on the canvas."""


def smooth(points: Sequence[Point]) -> list[Point]:
    """A curve through the points; two points are a straight line."""
    if len(points) < 3:
        return list(points)
    ends = [points[0], *points, points[-1]]
    made: list[Point] = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        made += [_between(p0, p1, p2, p3, step / ROUND) for step in range(ROUND)]
    return [*made, points[-1]]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    """Catmull and Rom's curve from p1 (t = 0) to p2 (t = 1)."""

    def on(a: float, b: float, c: float, d: float) -> float:
        even = 2 * a - 5 * b + 4 * c - d
        return (2 * b + (c - a) * t + even * t * t + (3 * b - a - 3 * c + d) * t**3) / 2

    return on(p0[0], p1[0], p2[0], p3[0]), on(p0[1], p1[1], p2[1], p3[1])


def length_of(points: Sequence[Point]) -> float:
    """How long the curve through the points is."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(smooth(points)))


def along(line: str, font: str, size: float, points: Sequence[Point]) -> Placed | None:
    """The letters on the curve, in its middle; smaller where it is shorter than the text."""
    curve = [(x * FINE, y * FINE) for x, y in smooth(points)]
    whole = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(curve))
    if not line or size < 1 or whole < 1:
        return None
    drawn = face(font, max(1, round(size * FINE)))
    natural = drawn.getlength(line)
    if natural > whole:
        drawn = face(font, max(1, int(max(SMALLEST, size * whole / natural) * FINE)))
    room = 2 * drawn.size
    left = int(min(x for x, _y in curve) - room) // FINE * FINE
    top = int(min(y for _x, y in curve) - room) // FINE * FINE
    right, bottom = max(x for x, _y in curve) + room, max(y for _x, y in curve) + room
    wide, high = (-(-int(span) // FINE) * FINE for span in (right - left, bottom - top))
    canvas = Image.new("L", (wide, high))
    at = (whole - drawn.getlength(line)) / 2
    for number, letter in enumerate(line):
        end = drawn.getlength(line[: number + 1])  # kerned with all letters before it
        (x, y), angle = _on(curve, at + end - drawn.getlength(letter) / 2)
        _stamp(canvas, letter, drawn, (x - left, y - top), angle)
    box = canvas.getbbox()
    return (canvas.reduce(FINE), left // FINE, top // FINE) if box else None


def _on(curve: Sequence[Point], distance: float) -> tuple[Point, float]:
    """The point so far along the curve, and its direction there, in degrees clockwise."""
    (x, y), angle = curve[0], 0.0
    for a, b in pairwise(curve):
        piece = hypot(b[0] - a[0], b[1] - a[1])
        if not piece:
            continue
        angle = degrees(atan2(b[1] - a[1], b[0] - a[0]))
        share = min(1.0, max(0.0, distance / piece))
        x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        if distance <= piece:
            break
        distance -= piece
    return (x, y), angle


def _stamp(
    canvas: Image.Image, letter: str, drawn: ImageFont.FreeTypeFont, at: Point, angle: float
) -> None:
    """One letter, its baseline's middle on the point."""
    half = round(drawn.size * 1.6)
    glyph = Image.new("L", (2 * half, 2 * half))
    ImageDraw.Draw(glyph).text((half, half), letter, font=drawn, fill=255, anchor="ms")
    glyph = glyph.rotate(-angle, Image.Resampling.BICUBIC)
    place = round(at[0] - half), round(at[1] - half)
    box = (*place, place[0] + 2 * half, place[1] + 2 * half)
    canvas.paste(ImageChops.lighter(canvas.crop(box), glyph), place)
