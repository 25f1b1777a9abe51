"""The pull sheet batches to save set-ups, and loses and doubles nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from orders.factory.models import WorkOrderOperation
from orders.factory.papers.facts import Piece, Unit
from orders.factory.papers.pick import cuts, pick
from orders.factory.papers.pull import SetUp, Station, changes, pull
from orders.factory.setups import setup_keys
from tests.engine.oracle import examples
from tests.factory.units import DAY, piece, shops, unit, work


def by_part(pieces: Iterable[Piece]) -> Counter[tuple[object, ...]]:
    """How much of every part, told apart by all that is printed of it; exact."""
    found: Counter[tuple[object, ...]] = Counter()
    for one in pieces:
        key = (one.bin, one.number, one.name, one.material, one.unit, one.cut)
        found[key] += int(one.quantity * 1000)
    return found


@examples(48)
@given(shops)
def test_every_operation_is_on_the_sheet_once(units: list[Unit]) -> None:
    due = Counter((u.number, w.code, w.center, w.day) for u in units for w in u.works)
    sheet = Counter(
        (t.unit.number, t.work.code, s.center, s.day) for s in pull(units) for t in s.tasks
    )
    assert sheet == due


@examples(48)
@given(shops)
def test_quantities_and_parts_are_conserved(units: list[Unit]) -> None:
    stations = pull(units)
    setups = [setup for station in stations for setup in station.setups]
    assert sum(setup.units for setup in setups) == sum(u.quantity * len(u.works) for u in units)
    assert sum(setup.run for setup in setups) == sum(w.run for u in units for w in u.works)
    on_sheet = by_part(part for setup in setups for part in setup.parts())
    assert on_sheet == by_part(part for u in units for w in u.works for part in w.pieces)


@examples(48)
@given(shops)
def test_what_is_saved_is_what_is_not_set_up(units: list[Unit]) -> None:
    for station in pull(units):
        planned = sum((task.work.setup for task in station.tasks), Decimal(0))
        done = sum((setup.minutes for setup in station.setups), Decimal(0))
        assert station.saved == planned - done >= 0
        assert station.minutes == done + sum(task.work.run for task in station.tasks)


@examples(48)
@given(shops)
def test_what_needs_the_same_set_up_is_done_together(units: list[Unit]) -> None:
    for station in pull(units):
        keys = [task.key for task in station.tasks]
        assert len([key for key, _run in groupby(keys)]) == len(set(keys))


@examples(48)
@given(shops)
def test_there_are_never_more_changes_than_in_the_order_of_due_dates(units: list[Unit]) -> None:
    for station in pull(units):
        as_due = sorted(station.setups, key=lambda setup: _urgency(setup))
        assert changes(station.setups) <= changes(as_due)


def _urgency(setup: SetUp) -> tuple[bool, object, str]:
    return min((not t.unit.rush, t.unit.due_on, t.unit.number) for t in setup.tasks)


@examples(48)
@given(shops, st.randoms(use_true_random=False))
def test_the_order_of_selection_does_not_matter(units: list[Unit], random: object) -> None:
    shuffled = list(units)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pull(shuffled) == pull(units)
    assert pick(shuffled) == pick(units)
    assert cuts(shuffled) == cuts(units)


@examples(48)
@given(shops)
def test_lists_hold_every_part_once_and_split_it_exactly(units: list[Unit]) -> None:
    lines = [*pick(units), *(line for stock in cuts(units) for line in stock.lines)]
    listed = by_part(replace(line.piece, quantity=line.quantity) for line in lines)
    assert listed == by_part(part for u in units for part in u.pieces)
    for line in lines:
        assert line.quantity == sum(quantity for _unit, quantity in line.shares)
        assert len({u.number for u, _quantity in line.shares}) == len(line.shares)


@examples(48)
@given(shops)
def test_rush_comes_before_the_rest(units: list[Unit]) -> None:
    for station in pull(units):
        rush = [setup.rush for setup in station.setups]
        assert rush == sorted(rush, reverse=True)


def station_of(*units: Unit) -> Station:
    (found,) = pull(units)
    return found


def colored(number: str, thread: str, **changes: object) -> Unit:
    facets = (("Thread", thread),)
    return unit(number, works=(work("sew", facets=facets),), **changes)


def test_set_ups_are_saved_by_color() -> None:
    threads = ["Ivory", "Black", "Ivory", "Black", "Ivory"]
    station = station_of(*(colored(f"W-{n}", thread) for n, thread in enumerate(threads)))
    assert [[task.unit.number for task in setup.tasks] for setup in station.setups] == [
        ["W-0", "W-2", "W-4"],
        ["W-1", "W-3"],
    ]
    assert station.saved == Decimal(30)


def test_neighbors_change_as_little_as_can_be() -> None:
    kinds = {
        "W-1": (("", "Chestnut 2.4 mm"), ("Thread", "Ivory")),
        "W-2": (("", "Espresso 1.6 mm"), ("Thread", "Black")),
        "W-3": (("", "Chestnut 2.4 mm"), ("Thread", "Black")),
    }
    station = station_of(
        *(unit(number, works=(work(facets=facets),)) for number, facets in kinds.items())
    )
    assert [task.unit.number for task in station.tasks] == ["W-1", "W-3", "W-2"]
    assert changes(station.setups) == 4


def test_days_and_places_are_apart() -> None:
    works = (work("cut", "saw", day=DAY), work("sew", "bench"), work("trim", "saw"))
    found = pull([unit(works=works)])
    assert [(s.center, s.day) for s in found] == [("bench", None), ("saw", DAY), ("saw", None)]


def test_bins_are_in_their_natural_order() -> None:
    bins = ["B-10", "", "A-2", "B-9", "A-10"]
    units = [unit(pieces=tuple(piece(f"p{n}", bin=place) for n, place in enumerate(bins)))]
    assert [line.piece.bin for line in pick(units)] == ["A-2", "A-10", "B-9", "B-10", ""]


def test_the_cut_list_goes_by_material_thickness_and_length() -> None:
    def cut(length: int, thick: int, material: str) -> Piece:
        return piece(material=material, cut=(Decimal(length), Decimal(100), Decimal(thick)))

    pieces = (cut(300, 19, "Oak"), cut(900, 19, "Oak"), cut(700, 25, "Oak"), cut(1, 5, "ash"))
    found = [
        (
            stock.material,
            stock.thickness,
            [line.piece.cut[0] for line in stock.lines if line.piece.cut],
        )
        for stock in cuts([unit(pieces=pieces)])
    ]
    assert str(found) == str(
        [
            ("ash", Decimal(5), [Decimal(1)]),
            ("Oak", Decimal(25), [Decimal(700)]),
            ("Oak", Decimal(19), [Decimal(900), Decimal(300)]),
        ]
    )


def test_equal_pieces_of_two_work_orders_are_one_line() -> None:
    units = [unit("W-1", pieces=(piece(),)), unit("W-2", pieces=(piece(quantity=Decimal(5)),))]
    (line,) = pick(units)
    assert line.quantity == 7
    assert [(u.number, quantity) for u, quantity in line.shares] == [
        ("W-1", Decimal(2)),
        ("W-2", Decimal(5)),
    ]


def test_what_is_off_and_what_does_not_apply_need_the_same_set_up() -> None:
    """As on the sheet, so in the figures."""
    step = [WorkOrderOperation(code="cut", reads=["dimmer"])]
    off, none, on = (
        setup_keys({"choices": [{"option": "dimmer", "kind": "toggle", "value": v}]}, step, [])
        for v in (False, "none", True)
    )
    assert off == none != on
