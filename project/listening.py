"""The socket and the database that serving needs, or one line that says why not."""

import errno
import socket

from django.db import Error, connection, connections
from django.db.migrations.executor import MigrationExecutor

from project.preflight import PreflightError


def check_migrated() -> None:
    """Raise PreflightError when the database does not answer or lacks migrations."""
    name = connection.settings_dict["NAME"]
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise PreflightError(f"the database {name} can't be used ({reason})") from None
    finally:
        connections.close_all()
    if plan:
        raise PreflightError(
            f"the database {name} is not up to date ({len(plan)} migrations to apply); "
            "run `make run`, or `python manage.py set_up`"
        )


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening socket; PreflightError when the address is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except (OSError, OverflowError) as error:
        listener.close()
        raise PreflightError(_why_not(host, port, error)) from None
    return listener


def _why_not(host: str, port: int, error: Exception) -> str:
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return f"port {port} is taken; end what runs there, or choose another: PORT={port + 1}"
    if code == errno.EACCES:
        return f"port {port} is not allowed for this user; choose one above 1023"
    return f"nothing can listen on {host} port {port} ({getattr(error, 'strerror', '') or error})"
