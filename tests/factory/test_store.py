"""The store of papers: whole or absent."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from orders.papers import identity, store

SHA = "ab" * 32
PDF = b"%PDF-1.4\n" + b"x" * 1000 + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.PAPERS_DIR = tmp_path / "papers"
    return tmp_path / "papers"


def test_what_is_kept_is_read_back(folder: Path) -> None:
    store.keep(SHA, PDF)
    assert store.read(SHA) == PDF
    assert [path.name for path in folder.iterdir()] == [f"{SHA}.pdf"]


def test_what_is_not_there_is_none() -> None:
    assert store.read(SHA) is None
    assert not store.has(SHA)


def test_a_paper_is_never_changed() -> None:
    store.keep(SHA, PDF)
    store.keep(SHA, PDF.replace(b"x", b"y"))
    assert store.read(SHA) == PDF


@pytest.mark.parametrize("broken", [b"", PDF[:-8], PDF[20:], b"<html>"])
def test_a_broken_pdf_is_refused(broken: bytes, folder: Path) -> None:
    with pytest.raises(ValueError, match="whole"):
        store.keep(SHA, broken)
    assert not folder.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB" * 32, "a" * 63])
def test_only_hashes_are_names(name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(name)


WRITER = """
import os, sys
from django.conf import settings

settings.configure(PAPERS_DIR=sys.argv[1])
from orders.papers import store

open_for_real = os.fdopen


class HalfWay:
    def __init__(self, handle, mode):
        self.file = open_for_real(handle, mode, buffering=0)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()

    def write(self, data):
        self.file.write(data[: len(data) // 2])
        print("half", flush=True)
        sys.stdin.read()


os.fdopen = HalfWay
store.keep("ab" * 32, b"%PDF-1.4" + b"x" * 100000 + b"%%EOF")
"""


def test_a_writer_killed_half_way_leaves_no_paper(folder: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert store.read(SHA) is None
    assert not list(folder.glob("*.pdf"))
    store.keep(SHA, PDF)
    assert store.read(SHA) == PDF


def test_what_killed_writers_left_is_swept(folder: Path) -> None:
    folder.mkdir()
    old, young = folder / ".0123-old.part", folder / ".0123-young.part"
    for part in (old, young):
        part.write_bytes(b"%PDF-1.4 half")
    os.utime(old, (0, 0))
    store.keep(SHA, PDF)
    assert sorted(path.name for path in folder.iterdir()) == [young.name, f"{SHA}.pdf"]


def test_another_fact_is_another_name() -> None:
    first = identity.name("kind", "A4", "en", {"due": "2026-12-04"})
    assert first == identity.name("kind", "A4", "en", {"due": "2026-12-04"})
    others = {
        identity.name("kind", "letter", "en", {"due": "2026-12-04"}),
        identity.name("kind", "A4", "pl", {"due": "2026-12-04"}),
        identity.name("kind", "A4", "en", {"due": "2026-12-05"}),
        identity.name("other", "A4", "en", {"due": "2026-12-04"}),
    }
    assert len(others | {first}) == 5
