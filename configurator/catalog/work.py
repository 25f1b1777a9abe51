"""Durable work, asked for from here and kept by a room above.

Job rows stand with the orders, which this room does not know. Whoever keeps them says so once, when
the program starts; a request for work is then a row of the same transaction as its cause.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol


class Enqueue(Protocol):
    """Writes a job into the caller's transaction; `kind` names the task that does it."""

    def __call__(
        self,
        *,
        kind: str,
        queue: str,
        payload: Mapping[str, Any] | None = None,
        due_at: datetime | None = None,
    ) -> object: ...


_keepers: list[Enqueue] = []


def kept_by(enqueue: Enqueue) -> None:
    """Say who keeps the jobs; the last one counts."""
    _keepers[:] = [enqueue]


def ask_for(kind: str, due_at: datetime | None = None, queue: str = "", **payload: str) -> None:
    """Have a task of this room done, once, with these arguments; only inside a transaction."""
    if not _keepers:
        raise RuntimeError("nobody keeps jobs for the catalog")
    _keepers[0](kind=kind, queue=queue or QUEUE, payload=payload, due_at=due_at)


QUEUE = "publish"
EXAMINING = "examine"
"""The queue of the doctor, for whom no publication waits."""
WARM, RENDER = "pictures.warm", "render"
"""The task, and its queue, that makes ahead the pictures of a `release` or a `share`."""
