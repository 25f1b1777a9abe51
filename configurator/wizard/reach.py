"""How a value can be reached from a state: at once, by letting go of others, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from configurator.capacity.promises import Desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Choices, EngineError, Value
from configurator.wizard.answers import answer_of
from configurator.wizard.errors import Impossible
from configurator.wizard.limits import FREE, Limits
from configurator.wizard.timing import bounds_of

Changes = dict[str, Value | None]
"""Other choices to change: option -> new value, None to leave it open."""
MOST_REPAIRS = 3


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


def breaks_limits(limits: Limits, before: Configuration, after: Configuration, at: Desk) -> bool:
    """Whether something fitted the limits before, and nothing does after."""
    if not limits or _fits(limits, after, at):
        return False
    return _fits(limits, before, at)


def _fits(limits: Limits, configuration: Configuration, at: Desk) -> bool:
    bounds = bounds_of(limits, configuration, at)
    return bounds == FREE or bool(answer_of(at.product, configuration, bounds).completion)


@dataclass(frozen=True)
class Repair:
    """What else to change so that a value can be had: option -> new value, or None to let go.

    `choices` is the whole state afterwards; `total` that of its cheapest design, in minor units;
    None if unknown.
    """

    changes: Changes
    choices: dict[str, Value]
    total: int | None


def repairs(
    product: ReleasedProduct,
    state: Configuration,
    code: str,
    value: Value,
    keep: Choices | None = None,
) -> list[Repair]:
    """Different ways to have a value: the fewest changed choices first, then the cheapest design.

    The first is the best of all. The others keep a choice that a better one changes, or change
    the same to another value; none changes more than another needs. `keep` are choices that none
    may change. Empty if no design has it.
    """
    rest = {name: chosen for name, chosen in state.choices.items() if name != code}
    wanted = {**(keep or {}), code: value}
    best = _nearest(product, state, rest, wanted)
    if best is None:
        return []
    sets = [best]
    for name in list(best)[:MOST_REPAIRS]:
        other = _nearest(product, state, rest, {**wanted, name: rest[name]})
        if other is not None and not any(set(known) <= set(other) for known in sets):
            sets.append(other)
    ways = [way for changed in sets for way in _with_changed(product, state, code, value, changed)]
    different = list({tuple(way.changes.items()): way for way in ways}.values())
    different.sort(key=lambda way: (len(way.changes), way.total or 0))
    return _varied(different)


def _varied(ways: list[Repair]) -> list[Repair]:
    """The best of each set of changed options; if these are few, the next best of a set."""
    seen: set[frozenset[str]] = set()
    first = []
    for way in ways:
        if frozenset(way.changes) not in seen:
            first.append(way)
            seen.add(frozenset(way.changes))
    others = [way for way in ways if way not in first]
    taken = first[:MOST_REPAIRS] + others[: max(0, MOST_REPAIRS - len(first))]
    return [way for way in ways if way in taken]


def _nearest(
    product: ReleasedProduct, state: Configuration, rest: Choices, fixed: Choices
) -> dict[str, Value] | None:
    """What the nearest design with the fixed values changes of the rest; None if there is none."""
    try:
        whole = product.space.complete(fixed, prefer=rest, texts=state.texts)
    except EngineError:
        return None
    return {name: whole[name] for name, chosen in rest.items() if whole[name] != chosen}


def _with_changed(
    product: ReleasedProduct, state: Configuration, code: str, value: Value, changed: Choices
) -> list[Repair]:
    """The cheapest ways that change these options, and no others."""
    kept = {name: chosen for name, chosen in state.choices.items() if name not in changed}
    base = replace(state, choices={**kept, code: value})
    answer = answer_of(product, base)
    changed = {name: answer.completion[name] for name in changed}
    found = [_repair(product, base, changed)]
    others = [
        (total or 0, name, other)
        for name, new in changed.items()
        for other, total in answer.totals[name].items()
        if answer.possible[name][other] and other not in (new, state.choices[name], NONE)
    ]
    for _total, name, other in sorted(others, key=lambda item: item[0])[: MOST_REPAIRS - 1]:
        chosen = replace(base, choices={**base.choices, name: other})
        whole = answer_of(product, chosen).completion
        found.append(_repair(product, base, {one: whole[one] for one in changed}))
    return found


def _repair(product: ReleasedProduct, base: Configuration, changed: Choices) -> Repair:
    """The state with the changed values; those of options that do not apply are let go."""
    changes = {name: None if value == NONE else value for name, value in changed.items()}
    set_ = {name: value for name, value in changes.items() if value is not None}
    after = replace(base, choices={**base.choices, **set_})
    return Repair(changes, after.choices, answer_of(product, after).total)


def repaired(
    product: ReleasedProduct,
    state: Configuration,
    code: str,
    value: Value,
    changes: Changes,
    keep: Choices | None = None,
) -> Repair:
    """The repair with these changes, if it ends well; else the best. Impossible if none."""
    known = {name: new for name, new in changes.items() if name in state.choices and name != code}
    kept = {name: chosen for name, chosen in state.choices.items() if name not in known}
    new = {name: chosen for name, chosen in known.items() if chosen is not None}
    choices = {**kept, **new, code: value}
    if product.space.is_valid(choices):
        return Repair(known, choices, None)
    ways = repairs(product, state, code, value, keep)
    if not ways:
        raise Impossible(code, value)
    return ways[0]
