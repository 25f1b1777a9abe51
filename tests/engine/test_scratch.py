"""Buffers are used again only when nobody looks at them any more."""

from __future__ import annotations

import threading

import numpy as np

from configurator.engine import Space, Value, compile_model, scratch
from tests.bench.engine_models import wide_car_line

SIZE = 3 * scratch.SMALL


def test_an_array_stays_as_it_is_while_somebody_has_it_or_a_part_of_it() -> None:
    first = scratch.empty(SIZE)
    first[:] = 1.0
    part = first[10:20][::2]
    del first
    second = scratch.empty(SIZE)
    second[:] = 2.0
    assert (part == 1.0).all()
    place = second.ctypes.data
    del second
    assert scratch.empty(SIZE).ctypes.data == place


def test_taking_gives_what_numpy_takes() -> None:
    places = np.arange(SIZE)[::-1].copy()
    for values in (np.arange(SIZE), np.arange(SIZE) / 8, np.array([10**30] * SIZE, object)):
        assert (scratch.take(values, places) == values[::-1]).all()


def test_threads_share_a_space() -> None:
    space = compile_model(wide_car_line(options=60, tuples=20_000))
    states = [space.random(seed) for seed in range(4)]
    kept = [dict(list(state.items())[:9]) for state in states]
    expected = [_facts(space, state) for state in kept]
    found: list[object] = [None] * len(kept)

    def ask(number: int) -> None:
        for _ in range(5):
            found[number] = _facts(space, kept[number])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(kept))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def _facts(space: Space, chosen: dict[str, Value]) -> object:
    answer = space.answer(chosen)
    return answer.possible, answer.totals, answer.count, answer.completion
