"""Compiled spaces on disk, named by the hashes of their model and of the engine's code."""

import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from configurator.catalog.content import Content
from configurator.catalog.modeling import model_of, model_sha, model_to_json
from configurator.engine import EngineError, Model, Space

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Limits:
    """How much one compilation may take."""

    memory_mb: int = 6_000
    seconds: float = 120
    nodes: int = 8_000_000


class CompileError(Exception):
    """Why a model does not compile; `rules` are the names of those to blame."""

    def __init__(self, kind: str, message: str, rules: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.kind = kind  # contradiction, expression, budget, engine
        self.message = message
        self.rules = rules


@dataclass(frozen=True)
class Compiled:
    """A space on disk."""

    sha: str
    designs: int


@cache
def engine_mark() -> str:
    """Names the engine that compiles: what another one has compiled is not taken for its work."""
    engine = ROOT / "configurator" / "engine"
    files = [engine / "artifact.py", engine / "codec.py", engine / "diagram.py"]
    files += sorted([*(engine / "compile").glob("*.py"), *(engine / "language").glob("*.py")])
    code = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return code.hexdigest()[:12]


def space_path(sha: str) -> Path:
    return Path(settings.SPACES_DIR) / f"{sha}-{engine_mark()}.space"


def compile_content(content: Content, limits: Limits | None = None) -> tuple[Compiled, Space]:
    """The compiled space of a checked content, made in a child process where it is not there.

    Raises CompileError.
    """
    return _ensure(model_of(content), limits or Limits())


def open_space(sha: str, content: Content) -> Space:
    """The space of a release; rebuilt from its content where the file is missing or damaged."""
    path = space_path(sha)
    try:
        return Space.load(path)
    except FileNotFoundError:
        log.warning("The compiled space %s is not on this machine: it is built again.", sha[:12])
    except (EngineError, OSError, ValueError) as error:
        log.warning("The compiled space %s cannot be read (%s): built again.", sha[:12], error)
        path.unlink(missing_ok=True)
    _compiled, space = compile_content(content)
    return space


def _ensure(model: Model, limits: Limits) -> tuple[Compiled, Space]:
    sha = model_sha(model)
    path = space_path(sha)
    if path.exists():
        try:
            space = Space.load(path)
            return Compiled(sha, space.count()), space
        except (EngineError, OSError, ValueError):
            path.unlink(missing_ok=True)
    designs = _compile(model, path, limits)
    return Compiled(sha, designs), Space.load(path)


def _compile(model: Model, path: Path, limits: Limits) -> int:
    """Compile in a child; the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    request = {
        "model": model_to_json(model),
        "memory_mb": limits.memory_mb,
        "seconds": limits.seconds,
        "nodes": limits.nodes,
    }
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".compiling-")
    os.fchmod(handle, 0o644)
    os.close(handle)
    scratch = Path(name)
    try:
        answer = _run(request, scratch, limits)
        if "error" in answer:
            message = answer["message"] or _too_large(limits)
            raise CompileError(answer["error"], message, tuple(answer["rules"]))
        with scratch.open("rb") as file:
            os.fsync(file.fileno())
        scratch.replace(path)
        return int(answer["designs"])
    finally:
        scratch.unlink(missing_ok=True)


def _run(request: dict[str, Any], out: Path, limits: Limits) -> dict[str, Any]:
    try:
        child = subprocess.run(
            [sys.executable, "-m", "configurator.catalog.compiling", str(out)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.seconds + 15,
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CompileError("budget", _too_large(limits)) from None
    if child.returncode != 0:
        log.error("A compilation ended with %s: %s", child.returncode, child.stderr[-2000:])
        raise CompileError("budget", _too_large(limits))
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer


def _too_large(limits: Limits) -> str:
    return (
        f"The rules together are too large to compile within {limits.seconds:g} seconds and "
        f"{limits.memory_mb:,} MB. Split tables over fewer options, give numbers larger steps, "
        "or remove rules that join many options."
    )
