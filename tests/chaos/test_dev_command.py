"""`manage.py dev`: one command does the whole job, ends cleanly, and says in a line what fails."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.chaos.browser import Customer
from tests.chaos.house import ROOT, House, children, runs
from tests.effort import thorough, thoroughly
from tests.servers import answers

pytestmark = pytest.mark.chaos

QUICKLY = 6  # seconds; or as long as it took to start, on a machine that has much else to do


def customer_of(house: House) -> Customer:
    return Customer(f"http://127.0.0.1:{house.port}")


def settled(house: House) -> bool:
    states = house.jobs()
    return set(states) == {"done"} and states["done"] >= 3


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the pages are served with, collected once."""
    house = House(tmp_path_factory.mktemp("collected"))
    assert house.start("collectstatic", "--noinput", "-v0").wait(timeout=120) == 0, house.log
    return house.data / "static"


@pytest.fixture
def ready(on_sqlite: House, static: Path) -> House:
    """A house whose pages can be served."""
    (on_sqlite.data / "static").symlink_to(static)
    return on_sqlite


def ends(process: subprocess.Popen[bytes], number: signal.Signals, starting: float) -> None:
    """A signal ends it, cleanly and quickly."""
    sent = time.monotonic()
    process.send_signal(number)
    assert process.wait(timeout=120) == 0
    assert time.monotonic() - sent < max(QUICKLY, starting)


@thorough
def test_a_web_process_killed_in_the_middle_of_a_paper_loses_nothing(
    ready: House, tmp_path: Path
) -> None:
    """Its successor takes the work over; the customer who retries lands on the same order."""
    marker = tmp_path / "in the middle"
    cart = ready.hands("form")
    begun = time.monotonic()
    process = ready.start("dev", slow=marker)
    ready.wait(lambda: answers(ready.port), "the server answers")
    starting = time.monotonic() - begun
    customer = customer_of(ready)
    place = customer.order(cart["design"], cart["form"])
    ready.wait(marker.exists, "a paper is half written")
    assert ready.papers() == []

    (web,) = children(process.pid)
    assert int(marker.read_text()) == web
    os.kill(web, signal.SIGKILL)
    ready.wait(lambda: children(process.pid) not in ([], [web]), "another process takes over")
    assert customer.order(cart["design"], cart["form"]) == place
    ready.wait(lambda: settled(ready), "all jobs are done")

    assert len(ready.hands("contents")["orders"]) == 1
    for paper in ready.papers():
        whole = paper.read_bytes()
        assert whole.startswith(b"%PDF-")
        assert whole.rstrip().endswith(b"%%EOF")
    assert len(ready.mails()) == 1

    ends(process, signal.SIGTERM, starting)
    assert not answers(ready.port)


@pytest.mark.parametrize("number", [thoroughly(signal.SIGINT), signal.SIGTERM])
def test_it_ends_cleanly_and_quickly(ready: House, number: signal.Signals) -> None:
    begun = time.monotonic()
    process = ready.start("dev")
    ready.wait(lambda: "Customerize is ready" in ready.log, "it says that it is ready")
    starting = time.monotonic() - begun
    (web,) = children(process.pid)
    ends(process, number, starting)
    ready.wait(lambda: not runs(web), "the web process has ended too")
    assert "Traceback" not in ready.log


def failing(house: House, *words: str) -> str:
    """The one line that a command which can't start says."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=house.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_a_taken_port(on_sqlite: House) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", on_sqlite.port))
        other.listen()
        assert f"port {on_sqlite.port} is taken" in failing(on_sqlite, "dev")


def test_a_data_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert "can't be written" in failing(House(tmp_path / "file"), "dev")


def test_a_broken_database(on_sqlite: House) -> None:
    for path in on_sqlite.data.glob("db.sqlite3*"):
        path.unlink()
    (on_sqlite.data / "db.sqlite3").write_bytes(b"this is no database" * 500)
    assert "not a database" in failing(on_sqlite, "dev")


@pytest.mark.parametrize("command", ["dev", "relay"])
def test_a_database_that_is_not_set_up(tmp_path: Path, command: str) -> None:
    assert "not up to date" in failing(House(tmp_path), command)
