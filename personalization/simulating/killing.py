"""Workers that are killed at random moments, while people take their yes back.

Two processes do what is due, both what the other does, too; every now and then one dies without a
word in the middle of it, and another takes its place. What it had begun is free again after its
lease. Nothing here depends on the seed alone: which moment it is decides the machine.
"""

from __future__ import annotations

import mmap
import os
import random
import signal
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from celery import current_app
from django.db import connection
from django.db.models import Q

from orders import jobs
from personalization.simulating.clock import Clock
from personalization.simulating.working import HOUR, Post, due

SHARE = 0.5
"""So often a worker is killed while there is work."""
LATEST = 0.12  # real seconds after which it is, at most
STUCK = 0.25  # real seconds without anything done, after which leases are waited out
FORMAT = struct.Struct("dd")


class Fleet:
    """Two workers, and who kills them. `meanwhile` happens beside their work."""

    def __init__(self, clock: Clock, post: Post, seed: int, meanwhile: Callable[[], None]) -> None:
        self.clock, self.post, self.meanwhile = clock, post, meanwhile
        self.lot, self.tick = random.Random(seed), clock.now
        self.done = self.kills = 0
        current_app.loader.import_default_modules()
        self.shared = mmap.mmap(-1, FORMAT.size)
        self._tell(working=False)
        self.workers = [self._begin(), self._begin()]

    def _tell(self, *, working: bool) -> None:
        self.shared[:] = FORMAT.pack(self.clock.now.timestamp(), float(working))

    def _begin(self) -> int:
        """A worker, by its process id."""
        connection.close()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                _work(self.shared, self.clock, parent)
            finally:
                os._exit(0)
        return pid

    def until(self, moment: datetime) -> None:
        """What is due, hour by hour until then."""
        while self.tick + HOUR <= moment:
            self.tick += HOUR
            if due(self.tick).exists():
                self.clock.to(self.tick)
                self._work()

    def _work(self) -> None:
        """All that is due now is done, whoever dies."""
        before = left = due(self.clock.now).count()
        deadline = time.perf_counter() + self.lot.uniform(0, LATEST)
        doomed = self.lot.random() < SHARE
        moved = time.perf_counter()
        self._tell(working=True)
        self.meanwhile()
        while left:
            time.sleep(0.004)
            now, count = time.perf_counter(), due(self.clock.now).count()
            if doomed and now > deadline:
                self._kill()
                doomed = False
            if count < left:
                left, moved = count, now
            elif now - moved > STUCK:
                self.clock.to(self.clock.now + jobs.lease() + timedelta(seconds=1))
                self._tell(working=True)
                left, moved = due(self.clock.now).count(), now
        self.done += before
        self._tell(working=False)
        self.post.look()

    def _kill(self) -> None:
        """One dies, wherever it is, and another begins."""
        victim = self.workers.pop(self.lot.randrange(len(self.workers)))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        self.kills += 1
        self.workers.append(self._begin())

    def close(self) -> None:
        """All workers end."""
        for pid in self.workers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.workers = []


def _work(shared: mmap.mmap, clock: Clock, parent: int) -> None:
    """A worker's life: do what is due, in an order of its own."""
    lot = random.Random(os.getpid())
    while os.getppid() == parent:
        told, working = FORMAT.unpack(shared[:])
        if not working:
            time.sleep(0.002)
            continue
        clock.set(datetime.fromtimestamp(told, UTC))
        free = Q(running_until=None) | Q(running_until__lt=clock.now)
        found = list(due(clock.now).filter(free).values_list("pk", "kind")[:20])
        lot.shuffle(found)
        for pk, kind in found:
            current_app.tasks[kind](str(pk))
        if not found:
            time.sleep(0.004)
