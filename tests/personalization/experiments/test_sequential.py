"""Intervals that hold however often one looks, with a control that shows what peeking does."""

from collections.abc import Callable

import numpy as np
import pytest

from personalization.experiments.ratio import alarms
from personalization.experiments.sequential import (
    Bools,
    Floats,
    boundary,
    interval,
    log_mixture,
    walk,
)
from tests.effort import thoroughly

Outcomes = Callable[[np.random.Generator, tuple[int, int]], Floats]
ALPHA = 0.05
RUNS, PEOPLE = 400, 1500


def orders(random: np.random.Generator, shape: tuple[int, int]) -> Floats:
    return (random.random(shape) < 0.06).astype(float)


def revenue(random: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Few buy, some for very much."""
    return orders(random, shape) * random.lognormal(5, 0.8, shape)


def rare(random: np.random.Generator, shape: tuple[int, int]) -> Floats:
    return (random.random(shape) < 0.002).astype(float)


def usual(random: np.random.Generator, shape: tuple[int, int]) -> Floats:
    return (random.random(shape) < 0.6).astype(float)


def naive_rejects(treated: Bools, y: Floats, least: int = 50) -> Bools:
    """Whether a t-test after every person ever finds a difference at 5 %."""
    means, errors = [], []
    with np.errstate(divide="ignore", invalid="ignore"):
        for mine in (treated, ~treated):
            many = np.cumsum(mine, axis=1)
            mean = np.cumsum(y * mine, axis=1) / many
            means.append(mean)
            errors.append((np.cumsum(y * y * mine, axis=1) / many - mean**2) / many)
        t = (means[0] - means[1]) / np.sqrt(errors[0] + errors[1])
    found: Bools = np.any(np.abs(t)[:, least:] > 1.96, axis=1)
    return found


@pytest.mark.parametrize(
    ("what", "cap", "share"),
    [
        (orders, 1, 0.5),
        (revenue, 2000, 0.5),
        thoroughly(rare, 1, 0.1),
        thoroughly(usual, 1, 0.9),
    ],
)
def test_a_a_experiments_are_seldom_decided_though_looked_at_after_every_person(
    what: Outcomes, cap: float, share: float
) -> None:
    random = np.random.default_rng(7)
    shape = (RUNS, PEOPLE)
    y, treated = what(random, shape), random.random(shape) < share
    found = walk(treated, y, share=share, cap=cap)
    ever = (found.log_evidence() >= np.log(2 / ALPHA)).any(axis=1)
    assert ever.mean() <= ALPHA


def test_the_control_a_t_test_after_every_person_is_fooled() -> None:
    random = np.random.default_rng(7)
    shape = (RUNS, PEOPLE)
    for what in (orders, revenue):
        y, treated = what(random, shape), random.random(shape) < 0.5
        assert naive_rejects(treated, y).mean() > 0.2


@pytest.mark.parametrize("effect", [-0.02, 0.0, 0.03])
def test_intervals_hold_the_true_effect_at_all_times(effect: float) -> None:
    random = np.random.default_rng(11)
    shape = (RUNS, PEOPLE)
    treated = random.random(shape) < 0.4
    y = (random.random(shape) < 0.08 + effect * treated).astype(float)
    found = walk(treated, y, share=0.4, cap=1)
    strayed = np.abs(found.sums - effect * found.counts / found.c)
    missed = (log_mixture(strayed, found.squares) >= np.log(2 / ALPHA)).any(axis=1)
    assert missed.mean() <= ALPHA


def test_an_effect_is_found_and_the_interval_is_not_much_wider_than_a_fixed_one() -> None:
    random = np.random.default_rng(3)
    treated = random.random(20_000) < 0.5
    y = (random.random(20_000) < 0.06 + 0.03 * treated).astype(float)
    found = walk(treated, y, share=0.5, cap=1)
    (told, half) = (interval(found, ALPHA), found.halves(ALPHA)[-1])
    assert told is not None
    assert told.decided
    assert told.low < 0.03 < told.high
    fixed = 1.96 * np.sqrt(y[treated].var() / treated.sum() + y[~treated].var() / (~treated).sum())
    assert half < 2.2 * fixed


def test_the_boundary_is_where_the_mixture_crosses() -> None:
    squares = np.array([0.0, 0.3, 10.0, 1e4, 1e8])
    edge = boundary(squares, ALPHA)
    assert np.allclose(log_mixture(edge, squares), np.log(2 / ALPHA))
    assert (np.diff(edge) > 0).all()


def test_the_chance_told_falls_and_never_rises_again() -> None:
    random = np.random.default_rng(3)
    treated = random.random(3000) < 0.5
    found = walk(treated, np.where(treated, 0.9, 0.2), share=0.5, cap=1).p_values()
    assert found[0] == 1
    assert found[-1] < 0.001
    assert (np.diff(found) <= 0).all()


def test_what_is_above_the_cap_counts_as_the_cap() -> None:
    treated = np.array([True, False, True])
    lots, capped = np.array([5.0, 1e9, 3.0]), np.array([5.0, 10.0, 3.0])
    one, two = (walk(treated, y, share=0.5, cap=10) for y in (lots, capped))
    assert (one.sums == two.sums).all()


@pytest.mark.parametrize(("share", "cap"), [(0, 1), (1, 1), (0.5, 0)])
def test_senseless_plans_are_refused(share: float, cap: float) -> None:
    with pytest.raises(ValueError, match="share"):
        walk(np.array([True]), np.array([1.0]), share=share, cap=cap)


def test_nobody_is_no_interval() -> None:
    nobody = walk(np.array([], dtype=bool), np.array([]), share=0.5, cap=1)
    assert interval(nobody, ALPHA) is None


def test_the_ratio_alarm_is_seldom_false_though_asked_after_every_person() -> None:
    random = np.random.default_rng(5)
    false = 0
    for _run in range(300):
        one = np.cumsum(random.random(600) < 0.3)
        false += any(alarms([int(n), place + 1 - int(n)], [3, 7]) for place, n in enumerate(one))
    assert false <= 300 * 0.01


def test_lost_people_raise_the_alarm() -> None:
    assert not alarms([500, 510], [1, 1])
    assert alarms([5000, 4500], [1, 1])
    assert alarms([10, 1], [1, 0])
    assert not alarms([0, 0], [1, 1])
