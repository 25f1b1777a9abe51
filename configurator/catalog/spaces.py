"""Compiled spaces on disk, named by the hashes of their model and of the engine's code.

A model that does not fit the limits of compilation is searched instead: its file holds clauses.
"""

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings

from configurator.catalog.children import ROOT, ask, watch
from configurator.catalog.content import Content
from configurator.catalog.modeling import model_of, model_sha, model_to_json
from configurator.catalog.sizes import HINT, size_words
from configurator.engine import EngineError, Model, artifact
from configurator.engine.words import Words as _
from configurator.engine.words import joined, kept, rebuilt

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """How much one compilation may take, and how long a search instead may be prepared."""

    memory_mb: int = 6_000
    seconds: float = 60
    nodes: int = 8_000_000
    search_seconds: float = 45

    def exceed(self, others: dict[str, Any]) -> bool:
        """Whether anything that did not fit within the others may fit within these."""
        return any(value > others.get(name, 0) for name, value in asdict(self).items())


def present_limits() -> Limits:
    """What the settings allow."""
    return Limits(
        memory_mb=settings.PUBLISH_MEMORY_MB,
        seconds=settings.PUBLISH_SECONDS,
        nodes=settings.PUBLISH_NODES,
        search_seconds=settings.PUBLISH_SEARCH_SECONDS,
    )


class CompileError(Exception):
    """Why a model does not compile; `rules` are the names of those to blame."""

    def __init__(self, kind: str, message: str, rules: tuple[str, ...] = (), size: int = 0) -> None:
        super().__init__(message)
        self.kind = kind  # contradiction, expression, budget, undecided, engine
        self.message = message
        self.rules = rules
        self.size = size  # of what is too large, if that is known


@dataclass(frozen=True)
class Compiled:
    """A space on disk. Without `designs` they can't be counted; `reason` then says why."""

    sha: str
    designs: int | None
    reason: str = ""


@cache
def engine_mark() -> str:
    """Names the engine that compiles: what another one has compiled is not taken for its work."""
    engine = ROOT / "configurator" / "engine"
    files = [engine / "artifact.py", engine / "codec.py", engine / "diagram.py"]
    files += [engine / "sat" / "encoder.py", engine / "sat" / "files.py"]
    files += sorted([*(engine / "compile").glob("*.py"), *(engine / "language").glob("*.py")])
    code = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return code.hexdigest()[:12]


def space_path(sha: str) -> Path:
    return Path(settings.SPACES_DIR) / f"{sha}-{engine_mark()}.space"


def compile_content(content: Content, limits: Limits | None = None) -> tuple[Compiled, "AnySpace"]:
    """The space of a checked content, made in a child process where it is not there.

    What does not fit the limits is searched. Raises CompileError.
    """
    model, limits = model_of(content), limits or present_limits()
    sha = model_sha(model)
    path = space_path(sha)
    with _alone(path):
        space = _kept(path)
        if space is None or (space.backend == "sat" and limits.exceed(space.note["limits"])):
            _make(model, path, limits)
            space = artifact.load(path)
    if space.backend == "sat":
        return Compiled(sha, None, space.note["reason"]), space
    return Compiled(sha, space.count()), space


def open_space(sha: str, content: Content, *, searched: bool = False) -> "AnySpace":
    """The space of a release; rebuilt from its content where the file is missing or damaged.

    One that is known to be `searched` is not compiled again in vain.
    """
    path = space_path(sha)
    if (space := _kept(path)) is not None:
        return space
    if not searched:
        return compile_content(content)[1]
    model, limits = model_of(content), replace(present_limits(), seconds=0, nodes=0, memory_mb=0)
    with _alone(path):
        if (space := _kept(path)) is None:
            _search(model, path, limits, _("This release was published without a compiled space."))
            space = artifact.load(path)
    return space


def is_ready(sha: str) -> bool:
    """Whether this engine's file for a release is there (and looks whole)."""
    return space_path(sha).exists()


def _kept(path: Path) -> "AnySpace | None":
    """The space of a file; a damaged one is thrown away."""
    try:
        return artifact.load(path)
    except (EngineError, OSError, ValueError, KeyError) as error:
        if path.exists():
            log.warning("The space %s cannot be read (%s): built again.", path.name[:12], error)
            path.unlink(missing_ok=True)
        return None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process and thread at a time makes a file; the others then find it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / f".{path.stem}.lock").open("w") as file:
        with suppress(ImportError):
            import fcntl

            while not _locked(file, fcntl.flock, fcntl.LOCK_EX | fcntl.LOCK_NB):
                watch()
                time.sleep(0.1)
        yield


def _locked(file: IO[str], lock: Callable[[IO[str], int], None], how: int) -> bool:
    try:
        lock(file, how)
    except BlockingIOError:
        return False
    return True


def _make(model: Model, path: Path, limits: Limits) -> None:
    """Compile; search what is too large, but not a single rule that is."""
    log.info("The space %s is built.", path.name[:12])
    try:
        _run_child(model, path, limits, {})
    except CompileError as error:
        if error.kind != "budget" or _is_one_rule(error, model, limits):
            raise
        _search(model, path, limits, joined(" ", [error.message, size_words(model), HINT]))


def _is_one_rule(error: CompileError, model: Model, limits: Limits) -> bool:
    """Whether one rule alone is too large, not all together (in time or in nodes)."""
    known = {rule.name for rule in model.rules}
    return bool(known & set(error.rules)) and error.size not in (0, limits.nodes)


def _search(model: Model, path: Path, limits: Limits, reason: str) -> None:
    """Prepare for searching, within its own time."""
    told = {"reason": str(reason), "words": kept(reason), "limits": asdict(limits)}
    allowed = replace(limits, memory_mb=max(limits.memory_mb, Limits.memory_mb))
    allowed = replace(allowed, seconds=limits.search_seconds)
    try:
        _run_child(model, path, allowed, {"note": told})
    except CompileError as error:
        if error.kind != "budget" or error.rules:
            raise
        message = _(
            "Whether designs are possible cannot be decided: %(reason)s And a search for "
            "designs does not end within %(search_seconds)s seconds either.",
            reason=reason,
            search_seconds=f"{limits.search_seconds:g}",
        )
        raise CompileError("undecided", message) from None


def _run_child(model: Model, path: Path, limits: Limits, request: dict[str, Any]) -> None:
    """Make the file in a child; it appears whole or not at all."""
    request = {
        **request,
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
        answer = _answer(request, scratch, limits)
        if "error" in answer:
            message = rebuilt(answer["message"]) if answer["message"] else _too_large(limits)
            raise CompileError(answer["error"], message, tuple(answer["rules"]), answer["size"])
        with scratch.open("rb") as file:
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _answer(request: dict[str, Any], out: Path, limits: Limits) -> dict[str, Any]:
    answer = ask("configurator.catalog.compiling", request, str(out), seconds=limits.seconds)
    if answer is None:
        raise CompileError("budget", _too_large(limits))
    return answer


def _too_large(limits: Limits) -> str:
    return _(
        "The rules together are too large to compile within %(seconds)s seconds and "
        "%(memory_mb)s MB.",
        seconds=f"{limits.seconds:g}",
        memory_mb=f"{limits.memory_mb:,}",
    )
