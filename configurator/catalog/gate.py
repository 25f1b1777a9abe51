"""The publish gate: what a content would do to designs that are in the making, and to sampled ones.

Rooms above say which designs are in the making (`register`), each kind with its own name.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise

from configurator.catalog.cases import parts_of
from configurator.catalog.configuration import Configuration
from configurator.catalog.content import canonical
from configurator.catalog.models import AffectedDesign, Release
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.replaying import Landing, Replay, named, replay, whole_of
from configurator.catalog.sampling import Sample, covering
from configurator.catalog.spaces import CompileError
from configurator.engine import EngineError

SAMPLE = "sample"
SAMPLE_SECONDS = 60
"""So long sampled designs are tried; the others are not counted."""
MOST_KEPT = 5_000
"""Affected designs of a kind that are listed; all are counted."""


@dataclass(frozen=True)
class OpenDesign:
    """A design in the making: its release and state, and how an admin finds it."""

    key: str
    release_id: UUID
    state: dict[str, Any]
    label: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Kind:
    """Designs of one kind: `open_of(product_id)` gives those whose customers still decide."""

    code: str
    name: str | Promise
    open_of: Callable[[int], Iterable[OpenDesign]]
    count: Callable[[int], int]


class Report(Protocol):
    """Hears how much of a stage is done."""

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """From now on designs of this kind are replayed before a publication."""
    _kinds[kind.code] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


@dataclass(frozen=True)
class Outcome:
    """Counts by kind of design, and the designs that are affected."""

    counts: dict[str, dict[str, Any]]
    affected: list[AffectedDesign]

    @property
    def breaks(self) -> int:
        """How many designs in the making would break."""
        return sum(n.get("breaks", 0) for kind, n in self.counts.items() if kind != SAMPLE)

    @property
    def asks(self) -> bool:
        """Whether a person should look at it before anything goes live."""
        effects = ("breaks", "price", "parts")
        return any(kind.get(effect, 0) for kind in self.counts.values() for effect in effects)


def pass_through(product_id: int, new: ReleasedProduct, report: Report) -> Outcome:
    """Replay sampled designs of the live release, and every open design, on `new`."""
    landing = Landing.of(new)
    counts: dict[str, dict[str, Any]] = {}
    affected: list[AffectedDesign] = []
    live = Release.objects.filter(product_id=product_id, live=True).values_list("pk", flat=True)
    if (live_id := live.first()) is not None and (old := _release(live_id)) is not None:
        counts[SAMPLE], found = _sampled(old, landing, report)
        affected += found
    for kind in kinds():
        counts[kind.code], found = _replayed(kind, product_id, landing, report)
        affected += found
    return Outcome(counts, affected)


def _release(release_id: UUID) -> ReleasedProduct | None:
    """A release; None where it can't be had any more."""
    try:
        return released(release_id)
    except (CompileError, EngineError):
        return None


def _replayed(
    kind: Kind, product_id: int, landing: Landing, report: Report
) -> tuple[dict[str, Any], list[AffectedDesign]]:
    """What becomes of the open designs of a kind."""
    total = kind.count(product_id)
    counts = Counter({"total": 0, "breaks": 0, "price": 0, "same": 0, "unknown": 0})
    affected: list[AffectedDesign] = []

    @lru_cache(maxsize=4096)
    def replayed(release_id: UUID, state: bytes) -> Replay | None:
        return _tried(release_id, Configuration.from_json(states[state]), landing)

    states: dict[bytes, dict[str, Any]] = {}
    for done, design in enumerate(kind.open_of(product_id), start=1):
        key = canonical(design.state)
        states[key] = design.state
        found = replayed(design.release_id, key)
        counts["total"] += 1
        counts["unknown" if found is None else found.effect or "same"] += 1
        if found is not None and found.effect and len(affected) < MOST_KEPT:
            affected.append(_row(kind.code, design.key, design.label, found, design.url))
        report("replaying", done, total)
        if len(states) > 4096:
            states.clear()
    return dict(counts), affected


def _tried(release_id: UUID, state: Configuration, landing: Landing) -> Replay | None:
    """None where the design's own release can't be had any more."""
    old = _release(release_id)
    try:
        return replay(old, landing, state) if old is not None else None
    except EngineError:
        return None


def _row(kind: str, key: str, label: str, found: Replay, url: str = "") -> AffectedDesign:
    return AffectedDesign(
        kind=kind,
        key=key,
        label=label[:200],
        url=url,
        effect=found.effect,
        before=found.before,
        after=found.after,
        moves=[move.to_json() for move in found.moves],
        parts={code: list(pair) for code, pair in (found.parts or {}).items()},
    )


def _sampled(
    old: ReleasedProduct, landing: Landing, report: Report
) -> tuple[dict[str, Any], list[AffectedDesign]]:
    """What becomes of designs that show every pair of values of the live release."""
    report("sampling", 0, 0)
    sample = covering(old.space)
    counts = _counts(old, sample)
    changes: list[Decimal] = []
    affected = []
    for number, found in _compared(old, landing, sample):
        report("sampling", number, len(sample.designs))
        counts["tried"] = number
        if found is None:
            counts["unknown"] += 1
            continue
        counts[found.effect or "same"] += 1
        if found.before is not None and found.after is not None and found.effect == "price":
            changes.append(found.after - found.before)
        if found.effect:
            row = _row(SAMPLE, str(number), str(number), found)
            row.choices = [dict(pair) for pair in named(old, _design(sample, number))]
            affected.append(row)
    counts["total"] = counts.pop("tried", 0)
    if changes:
        counts |= {"least": f"{min(changes):.2f}", "most": f"{max(changes):.2f}"}
    return counts, affected


def _counts(old: ReleasedProduct, sample: Sample) -> dict[str, Any]:
    size = {"total": len(sample.designs), "pairs": sample.pairs, "covered": sample.covered}
    effects = {"breaks": 0, "price": 0, "parts": 0, "same": 0, "unknown": 0}
    return {**size, **effects, "release": old.number}


def _design(sample: Sample, number: int) -> Configuration:
    return Configuration(sample.designs[number - 1])


def _compared(
    old: ReleasedProduct, landing: Landing, sample: Sample
) -> Iterator[tuple[int, Replay | None]]:
    """Each sampled design tried, as many as there is time for; None what can't be worked out."""
    end = time.monotonic() + SAMPLE_SECONDS
    for number in range(1, len(sample.designs) + 1):
        try:
            yield number, _with_parts(old, landing, _design(sample, number))
        except EngineError:
            yield number, None
        if time.monotonic() > end:
            return


def _with_parts(old: ReleasedProduct, landing: Landing, design: Configuration) -> Replay:
    """A design tried, with the parts that differ where it stays possible."""
    found = replay(old, landing, design, why=False)
    there = whole_of(landing.product, found.state)
    if there is None or found.effect == "breaks":
        return found
    one, other = parts_of(old, design), parts_of(landing.product, there)
    differ = {
        code: (one.get(code, "0"), other.get(code, "0"))
        for code in sorted({*one, *other})
        if one.get(code) != other.get(code)
    }
    return replace(found, effect=found.effect or ("parts" if differ else ""), parts=differ)
