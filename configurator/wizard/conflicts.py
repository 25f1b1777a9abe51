"""Why a value is impossible, said in the customer's words, and what would make it possible."""

from dataclasses import dataclass

from configurator.catalog.texts import say
from configurator.engine import Value
from configurator.wizard import reach
from configurator.wizard.entering import write_value
from configurator.wizard.errors import Impossible
from configurator.wizard.money import difference, gross
from configurator.wizard.screen import Screen

MOST_RULES = 4


@dataclass(frozen=True)
class Decision:
    """An option and what it is set to, in words; `instead` is what would fit."""

    option: str
    name: str
    label: str
    instead: str = ""


@dataclass(frozen=True)
class Way:
    """One repair: the choices to let go, and what the price would be more or less."""

    changes: tuple[Decision, ...]
    difference: str
    cheaper: bool

    @property
    def gone(self) -> str:
        """The options to let go, as a form posts them."""
        return ",".join(decision.option for decision in self.changes)


@dataclass(frozen=True)
class Conflict:
    """`because`: a minimal set of the customer's choices that exclude the value; with none, no
    design has it. `ways`: how to have it all the same, the smallest change first."""

    option: str
    post: str
    name: str
    label: str
    because: tuple[Decision, ...]
    rules: tuple[str, ...]
    ways: tuple[Way, ...]


def explain(screen: Screen, option: str, value: Value) -> Conflict | None:
    """Why `option = value` is not possible now; None if it is."""
    product, state = screen.product, screen.configuration
    try:
        reach.with_value(product, state, option, value)
    except Impossible:
        reason = product.space.explain(state.choices, option, value)
    else:
        return None
    return Conflict(
        option=option,
        post=write_value(value),
        name=say(product.options[option].name, screen.locale),
        label=product.label(option, value, screen.locale),
        because=tuple(_decision(screen, code) for code in reason.choices),
        rules=tuple(_rules(screen, reason.rules)),
        ways=tuple(_way(screen, way) for way in reach.repairs(product, state, option, value)),
    )


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


def _way(screen: Screen, way: reach.Repair) -> Way:
    more, now, rate = 0, screen.answer.total, screen.product.tax_rate
    if screen.priced and way.total is not None and now is not None:
        more = gross(way.total, rate) - gross(now, rate)
    return Way(
        changes=tuple(_decision(screen, code, way) for code in way.gone),
        difference=difference(more, screen.product.currency, screen.locale),
        cheaper=more < 0,
    )


def _rules(screen: Screen, names: tuple[str, ...]) -> list[str]:
    """The messages of the guilty rules; rules without one are not shown to customers."""
    rules = (screen.product.rules.get(name) for name in names)
    told = (say(rule.message, screen.locale) for rule in rules if rule)
    return list(dict.fromkeys(message for message in told if message))[:MOST_RULES]
