"""The test of a recommender on sales histories. No Django.

Two folds: learned from one, tried on the other, and the other way round. The options of everything
in the test fold are chosen in an order drawn by lot; before each choice a value is recommended,
among those that the constraints still allow; it counts if it is the one that was sold (H. Fargier,
P.-F. Gimenez, J. Mengin: Recommendation by Bayesian inference, J.UCS 26(3), 2020).

A history may hold what the model does not allow: it was sold under another version of the catalog.
Of these cars the constraints say nothing, and none is asked of them. What comes out when they are
asked all the same, and when nobody's are, is told beside it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from configurator.engine.backend import AnySpace
from configurator.engine.space import Space
from configurator.engine.together import Together
from personalization.recommending.histories import MISSING, Codes, Column, Histories
from personalization.recommending.voting import Votes
from personalization.recommending.weighing import learned

Bools = NDArray[np.bool_]
AT_ONCE = 1000
"""Questions to the constraints, about."""


@dataclass
class Score:
    """Recommendations made and right, by the number of choices known."""

    made: NDArray[np.int64]
    right: NDArray[np.int64]

    @classmethod
    def none(cls, columns: int) -> Score:
        return cls(np.zeros(columns, np.int64), np.zeros(columns, np.int64))

    @property
    def rates(self) -> NDArray[np.float64]:
        """The success for each number of known choices; NaN where nothing was asked."""
        with np.errstate(invalid="ignore"):
            rates: NDArray[np.float64] = self.right / self.made
        return rates

    @property
    def mean(self) -> float:
        """The mean of the successes over the numbers of known choices."""
        rates = self.rates
        return float(rates[self.made > 0].mean()) if self.made.any() else float("nan")


@dataclass
class Report:
    """What a test found.

    success is the protocol's; allowed and foreign are its parts, of the cars that the model allows
    and of the others; asked imposes the constraints on the others, too; free imposes none on
    anybody. popular recommends what is most often sold of all that is allowed.
    """

    success: Score
    allowed: Score
    foreign: Score
    asked: Score
    free: Score
    popular: Score
    cars: int = 0
    cars_allowed: int = 0
    outside: int = 0  # recommendations that the constraints do not allow; always 0
    learning: float = 0.0  # seconds of the processor
    recommending: float = 0.0  # of the processor
    elapsed: float = 0.0  # the same by the clock on the wall, other programs included
    judging: float = 0.0
    folds: list[float] = field(default_factory=list)

    @classmethod
    def none(cls, columns: int) -> Report:
        success, allowed, foreign, asked, free, popular = (Score.none(columns) for _ in range(6))
        return cls(success, allowed, foreign, asked, free, popular)

    @property
    def recommendations(self) -> int:
        return int(self.success.made.sum())


class Judge:
    """Which codes of the histories' columns the constraints still allow."""

    def __init__(self, space: AnySpace, columns: Sequence[Column]) -> None:
        self.space = space
        self.columns = columns
        self.together = Together(space) if isinstance(space, Space) else None
        numbering = space.numbering
        self.spans = [numbering.span(column.variable.name) for column in columns]
        self.numbers = [
            np.array(
                [numbering.number(column.variable.name, value) for value in column.values]
                + [-1] * (column.size - len(column.values))
            )
            for column in columns
        ]
        self.every = np.concatenate(self.numbers)
        self.first = np.concatenate(([0], np.cumsum([column.size for column in columns])))

    def allowed(self, cars: Codes, orders: Codes) -> tuple[Bools, Bools]:
        """(cars, steps + 1, codes): what is allowed before each step, and after the last one; and
        (cars, steps + 1): whether the choices go together at all. Where they do not, and of values
        that the model does not know, the constraints say nothing."""
        masks = self._masks(cars, orders)
        flat = masks.reshape(-1, masks.shape[2])
        possible = self.together.possible(flat) if self.together else self._searched(flat)
        sound = np.asarray(possible.any(axis=1))
        codes = np.where(self.every >= 0, possible[:, self.every], True)
        codes[~sound] = True
        return codes.reshape(*masks.shape[:2], -1), sound.reshape(masks.shape[:2])

    def _masks(self, cars: Codes, orders: Codes) -> Bools:
        steps = len(self.columns)
        masks = np.ones((len(cars), steps + 1, len(self.space.numbering.allowed({}))), np.bool_)
        for mask, car, order in zip(masks, cars, orders, strict=True):
            for step, column in enumerate(order.tolist(), 1):
                code = car[column]
                number = self.numbers[column][code] if code != MISSING else -1
                if number >= 0:
                    mask[step:, self.spans[column]] = False
                    mask[step:, number] = True
        return masks

    def _searched(self, masks: Bools) -> Bools:
        """The same of a model that is too large to compile, one question after the other."""
        numbering = self.space.numbering
        found = np.zeros_like(masks)
        for mask, row in zip(masks, found, strict=True):
            chosen = {
                column.variable.name: column.values[int(mask[span].argmax())]
                for column, span in zip(self.columns, self.spans, strict=True)
                if mask[span].sum() == 1
            }
            answer = self.space.answer(chosen)
            for column, span in zip(self.columns, self.spans, strict=True):
                name = column.variable.name
                for value, possible in answer.possible[name].items():
                    row[numbering.number(name, value)] = possible and mask[span].any()
            row &= mask
        return found

    def fits(self, car: Codes, sound: Bools) -> bool:
        """Whether the model allows a car; `sound` of the car's own steps."""
        known = all(
            code == MISSING or self.numbers[column][code] >= 0 for column, code in enumerate(car)
        )
        return known and bool(sound[-1])


