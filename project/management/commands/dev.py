"""`manage.py dev`: web, relay and worker in one command."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from project.listening import bound_socket, check_migrated
from project.preflight import PreflightError, check_data_dir, check_database


class Command(BaseCommand):
    help = "Serve everything on this machine: web pages, relay and a Celery worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
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
        from project.server import DevServer  # after the checks: it takes a while to load

        DevServer(listener, lambda: self._welcome(host, port)).run()

    def _welcome(self, host: str, port: int) -> None:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
        base = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
        broker = "Redis" if settings.REDIS_URL else "in memory"
        self.stdout.write(
            f"\nCustomerize is ready.\n\n"
            f"  Design a product   {base}/\n"
            f"  The factory        {base}/factory/\n"
            f"  The catalog        {base}/admin/\n\n"
            f"Web, relay and worker run here (broker: {broker}). Ctrl-C ends them.",
        )
        self.stdout.flush()
