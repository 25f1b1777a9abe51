"""How a value can be reached from a state: at once, by letting go of others, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Choices, EngineError, Value
from configurator.wizard.answers import answer_of
from configurator.wizard.errors import Impossible

MOST_REPAIRS = 3
LOOKED_AT = 8
"""Of so many repairs those are taken that really differ."""


def dependents(product: ReleasedProduct, code: str, choices: Choices) -> set[str]:
    """The chosen options whose `when` speaks of the option, directly or through others."""
    waiting = {
        name: set(option.when.references)
        for name, option in product.options.items()
        if option.when is not None
    }
    found = {code}
    while more := {name for name, refs in waiting.items() if refs & found} - found:
        found |= more
    return (found - {code}) & choices.keys()


def with_value(
    product: ReleasedProduct, state: Configuration, code: str, value: Value
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """The choices with `code = value`, and the options that had to be let go for it.

    Only options that stop applying are let go (the color of a handle that is no longer wanted);
    Impossible if choices which still apply exclude the value.
    """
    rest = {name: chosen for name, chosen in state.choices.items() if name != code}
    if answer_of(product, state).possible[code].get(value):
        return {**rest, code: value}, ()
    ending = ended(product, rest, code, value)
    kept = {name: chosen for name, chosen in rest.items() if name not in ending}
    if not ending or not product.space.is_valid({**kept, code: value}):
        raise Impossible(code, value)
    return {**kept, code: value}, tuple(ending)


def ended(product: ReleasedProduct, rest: Choices, code: str, value: Value) -> list[str]:
    """The chosen options that surely stop applying once `code = value`, in catalog order."""
    candidates = dependents(product, code, rest)
    values: dict[str, Value] = {**rest, code: value}
    gone: list[str] = []
    while ending := [name for name in candidates if _is_out(product, name, values)]:
        for name in ending:
            values[name] = NONE
        candidates -= set(ending)
        gone += ending
    return [name for name in product.options if name in gone]


def _is_out(product: ReleasedProduct, name: str, values: Mapping[str, Value]) -> bool:
    option = product.options[name]
    if option.when is None or values[name] is False:
        return False  # a toggle that is off may stay so
    known = all(other in values for other in option.when.references)
    return known and not option.when.evaluate(values)


@dataclass(frozen=True)
class Repair:
    """Choices to let go so that a value can be had, and what would fit in their place.

    `total` is that of the cheapest design afterwards, in minor units; None if unknown.
    """

    gone: tuple[str, ...]
    choices: dict[str, Value]
    instead: dict[str, Value]
    total: int | None


def repairs(
    product: ReleasedProduct, state: Configuration, code: str, value: Value
) -> list[Repair]:
    """The best ways to have a value: the fewest choices let go, then the cheapest design.

    None lets go of more than another does. Empty if no design has the value.
    """
    if not product.space.is_valid({code: value}):
        return []
    rest = {name: chosen for name, chosen in state.choices.items() if name != code}
    try:
        found = product.space.repairs(rest, code, value, limit=LOOKED_AT)
    except EngineError:
        found = []
    ways: dict[tuple[str, ...], Repair] = {}
    for way in found:
        gone = tuple(name for name in rest if name in way.changes)
        if any(set(gone) >= set(smaller) for smaller in ways):
            continue
        kept = {name: chosen for name, chosen in rest.items() if name not in gone}
        instead = {name: new for name, new in way.changes.items() if new != NONE}
        ways[gone] = Repair(gone, {**kept, code: value}, instead, way.total)
    return list(ways.values())[:MOST_REPAIRS] or [Repair(tuple(rest), {code: value}, {}, None)]


def repaired(
    product: ReleasedProduct, state: Configuration, code: str, value: Value, gone: tuple[str, ...]
) -> Repair:
    """The repair that lets go of `gone`, if that is enough; else the best. Impossible if none."""
    rest = {name: chosen for name, chosen in state.choices.items() if name != code}
    kept = {name: chosen for name, chosen in rest.items() if name not in gone}
    if product.space.is_valid({**kept, code: value}):
        given = tuple(name for name in rest if name in gone)
        return Repair(given, {**kept, code: value}, {}, None)
    ways = repairs(product, state, code, value)
    if not ways:
        raise Impossible(code, value)
    return ways[0]
