"""How a value can be reached from a state: at once, by letting go of others, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Choices, Value
from configurator.wizard.errors import Impossible


def domain(option: OptionInfo) -> Iterator[Value]:
    """The values of an option besides "none", in catalog order."""
    if option.kind == "toggle":
        yield from (False, True)
    elif option.kind == "choice":
        yield from (choice.code for choice in option.choices)


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
    product: ReleasedProduct, choices: Choices, code: str, value: Value
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """The choices with `code = value`, and the options that had to be let go for it.

    Only options that stop applying are let go (the color of a handle that is no longer wanted);
    Impossible if choices which still apply exclude the value.
    """
    rest = {name: chosen for name, chosen in choices.items() if name != code}
    if product.space.is_valid({**rest, code: value}):
        return {**rest, code: value}, ()
    conflict = product.space.conflict(rest, code, value)
    candidates = dependents(product, code, rest)
    gone: list[str] = []
    while True:
        guilty = conflict if not gone else product.space.conflict(rest, code, value)
        ending = [name for name in guilty if name in candidates]
        ending = [name for name in ending if _ends(product, rest, code, value, name)]
        if not ending:
            raise Impossible(code, value, tuple(conflict))
        for name in ending:
            del rest[name]
        gone += ending
        if product.space.is_valid({**rest, code: value}):
            return {**rest, code: value}, tuple(gone)


def _ends(product: ReleasedProduct, rest: Choices, code: str, value: Value, name: str) -> bool:
    """Whether the option `name` can't apply any more once `code = value`."""
    option = product.options[name]
    if option.when is None:
        return False
    choices = {other: chosen for other, chosen in rest.items() if other != name}
    choices[code] = value
    if all(other in choices for other in option.when.references):
        return not option.when.evaluate(choices)
    if option.kind != "choice":
        return not product.space.is_valid({**choices, name: rest[name]})
    return not any(product.space.is_valid({**choices, name: other}) for other in domain(option))


@dataclass(frozen=True)
class Repair:
    """The fewest choices to let go so that a value can be had, and what would fit instead."""

    gone: tuple[str, ...]
    choices: dict[str, Value]
    instead: dict[str, Value]


def repair(product: ReleasedProduct, choices: Choices, code: str, value: Value) -> Repair:
    """The repair that changes the fewest choices; Impossible if no design has the value."""
    if not product.space.is_valid({code: value}):
        raise Impossible(code, value, ())
    rest = {name: chosen for name, chosen in choices.items() if name != code}
    whole = product.space.complete({code: value}, prefer=rest)
    gone = tuple(name for name, chosen in rest.items() if whole[name] != chosen)
    kept = {name: chosen for name, chosen in rest.items() if name not in gone}
    instead = {name: whole[name] for name in gone if whole[name] != NONE}
    return Repair(gone, {**kept, code: value}, instead)
