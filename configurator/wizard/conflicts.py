"""Why a value is impossible, said in the customer's words, and what would make it possible."""

from dataclasses import dataclass

from configurator.catalog.infos import RuleInfo
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import Choices, Value
from configurator.wizard import reach
from configurator.wizard.entering import write_value
from configurator.wizard.errors import Impossible
from configurator.wizard.screen import Screen

MOST_RULES = 4


@dataclass(frozen=True)
class Decision:
    """An option and what it is set to, in words."""

    option: str
    name: str
    label: str
    instead: str = ""


@dataclass(frozen=True)
class Conflict:
    """`because`: a minimal set of the customer's choices that exclude the value; with none, no
    design has it. `changes`: the fewest choices to let go to have it."""

    option: str
    post: str
    name: str
    label: str
    because: tuple[Decision, ...]
    rules: tuple[str, ...]
    changes: tuple[Decision, ...]
    difference: str = ""

    @property
    def hopeless(self) -> bool:
        return not self.changes


def explain(screen: Screen, option: str, value: Value) -> Conflict | None:
    """Why `option = value` is not possible now; None if it is."""
    product, choices = screen.product, screen.configuration.choices
    try:
        reach.with_value(product, choices, option, value)
    except Impossible as impossible:
        because = impossible.conflict
    else:
        return None
    way = _way(product, choices, option, value)
    return Conflict(
        option=option,
        post=write_value(value),
        name=say(product.options[option].name, screen.locale),
        label=product.label(option, value, screen.locale),
        because=tuple(_decision(screen, code) for code in because),
        rules=tuple(_rules(screen, option, because)),
        changes=tuple(_decision(screen, code, way) for code in way.gone) if way else (),
    )


def _way(
    product: ReleasedProduct, choices: Choices, option: str, value: Value
) -> reach.Repair | None:
    try:
        return reach.repair(product, choices, option, value)
    except Impossible:
        return None


def _decision(screen: Screen, code: str, way: reach.Repair | None = None) -> Decision:
    product, locale = screen.product, screen.locale
    value = screen.configuration.choices[code]
    instead = way.instead.get(code) if way else None
    return Decision(
        option=code,
        name=say(product.options[code].name, locale),
        label=product.label(code, value, locale),
        instead="" if instead is None else product.label(code, instead, locale),
    )


def _rules(screen: Screen, option: str, because: tuple[str, ...]) -> list[str]:
    """The messages of the rules between the option and the choices in conflict.

    First those that speak of nothing else; if none does, those that touch both.
    """
    involved = {option, *because}
    spoken = [(rule.options, say(rule.message, screen.locale)) for rule in _told_rules(screen)]
    inside = [said for options, said in spoken if len(options) > 1 and options <= involved]
    if not inside:
        inside = [said for options, said in spoken if option in options and options & set(because)]
    if not inside and not because:
        inside = [said for options, said in spoken if option in options]
    return list(dict.fromkeys(inside))[:MOST_RULES]


def _told_rules(screen: Screen) -> list[RuleInfo]:
    return [rule for rule in screen.product.rules.values() if say(rule.message, screen.locale)]
