"""What was learned, as files named by their content; read once a process."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from configurator.catalog.configuration import value_from_json, value_to_json
from configurator.catalog.recent import Recent
from configurator.engine import Choices, Value
from configurator.engine.artifact import write
from personalization.recommending.gathering import number_of
from personalization.recommending.voting import Votes

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Learned:
    """Votes, with the names of their columns and values."""

    names: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    votes: Votes = field(repr=False)
    sha: str = ""  # the name of its file

    @cached_property
    def column_of(self) -> dict[str, int]:
        return {name: column for column, name in enumerate(self.names)}

    @cached_property
    def _numbers(self) -> list[dict[tuple[Value, bool], int]]:
        return [number_of(values) for values in self.values]

    def code(self, column: int, value: Value) -> int | None:
        """The code of a value, None if nobody could choose it then."""
        return self._numbers[column].get((value, isinstance(value, bool)))

    def known(self, choices: Choices) -> dict[int, int]:
        """Column -> code of the choices that are in the history."""
        found = {}
        for name, value in choices.items():
            column = self.column_of.get(name)
            code = None if column is None else self.code(column, value)
            if column is not None and code is not None:
                found[column] = code
        return found

    def having(self, column: int, code: int) -> NDArray[np.bool_]:
        """Which rows of the votes have a value."""
        mask: NDArray[np.bool_] = self.votes.rows[column] == code + 1
        return mask


def store(learned: Learned) -> str:
    """Write it, atomically; the name."""
    votes = learned.votes
    header = {
        "names": learned.names,
        "values": [[value_to_json(value) for value in values] for values in learned.values],
    }
    data = io.BytesIO()
    np.savez_compressed(
        data,
        header=np.frombuffer(json.dumps(header).encode(), np.uint8),
        rows=votes.rows,
        counts=votes.counts,
        weights=votes.weights,
    )
    content = data.getvalue()
    sha = hashlib.sha256(content).hexdigest()
    path = _path(sha)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(content, path)
    return sha


_kept: Recent[str, Learned | None] = Recent(64)


def load(sha: str) -> Learned | None:
    """What a file has; None where it is missing or damaged: it is learned anew some day."""
    return _kept.get(sha, lambda: _read(sha))


def _read(sha: str) -> Learned | None:
    try:
        content = _path(sha).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha:
            raise ValueError("its content is another one")
        with np.load(io.BytesIO(content), allow_pickle=False) as parts:
            return _learned(dict(parts), sha)
    except (OSError, ValueError, KeyError) as error:
        log.warning("What was learned (%s) cannot be read: %s", sha[:12], error)
        return None


def _learned(parts: Mapping[str, NDArray[np.generic]], sha: str) -> Learned:
    header = json.loads(parts["header"].tobytes())
    values = tuple(tuple(map(value_from_json, values)) for values in header["values"])
    votes = Votes(
        parts["rows"].astype(np.int32),
        parts["counts"].astype(np.float64),
        tuple(map(len, values)),
        parts["weights"].astype(np.float32),
    )
    return Learned(tuple(header["names"]), values, votes, sha)


def _path(sha: str) -> Path:
    return Path(settings.DATA_DIR) / "recommending" / f"{sha}.npz"
