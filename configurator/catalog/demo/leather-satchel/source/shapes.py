"""Where everything on the satchel is: outlines and lines in picture pixels."""

from __future__ import annotations

from relief import Points, beside, curve, rounded

MIDDLE = 600

# The front of the body and the visible slice of the gusset behind it.
BODY = rounded(
    [
        (262, 372, 10),
        (938, 372, 10),
        (934, 620, 300),
        (926, 797, 58),
        (600, 803, 500),
        (274, 797, 58),
        (266, 620, 300),
    ]
)
GUSSET_LEFT = rounded(
    [
        (300, 332, 10),
        (262, 338, 22),
        (232, 420, 90),
        (222, 560, 160),
        (238, 770, 46),
        (300, 792, 30),
        (330, 560, 10),
    ]
)
GUSSET_RIGHT = [(1200 - x, y) for x, y in reversed(GUSSET_LEFT)]

# The flap in one piece: its back edge on top, the bend, and its front.
FLAP = rounded(
    [
        (296, 302, 18),
        (600, 297, 600),
        (904, 302, 18),
        (946, 352, 46),
        (953, 420, 90),
        (947, 634, 84),
        (600, 645, 600),
        (253, 634, 84),
        (247, 420, 90),
        (254, 352, 46),
    ]
)
FLAP_EDGE = rounded(
    [
        (250, 388, 0),
        (247, 440, 60),
        (253, 634, 84),
        (600, 645, 600),
        (947, 634, 84),
        (953, 440, 60),
        (950, 388, 0),
    ],
    closed=False,
)
FLAP_SEAM = beside(FLAP_EDGE[::-1], 17)
BODY_EDGE = rounded(
    [
        (264, 560, 0),
        (266, 640, 300),
        (274, 797, 58),
        (600, 803, 500),
        (926, 797, 58),
        (934, 640, 300),
        (936, 560, 0),
    ],
    closed=False,
)
BODY_SEAM = beside(BODY_EDGE[::-1], 15)


def pocket(left: float, right: float) -> Points:
    return rounded(
        [
            (left, 540, 6),
            (right, 540, 6),
            (right - 3, 775, 40),
            ((left + right) / 2, 778, 300),
            (left + 3, 775, 40),
        ]
    )


def pocket_seam(left: float, right: float) -> Points:
    edge = rounded(
        [
            (right - 1, 600, 0),
            (right - 3, 775, 40),
            ((left + right) / 2, 778, 300),
            (left + 3, 775, 40),
            (left + 1, 600, 0),
        ],
        closed=False,
    )
    return beside(edge, 11)


POCKETS = {"single": [(318, 882)], "twin": [(314, 586), (614, 886)]}

# The shoulder strap rises from the rings at the sides.
STRAP = (
    curve((249, 352), (232, 236), (300, 108), (450, 74), steps=60)
    + curve((450, 74), (560, 50), (700, 56), (790, 92), steps=40)[1:]
    + curve((790, 92), (918, 142), (970, 250), (951, 352), steps=60)[1:]
)

BUCKLE, KEEPER = 112, 120  # points of STRAP at which they sit

# Handles stand on two chapes on top of the flap.
HANDLE = (
    curve((494, 326), (500, 262), (532, 226), (600, 224), steps=40)
    + curve((600, 224), (668, 226), (700, 262), (706, 326), steps=40)[1:]
)
CHAPES = [(494, 334), (706, 334)]

# Closing straps hang over the flap's edge; the buckle sits on the body.
CLOSING = (398, 802)
CLOSING_WIDTH = 46

# Where shadows may fall: the bag itself. Behind it is air.
BAG = (FLAP, BODY, GUSSET_LEFT, GUSSET_RIGHT)


def closing_strap(x: float) -> Points:
    w = CLOSING_WIDTH / 2
    return rounded(
        [
            (x - w, 466, 12),
            (x + w, 466, 12),
            (x + w, 742, 12),
            (x + 9, 765, 8),
            (x - 9, 765, 8),
            (x - w, 742, 12),
        ]
    )


def closing_seam(x: float) -> Points:
    w = CLOSING_WIDTH / 2 - 7
    return rounded(
        [(x + w, 641, 0), (x + w, 473, 8), (x - w, 473, 8), (x - w, 641, 0)], closed=False
    )


def rectangle(x: float, y: float, width: float, height: float, radius: float) -> Points:
    """A rounded rectangle around its center."""
    a, b, c, d = x - width / 2, y - height / 2, x + width / 2, y + height / 2
    return rounded([(a, b, radius), (c, b, radius), (c, d, radius), (a, d, radius)])
