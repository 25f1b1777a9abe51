"""Work orders as the papers over many of them see them, made at random or by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from orders.factory.papers.facts import Piece, Unit, Work
from orders.factory.papers.leaf import Copy

COPY = Copy(batch="P-7", firm="Customerize Workshop", printed="printed today by lead", sha="ab12cd")
DAY = date(2026, 12, 4)
MATERIALS = ("", "Chestnut", "Espresso", "Beech")
CENTERS = ("saw", "bench", "press")


def piece(code: str = "panel", **changes: Any) -> Piece:
    facts: dict[str, Any] = {
        "code": code,
        "name": f"The {code}",
        "number": f"N-{code}",
        "material": "Chestnut",
        "quantity": Decimal(2),
        "unit": "pcs",
        "bin": "L-01",
    }
    return Piece(**{**facts, **changes})


def work(code: str = "cut", center: str = "saw", **changes: Any) -> Work:
    facts: dict[str, Any] = {
        "code": code,
        "name": f"To {code}",
        "center": center,
        "center_name": center.capitalize(),
        "setup": Decimal(10),
        "run": Decimal(4),
        "facets": (),
        "pieces": (),
    }
    return Work(**{**facts, **changes})


def unit(number: str = "2026-00001-1", **changes: Any) -> Unit:
    facts: dict[str, Any] = {
        "number": number,
        "order_number": number.rpartition("-")[0],
        "slug": "satchel",
        "product": "Leather satchel",
        "quantity": 1,
        "due_on": DAY,
        "sha": "3f9a1c07b2d4" + "0" * 52,
        "revised": 1,
        "rush": False,
        "remake_of": "",
        "works": (),
        "pieces": (),
    }
    return Unit(**{**facts, **changes})


sides = st.none() | st.integers(1, 3000).map(Decimal)
quantities = st.integers(1, 9000).map(lambda n: Decimal(n) / 1000)
pieces = st.builds(
    piece,
    st.sampled_from(("panel", "strap", "screw")),
    material=st.sampled_from(MATERIALS),
    quantity=quantities,
    scrap=st.sampled_from((Decimal(0), Decimal("0.1"))),
    bin=st.sampled_from(("", "A-2", "A-10", "L-01")),
    cut=st.none() | st.tuples(st.integers(1, 3000).map(Decimal), sides, sides),
)
facets = st.lists(
    st.tuples(st.sampled_from(("", "Thread")), st.sampled_from(("Ivory", "Black", "Red"))),
    max_size=2,
    unique=True,
).map(tuple)


@st.composite
def _works(draw: st.DrawFn) -> tuple[Work, ...]:
    codes = draw(st.lists(st.sampled_from(("cut", "sew", "pack")), max_size=2, unique=True))
    return tuple(
        work(
            code,
            draw(st.sampled_from(CENTERS)),
            setup=draw(st.integers(0, 30).map(Decimal)),
            run=draw(st.integers(0, 90).map(Decimal)),
            facets=draw(facets),
            pieces=tuple(draw(st.lists(pieces, max_size=2))),
            day=draw(st.none() | st.integers(0, 2).map(lambda n: DAY + timedelta(days=n))),
        )
        for code in codes
    )


@st.composite
def _shops(draw: st.DrawFn) -> list[Unit]:
    count = draw(st.integers(0, 6))
    found = []
    for n in range(count):
        works = draw(_works())
        found.append(
            unit(
                f"2026-{n:05}-1",
                slug=draw(st.sampled_from(("satchel", "bookcase"))),
                quantity=draw(st.integers(1, 9)),
                due_on=DAY + timedelta(days=draw(st.integers(0, 3))),
                rush=draw(st.booleans()),
                works=works,
                pieces=tuple(piece for one in works for piece in one.pieces),
            )
        )
    return found


shops = _shops()
