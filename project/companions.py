"""The relay and a Celery worker as threads of a web process, so that one command does all.

It is the same relay and a real worker (solo pool) on the same queues as in a fleet; only the
broker is in memory. What makes this safe is orders/jobs.py: whatever dies, the rows remain.
"""

import logging
import os
import socket
import threading
from contextlib import suppress
from typing import Any

from celery.worker import WorkController, state
from django.conf import settings
from django.db import connections

from configurator.catalog.work import EXAMINING
from configurator.catalog.work import QUEUE as PUBLISHING
from configurator.wizard.preparing import prepare_pictures, prepare_spaces
from orders import jobs
from orders.relay import Relay
from project import publishing
from project.celery import app

logger = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds that a running task gets to finish when the process ends
POLITE = 15  # as `nice` counts
PREPARING = 10.0  # seconds between looks for releases that are not made ready
PAUSE = 1.0  # seconds before a worker that fell over begins again
PUBLISHERS = 2  # publications at once: a large product holds up no small one


class Companions:
    """Starts and ends both threads; the process may also just die, nothing is lost."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._relay = Relay()
        self._threads = [
            threading.Thread(target=self._relay.run, name="relay", daemon=True),
            threading.Thread(target=self._work, name="worker", daemon=True),
            *(
                threading.Thread(target=publishing.work, args=[self._stop], daemon=True)
                for _number in range(PUBLISHERS)
            ),
            threading.Thread(target=publishing.work, args=[self._stop, EXAMINING], daemon=True),
            threading.Thread(target=self._prepare, name="preparing", daemon=True),
        ]

    def start(self) -> None:
        """Begin; with the broker in memory, take back at once what a killed process left."""
        # All tasks are known before any thread looks: a worker that begins while another thread
        # still imports them would throw away what it does not know yet.
        app.loader.import_default_modules()
        if not settings.REDIS_URL:
            jobs.release_leases()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask both to end and wait a little."""
        self._stop.set()
        self._relay.end()
        setattr(state, "should_stop", os.EX_OK)  # noqa: B010 (typed as None)
        _wake_worker()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                embedded_worker().start()
            except Exception:
                logger.exception("The worker fell over and begins again")
            self._stop.wait(PAUSE)

    def _prepare(self) -> None:
        """Make ready what was published meanwhile, before customers come; others go first."""
        with suppress(OSError, AttributeError):  # not every system ranks threads
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITE)
        while not self._stop.wait(PREPARING):
            try:
                prepare_spaces()
                prepare_pictures()
            except Exception:
                logger.exception("A release could not be made ready ahead")
            finally:
                connections.close_all()


def embedded_worker(**options: Any) -> WorkController:
    """A Celery worker for this thread: one task at a time, but for what the catalog asks for."""
    os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
    return WorkController(
        app=app,
        hostname=f"embedded-{os.getpid()}@{socket.gethostname()}",
        pool_cls="solo",
        concurrency=1,
        queues=[queue for queue in jobs.QUEUES if queue not in (PUBLISHING, EXAMINING)],
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        **options,
    )


def _wake_worker() -> None:
    """Any message ends the worker's wait; it waits once more after it saw that it should stop."""
    try:
        for _wait in range(2):
            app.control.broadcast("ping")
    except Exception:
        logger.debug("The worker could not be woken", exc_info=True)
