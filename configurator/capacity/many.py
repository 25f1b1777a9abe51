"""What there is to do for many designs at once: each formula is worked out once for the designs
that agree in all that it reads, and designs with the same results are one and the same work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from configurator.capacity.making import Making, Work
from configurator.engine import Completions, Value

Ints = npt.NDArray[np.int64]
Values = dict[str, Value]


@dataclass(frozen=True)
class Many:
    """Designs as the rows of `found`: for each the numbers of its values, a column an option."""

    making: Making
    found: Completions
    rows: Ints
    texts: Mapping[str, str]
    quantity: int
    numbers: frozenset[str]  # of the parts that count
    _known: dict[tuple[str, ...], tuple[list[tuple[int, ...]], Ints]] = field(
        default_factory=dict, repr=False
    )

    def works(self) -> tuple[list[Work], Ints]:
        """The different works, and for each row which of them it is."""
        making = self.making
        counted = making.counted(self.numbers)
        formulas: list[tuple[Sequence[str], Callable[[Values], Any], Any]] = [
            *((names, partial(making.tenths, n), n) for n, names in enumerate(making.timed)),
            *((names, partial(making.each, place), -1 - place) for place, names in counted),
            *(((code,), partial(making.delay, among=(code,)), code) for code in making.delayed),
        ]
        results = [self._each(*each) for each in formulas]
        if not results:
            return [making.assembled((), (), 0, self.quantity)], np.zeros(len(self.rows), np.int64)
        table = np.stack([which for _outcomes, which in results], axis=1)
        _rows, first, which = np.unique(table, axis=0, return_index=True, return_inverse=True)
        works = [
            self._work(
                [outcomes[n] for (outcomes, _), n in zip(results, row, strict=True)], counted
            )
            for row in table[first].tolist()
        ]
        return works, which.reshape(-1)

    def _work(self, outcomes: Sequence[Any], counted: Sequence[tuple[int, Any]]) -> Work:
        operations, parts = len(self.making.timed), len(counted)
        times = tuple((n, *each) for n, each in enumerate(outcomes[:operations]) if each)
        needed = outcomes[operations : operations + parts]
        needs = [(place, each) for (place, _), each in zip(counted, needed, strict=True) if each]
        delay = max(outcomes[operations + parts :], default=0)
        return self.making.assembled(times, needs, delay, self.quantity)

    def _each(
        self, names: Sequence[str], formula: Callable[[Values], Any], mark: Any
    ) -> tuple[list[Any], Ints]:
        """The different outcomes of a formula that reads `names`, and for each row which it is."""
        texts = [name for name in names if name in self.making.texts]
        read = sorted({name for name in names if name not in texts} | self._deciding(texts))
        written = tuple(self.texts.get(code, "") for code in texts)
        known = self.making.outcomes(mark, written)
        kinds, which = self._kinds(tuple(read))
        outcomes: dict[Any, int] = {}
        places = []
        for row in kinds:
            if row not in known:
                known[row] = formula(self._values(read, row, texts))
            places.append(outcomes.setdefault(known[row], len(outcomes)))
        return list(outcomes), np.array(places, np.int64)[which]

    def _kinds(self, read: tuple[str, ...]) -> tuple[list[tuple[int, ...]], Ints]:
        """The different rows of some options' columns, and for each row which of them it is."""
        if read not in self._known:
            columns = self.found.columns(list(read))[self.rows]
            first, which = alike(columns)
            self._known[read] = [tuple(row) for row in columns[first].tolist()], which
        return self._known[read]

    def _values(self, read: Sequence[str], row: Sequence[int], texts: Sequence[str]) -> Values:
        choices = {name: self.found.value(name, n) for name, n in zip(read, row, strict=True)}
        return {**choices, **{code: self._text(code, choices) for code in texts}}

    def _deciding(self, texts: Sequence[str]) -> set[str]:
        """The options which decide whether texts that are written count."""
        options = self.making.product.options
        conditions = [options[code].when for code in texts if self.texts.get(code)]
        return {name for when in conditions if when for name in when.references}

    def _text(self, code: str, choices: Mapping[str, Value]) -> str:
        text = self.texts.get(code, "")
        return text if text and self.making.product.applies(code, choices) else ""


def alike(columns: Ints) -> tuple[Ints, Ints]:
    """The first of each kind of row, and for each row its kind; of one row or more."""
    if not columns.shape[1]:
        return np.zeros(1, np.int64), np.zeros(len(columns), np.int64)
    code = columns[:, 0] - columns[:, 0].min()
    for column in columns.T[1:]:
        low = int(column.min())
        wide = int(column.max()) - low + 1
        if int(code.max()) > np.iinfo(np.int64).max // wide - 1:
            code, column = (np.unique(each, return_inverse=True)[1] for each in (code, column))
            low, wide = 0, int(column.max()) + 1
        code = code * wide + (column - low)
    _codes, first, which = np.unique(code, return_index=True, return_inverse=True)
    return first, which.reshape(-1)
