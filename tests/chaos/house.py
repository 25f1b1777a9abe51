"""A whole house for a chaos test: its own data folder, database and processes, all killable."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.servers import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
WORKER = (
    *("celery", "-A", "project", "worker", "-P", "solo", "-l", "warning"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)


@dataclass
class House:
    """Processes of the project on one data folder; `settings` are environment variables."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "project.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
            "SECRET_KEY": "only-for-tests",
            "DATA_DIR": str(self.data),
            "PORT": str(self.port),
            "EMAIL_URL": f"filemail:///{self.data / 'mails'}",
            "LOG_LEVEL": "ERROR",
            **self.settings,
        }

    def hands(self, *words: str) -> Any:
        """What `python -m tests.chaos.hands WORDS` answers (JSON on its last line)."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.chaos.hands", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, *words: str, slow: Path | None = None) -> subprocess.Popen[bytes]:
        """Start `manage.py WORDS`, or Celery. With `slow`, the first paper never gets finished."""
        if slow is not None:
            command = [sys.executable, "-m", "tests.chaos.slow", str(slow), *words]
        elif words[0] == "celery":
            command = [sys.executable, "-m", *words]
        else:
            command = [sys.executable, "manage.py", *words]
        with (self.data / "log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """SIGKILL."""
        process.kill()
        process.wait()
        self.running.remove(process)

    def end(self) -> None:
        """End all that runs, children included."""
        for process in self.running:
            for child in children(process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            process.kill()
            process.wait()
        self.running.clear()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the house's database answers, without a process of Django's."""
        url = self.settings.get("DATABASE_URL")
        if url:
            with psycopg.connect(url) as cluster:
                return cluster.execute(query.encode()).fetchall()
        with contextlib.closing(sqlite3.connect(self.data / "db.sqlite3", timeout=20)) as file:
            return file.execute(query).fetchall()

    def jobs(self) -> dict[str, int]:
        """How many jobs are in each state."""
        # What orders teach is learned later, and no order waits for it.
        counted = "SELECT state, count(*) FROM orders_job WHERE kind NOT LIKE '%.learn'"
        return dict(self.rows(f"{counted} GROUP BY state"))

    @property
    def log(self) -> str:
        return (self.data / "log").read_text(errors="replace")

    def mails(self) -> list[str]:
        """The Message-IDs of all mails that went out."""
        folder = self.data / "mails"
        texts = [path.read_text() for path in folder.glob("*")] if folder.is_dir() else []
        return [
            line
            for text in texts
            for line in text.splitlines()
            if line.startswith("Message-ID:") and ".confirmation@" in line
        ]

    def papers(self) -> list[Path]:
        """Every paper that can be seen."""
        return sorted((self.data / "papers").glob("*.pdf"))

    def wait(self, what: Callable[[], bool], told: str, patience: float = 120) -> None:
        """Wait until `what()` holds, or fail with what the processes said."""
        with contextlib.suppress(TimeoutError):
            wait_for(lambda: what() or self._has_failed(), told, patience)
        assert what(), f"{told} did not happen\n{self.log[-4000:]}"

    def _has_failed(self) -> bool:
        """Whether a process has ended by itself, with an error."""
        return any(process.poll() for process in self.running)


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        return [int(child) for child in told.read_text().split()]
    except FileNotFoundError:
        return []


def runs(pid: int) -> bool:
    """Whether a process is alive: one that ended may wait as a zombie for whoever adopted it."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


@contextlib.contextmanager
def house(template: Path, folder: Path, **settings: str) -> Iterator[House]:
    """A copy of a house that is set up; everything in it ends with the test."""
    shutil.copytree(template, folder / "data")
    built = House(folder / "data", settings)
    try:
        yield built
    finally:
        built.end()
