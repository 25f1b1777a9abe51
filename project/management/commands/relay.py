"""`manage.py relay`: the relay as a process of its own, beside web and worker processes."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orders.relay import Relay
from project.listening import check_migrated
from project.preflight import PreflightError


class Command(BaseCommand):
    help = "Publish due jobs to Celery until told to stop (Ctrl-C or SIGTERM)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            check_migrated()
        except PreflightError as error:
            raise CommandError(str(error)) from None
        relay = Relay()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: relay.end())
        self.stdout.write("The relay is running.")
        self.stdout.flush()
        relay.run()
