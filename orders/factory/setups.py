"""What a work center must be set up for: operations with the same key share one set-up.

Two operations share it if they are the same operation of the same product, with the same materials
and thicknesses, and alike in the choices that they read. Measures and texts are set piece by piece.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from orders.factory.models import WorkOrderOperation, WorkOrderPart

SET_UP_KINDS = ("choice", "toggle")
NOTHING = ("none", False)  # does not apply, or is off: both need nothing


def choices_to_set_up(content: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """What was chosen from a list, and what is on, of a specification."""
    for item in content.get("choices", ()):
        if item.get("kind") in SET_UP_KINDS and item.get("value") not in NOTHING:
            yield item


def used_at(part: WorkOrderPart, codes: Collection[str]) -> str:
    """The code of the operation at which a part is used: the first, where none is named."""
    return part.operation if part.operation in codes else next(iter(codes), "")


def setup_keys(
    content: Mapping[str, Any],
    operations: Sequence[WorkOrderOperation],
    parts: Sequence[WorkOrderPart],
) -> list[str]:
    """The key of every operation's set-up, in their order."""
    product = content.get("release", {}).get("slug", "")
    chosen = {item.get("option"): item.get("value") for item in choices_to_set_up(content)}
    codes = [operation.code for operation in operations]
    used: dict[str, set[str]] = {}
    for part in parts:
        if part.material or part.cut_thickness is not None:
            used.setdefault(used_at(part, codes), set()).add(
                _plain([part.material, part.cut_thickness])
            )
    return [
        _key(
            product,
            operation.code,
            sorted(used.get(operation.code, ())),
            {code: chosen[code] for code in operation.reads if code in chosen},
        )
        for operation in operations
    ]


def _plain(facts: Any) -> str:
    return json.dumps(facts, sort_keys=True, default=str)


def _key(*facts: Any) -> str:
    return hashlib.sha256(_plain(facts).encode()).hexdigest()[:16]
