"""No test sees what another one in its process has left: language, time zone, caches, environment.

Whatever a release, a design or an order is remembered by is forgotten; what is pure stays.
"""

import os
import signal
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation

from configurator.capacity import snapshot
from configurator.catalog import queries
from configurator.wizard import answers, timing
from orders import jobs
from orders.papers import store

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGALRM)


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Every test begins as the first one of its process does."""
    forget()
    folder, environment = os.getcwd(), dict(os.environ)
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    os.chdir(folder)
    if dict(os.environ) != environment:
        os.environ.clear()
        os.environ.update(environment)
    for number, handler in handlers.items():
        if signal.getsignal(number) is not handler:
            signal.signal(number, handler)


@pytest.fixture(autouse=True)
def causes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The transaction around a test is no cause of a job: a shop has none around its views."""

    def has_a_cause() -> bool:
        return any(
            not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks
        )

    monkeypatch.setattr(jobs, "has_a_cause", has_a_cause)


def forget() -> None:
    translation.deactivate()
    timezone.deactivate()
    cache.clear()
    queries.forget()
    for kept in (answers._kept, timing._kept, snapshot._kept, store._swept):
        kept.clear()
