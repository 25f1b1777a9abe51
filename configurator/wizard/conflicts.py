"""Why a value is impossible, said in the customer's words, and what would make it possible."""

from collections.abc import Iterable
from dataclasses import dataclass

from configurator.catalog.texts import say
from configurator.engine import Choices, Value
from configurator.wizard import reach
from configurator.wizard.entering import write_value
from configurator.wizard.errors import Impossible
from configurator.wizard.ruling import rule_words
from configurator.wizard.screen import Screen

MOST_RULES = 4


@dataclass(frozen=True)
class Decision:
    """An option and what it is set to, in words; `instead` is the value that it would get.

    `locked` says why it can't be changed any more, if so.
    """

    option: str
    name: str
    label: str
    instead: str = ""
    locked: str = ""


@dataclass(frozen=True)
class Way:
    """One repair: what changes, as words and as a form posts it, and the price against now."""

    changes: tuple[Decision, ...]
    posts: tuple[str, ...]
    difference: str
    cheaper: bool
    unpriced: bool = False  # what it costs is known once it is done


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
    names: tuple[str, ...] = ()  # of the rules, as the engine has them

    @property
    def stands(self) -> bool:
        """Whether it is only what can't be changed any more that stands against the value."""
        return not self.ways and any(decision.locked for decision in self.because)


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
        rules=tuple(_rules(screen, reason.rules, reason.choices)),
        ways=tuple(
            _way(screen, way, {option: value})
            for way in reach.repairs(product, state, option, value, screen.kept)
        ),
        names=reason.rules,
    )


def _decision(screen: Screen, code: str, instead: Value | None = None) -> Decision:
    product, locale = screen.product, screen.locale
    value = screen.configuration.choices[code]
    return Decision(
        option=code,
        name=say(product.options[code].name, locale),
        label=product.label(code, value, locale),
        instead="" if instead is None else product.label(code, instead, locale),
        locked=screen.locked.get(code, ""),
    )


def _way(screen: Screen, way: reach.Repair, wanted: Choices) -> Way:
    total = way.total
    if not screen.compared and None not in way.changes.values():
        new = {code: value for code, value in way.changes.items() if value is not None}
        total = screen.valuer.whole_price({**new, **wanted})
    more = screen.valuer.more(total) if screen.priced else 0
    return Way(
        changes=tuple(_decision(screen, code, new) for code, new in way.changes.items()),
        posts=tuple(
            f"{code}:{'' if new is None else write_value(new)}" for code, new in way.changes.items()
        ),
        difference=screen.tariff.difference(more, screen.locale),
        cheaper=more < 0,
        unpriced=screen.priced and total is None,
    )


def _rules(screen: Screen, names: tuple[str, ...], guilty: Iterable[str]) -> list[str]:
    """The guilty rules in words, each once."""
    chosen = {code: screen.configuration.choices[code] for code in guilty}
    told = (rule_words(screen.product, name, screen.locale, chosen) for name in names)
    return list(dict.fromkeys(words for words in told if words))[:MOST_RULES]
