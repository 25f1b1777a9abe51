"""`manage.py dev`: web, relay and worker in one command."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from project.listening import bound_socket, check_migrated
from project.preflight import PreflightError, check_data_dir, check_database


class Command(BaseCommand):
    help = "Serve everything on this machine: web pages, relay and a Celery worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        try:
            check_data_dir()
            check_database()
            check_migrated()
            listener = bound_socket(host, port)
        except PreflightError as error:
            raise CommandError(str(error)) from None
        welcome = _welcome(host, port)
        from project.server import DevServer  # after the checks: it takes a while to load

        DevServer(listener, lambda: self._say(welcome)).run()

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _welcome(host: str, port: int) -> str:
    """What to open, and who can sign in."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    base = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    broker = "Redis" if settings.REDIS_URL else "in memory"
    return "\n".join(
        [
            "",
            "Customerize is ready.",
            "",
            f"  Design a product   {base}/",
            f"  The factory        {base}/factory/",
            f"  The catalog        {base}/admin/",
            *_logins(),
            "",
            f"Web, relay and worker run here (broker: {broker}). Ctrl-C ends them.",
        ]
    )


def _logins() -> list[str]:
    """The people of the demo; none where it was not set up with the demo."""
    from project.roles import DEMO_PASSWORD, demo_logins

    logins = demo_logins()
    connections.close_all()
    if not logins:
        return []
    lines = [f"  {role:<18} {name}" for role, name in logins]
    return ["", f"Sign in with the password {DEMO_PASSWORD} as", "", *lines]
