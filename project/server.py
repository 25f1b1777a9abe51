"""The web server of `manage.py dev`: gunicorn with one process of several threads.

The master process restarts the web process when it dies, and its companions with it.
"""

import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from gunicorn.app.base import BaseApplication

from project.companions import Companions

THREADS = 8


class DevServer(BaseApplication):  # type: ignore[misc]
    """Serves on a socket that is bound already; calls `ready` when the first request can come."""

    def __init__(self, listener: socket.socket, ready: Callable[[], None]) -> None:
        self._listener = listener
        self._ready = ready
        self._companions: Companions | None = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        from project.wsgi import application

        return application

    def _options(self) -> dict[str, Any]:
        return {
            "bind": f"fd://{self._listener.fileno()}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "timeout": 300,  # a long computation is no reason to be killed
            "graceful_timeout": 1,
            "keepalive": 5,
            "loglevel": "warning",
            "proc_name": "customerize",
            "control_socket_disable": True,
            "post_worker_init": self._begin,
            "worker_exit": self._end,
        }

    def _begin(self, worker: Any) -> None:
        self._companions = Companions()
        self._companions.start()
        if worker.age == 1:
            self._ready()

    def _end(self, _arbiter: Any, _worker: Any) -> None:
        """The web process ends at once: what is not finished yet stands in rows."""
        if self._companions is not None:
            self._companions.stop()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)