def evaluate(
    space: AnySpace, histories: Histories, *, seed: int = 0, most: int | None = None
) -> Report:
    """Try both folds; `most` cars of each, drawn by lot, if not all."""
    report = Report.none(len(histories.columns))
    judge = Judge(space, histories.columns)
    first, second = histories.codes
    for fold, (learn, test) in enumerate(((first, second), (second, first))):
        started = time.process_time()
        votes = Votes.of(learn, histories.sizes, learned(learn, histories.sizes))
        report.learning += time.process_time() - started
        before = report.success.right.copy(), report.success.made.copy()
        lots = np.random.default_rng([seed, fold])
        if most is not None and most < len(test):
            test = test[np.sort(lots.choice(len(test), most, replace=False))]
        _try(judge, votes, test, lots, report)
        fold_score = Score(report.success.made - before[1], report.success.right - before[0])
        report.folds.append(fold_score.mean)
    return report


def _try(
    judge: Judge, votes: Votes, cars: Codes, lots: np.random.Generator, report: Report
) -> None:
    columns = len(judge.columns)
    popular = [votes.walk().scores(column) for column in range(columns)]
    at_once = max(1, AT_ONCE // (columns + 1))
    for begin in range(0, len(cars), at_once):
        part = cars[begin : begin + at_once]
        orders = np.stack([lots.permutation(columns) for _ in part])
        started = time.perf_counter()
        allowed, sound = judge.allowed(part, orders)
        report.judging += time.perf_counter() - started
        for car, order, may, goes in zip(part, orders, allowed, sound, strict=True):
            fits = judge.fits(car, goes)
            report.cars += 1
            report.cars_allowed += fits
            for step in _steps(votes, car, order, report):
                _count(report, judge, popular, step, may[step.place], fits)


@dataclass(frozen=True)
class Step:
    """A question: its place in the car's order, how many choices are known, what was sold."""

    place: int
    known: int
    column: int
    code: int
    scores: NDArray[np.float64]


class Watch:
    """Adds up the seconds spent within: of the processor, and of the clock."""

    def __init__(self) -> None:
        self.worked = self.elapsed = 0.0

    def __enter__(self) -> None:
        self._begun = time.perf_counter(), time.process_time()

    def __exit__(self, *_error: object) -> None:
        clock, processor = self._begun
        self.worked += time.process_time() - processor
        self.elapsed += time.perf_counter() - clock


def _steps(votes: Votes, car: Codes, order: Codes, report: Report) -> Iterator[Step]:
    """The questions of one car; cells that are missing are no questions."""
    walk, known, watch = votes.walk(), 0, Watch()
    for place, column in enumerate(order.tolist()):
        code = int(car[column])
        if code == MISSING:
            continue
        with watch:
            scores = walk.scores(column)
        yield Step(place, known, column, code, scores)
        with watch:
            walk.choose(column, code)
        known += 1
    report.recommending += watch.worked
    report.elapsed += watch.elapsed


def _count(
    report: Report,
    judge: Judge,
    popular: list[NDArray[np.float64]],
    step: Step,
    allowed: Bools,
    fits: bool,
) -> None:
    may = allowed[judge.first[step.column] : judge.first[step.column + 1]]
    asked, free = best(step.scores, may), int(step.scores.argmax())
    found = asked if fits else free
    report.outside += bool(fits and not may[found])
    mark(report.success, step, found)
    mark(report.allowed if fits else report.foreign, step, found)
    mark(report.asked, step, asked)
    mark(report.free, step, free)
    usual = popular[step.column]
    mark(report.popular, step, best(usual, may) if fits else int(usual.argmax()))


def best(scores: NDArray[np.float64], may: Bools) -> int:
    """The code with most votes among those that may be; the first of several."""
    return int(np.where(may, scores, -1.0).argmax())


def mark(score: Score, step: Step, found: int) -> None:
    """Count a recommendation."""
    score.made[step.known] += 1
    score.right[step.known] += found == step.code
