"""Publications and examinations in the `dev` command: beside its worker, so that no order waits.

It consumes a queue from the same broker as the worker does the others.
"""

import logging
import threading
from queue import Empty

from celery import current_app
from django.db import connections
from kombu.simple import SimpleQueue

from configurator.catalog.work import QUEUE as PUBLISHING

PAUSE = 1.0  # seconds before it begins again after it fell over

logger = logging.getLogger(__name__)


def work(stop: threading.Event, name: str = PUBLISHING) -> None:
    """Do what comes in a queue until `stop` is set. The tasks are imported already."""
    while not stop.is_set():
        try:
            with (
                current_app.connection_for_read() as broker,
                broker.SimpleQueue(name) as queue,
            ):
                while not stop.is_set():
                    _next(queue)
        except Exception:
            logger.exception("The thread of the queue %s fell over and begins again", name)
        stop.wait(PAUSE)


def _next(queue: SimpleQueue) -> None:
    """Perform the next message, if one comes soon; its row tells whether it is done."""
    try:
        message = queue.get(timeout=PAUSE)
    except Empty:
        return
    arguments = message.payload[0]
    try:
        current_app.tasks[message.headers["task"]](*arguments)
    finally:
        message.ack()
        connections.close_all()
