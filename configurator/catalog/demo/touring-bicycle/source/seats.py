"""Seatposts and saddles."""

from __future__ import annotations

from geometry import SADDLE, SEAT, UP_SEAT, on_axis
from pen import (
    SILVER,
    STEEL,
    Color,
    Pen,
    Point,
    darker,
    line_path,
    smooth_path,
)

WHITE: Color = (255, 255, 255)
NIGHT: Color = (12, 10, 10)


def seatpost(kind: str) -> Pen:
    pen = Pen()
    color: Color = {
        "silver": SILVER,
        "black": (70, 69, 68),
        "suspension": (86, 85, 84),
        "carbon": (56, 56, 58),
    }[kind]
    low = on_axis(SEAT, UP_SEAT, -2)
    top = on_axis(SEAT, UP_SEAT, 90)
    pen.tube(low, top, 16.5, 16.5, color)
    pen.gleam(low, top, 16, 0.7)
    if kind == "suspension":
        for i in range(7):
            at = on_axis(SEAT, UP_SEAT, 48 + i * 5)
            pen.tube(on_axis(at, UP_SEAT, 2.4), at, 23 - i * 0.3, 23 - i * 0.3, (60, 58, 57))
    elif kind == "carbon":
        for i in range(22):
            at = on_axis(SEAT, UP_SEAT, 6 + i * 3.7)
            pen.stroke(
                line_path(on_axis(at, UP_SEAT, 4, -7), on_axis(at, UP_SEAT, -2, 7)),
                0.8,
                WHITE,
                0.12,
            )
    else:
        for i in range(4):
            at = on_axis(SEAT, UP_SEAT, 12 + i * 9)
            pen.stroke(
                line_path(on_axis(at, UP_SEAT, 0, 2), on_axis(at, UP_SEAT, 0, 7)), 1, NIGHT, 0.45
            )
    head = on_axis(SEAT, UP_SEAT, 93)
    pen.tube((head[0] - 15, head[1] + 1), (head[0] + 17, head[1] + 1), 11, 11, darker(color, 0.15))
    pen.ball((head[0] + 1, head[1] + 1), 5.5, STEEL)
    return pen


SX, SY = SADDLE


def saddle_rails(kind: str) -> Pen:
    pen = Pen()
    metal: Color = (176, 176, 174) if kind in ("leather", "sprung") else (98, 97, 96)
    pen.rod(
        smooth_path(
            [
                (SX - 62, SY + 22),
                (SX - 40, SY + 27),
                (SX - 6, SY + 27),
                (SX + 34, SY + 25),
                (SX + 70, SY + 13),
            ]
        ),
        5.5,
        metal,
    )
    if kind == "sprung":
        for i in range(4):
            pen.rod(
                line_path((SX - 74, SY + 16 + i * 5.6), (SX - 54, SY + 18.5 + i * 5.6)), 5, metal
            )
        pen.tube((SX - 76, SY + 11), (SX - 50, SY + 12), 6, 6, darker(metal, 0.3))
    elif kind == "leather":
        pen.tube((SX - 72, SY + 8), (SX - 58, SY + 26), 8, 7, metal)
    return pen


SADDLES: dict[str, list[Point]] = {
    "leather": [
        (SX - 84, SY - 1),
        (SX - 74, SY - 9),
        (SX - 44, SY - 7),
        (SX - 4, SY + 1),
        (SX + 44, SY - 1),
        (SX + 78, SY - 3),
        (SX + 86, SY + 4),
        (SX + 78, SY + 14),
        (SX + 56, SY + 15),
        (SX + 18, SY + 19),
        (SX - 12, SY + 28),
        (SX - 40, SY + 29),
        (SX - 66, SY + 20),
        (SX - 82, SY + 12),
    ],
    "gel": [
        (SX - 88, SY - 4),
        (SX - 74, SY - 15),
        (SX - 44, SY - 13),
        (SX - 6, SY - 3),
        (SX + 36, SY - 2),
        (SX + 68, SY - 3),
        (SX + 79, SY + 4),
        (SX + 70, SY + 15),
        (SX + 38, SY + 17),
        (SX + 4, SY + 22),
        (SX - 30, SY + 29),
        (SX - 64, SY + 24),
        (SX - 84, SY + 14),
    ],
    "sport": [
        (SX - 84, SY - 8),
        (SX - 72, SY - 9),
        (SX - 40, SY - 3),
        (SX, SY),
        (SX + 46, SY - 3),
        (SX + 84, SY - 5),
        (SX + 91, SY + 1),
        (SX + 84, SY + 9),
        (SX + 48, SY + 11),
        (SX, SY + 14),
        (SX - 36, SY + 17),
        (SX - 66, SY + 14),
        (SX - 84, SY + 4),
    ],
}
SADDLES["sprung"] = SADDLES["leather"]


def saddle(kind: str) -> Pen:
    """The saddle's cover in gray, to be tinted."""
    pen = Pen()
    path = smooth_path(SADDLES[kind], closed=True)
    shade = pen.linear(
        (SX, SY - 12),
        (SX - 4, SY + 29),
        [
            (0, (214, 214, 214), 1),
            (0.12, (255, 255, 255), 1),
            (0.32, (236, 236, 236), 1),
            (0.62, (178, 178, 178), 1),
            (1, (92, 92, 92), 1),
        ],
    )
    pen.fill(path, shade)
    ends = pen.linear(
        (SX - 88, 0),
        (SX + 90, 0),
        [(0, NIGHT, 0.32), (0.16, NIGHT, 0), (0.84, NIGHT, 0), (1, NIGHT, 0.3)],
    )
    pen.fill(path, ends)
    if kind == "gel":
        pen.stroke(
            smooth_path(
                [(SX - 84, SY + 6), (SX - 40, SY + 10), (SX + 10, SY + 8), (SX + 72, SY + 7)]
            ),
            1.2,
            NIGHT,
            0.4,
        )
    if kind in ("leather", "sprung"):
        pen.stroke(
            smooth_path(
                [
                    (SX - 78, SY + 9),
                    (SX - 62, SY + 16),
                    (SX - 38, SY + 24),
                    (SX - 14, SY + 23),
                    (SX + 18, SY + 14),
                    (SX + 74, SY + 9),
                ]
            ),
            1.0,
            NIGHT,
            0.3,
        )
    return pen


def saddle_detail(kind: str) -> Pen:
    """Reflection, rivets and plates; never tinted."""
    pen = Pen()
    top = SADDLES[kind]
    ridge = [(x, y + 4.5) for x, y in top[1:6]]
    shine = pen.linear(
        ridge[0],
        ridge[-1],
        [(0, WHITE, 0), (0.2, WHITE, 0.55), (0.5, WHITE, 0.12), (0.85, WHITE, 0.45), (1, WHITE, 0)],
    )
    pen.stroke(smooth_path(ridge), 3.4, shine, 0.6, soft=1.0)
    if kind in ("leather", "sprung"):
        for spot in ((SX - 78, SY + 2), (SX - 73, SY + 9), (SX + 79, SY + 3), (SX + 76, SY + 9)):
            pen.ball(spot, 3.0, (190, 124, 80))
        pen.rod(
            smooth_path([(SX - 84, SY + 4), (SX - 80, SY + 13), (SX - 68, SY + 20)]), 2.4, SILVER
        )
    if kind == "sport":
        pen.stroke(
            smooth_path([(SX - 70, SY + 5), (SX - 20, SY + 8), (SX + 60, SY + 3)]), 1.4, WHITE, 0.25
        )
    return pen
