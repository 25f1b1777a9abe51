"""A design of one release tried on another: what stays, what it costs, how it would be moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import Text, compose, say
from configurator.engine import NONE, Choices, EngineError, Value

Effect = Literal["", "breaks", "price", "parts"]
"""Nothing differs; some choice can't stay; it costs otherwise; it is made of other parts."""
Why = Literal["gone", "value", "rules", "text"]
"""The option is no longer there; its value is not; rules exclude it; the text is not allowed."""
MOST_RULES = 3


@dataclass(frozen=True)
class Move:
    """A choice that can't stay: what it was and would be. Without `new` it is let go."""

    code: str
    why: Why
    name: Text
    old: Text
    new: Text | None
    rules: tuple[Text, ...] = ()

    def to_json(self) -> dict[str, Any]:
        told = {"code": self.code, "why": self.why, "name": self.name, "old": self.old}
        return {**told, "new": self.new, "rules": list(self.rules)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Move:
        return cls(**{**data, "rules": tuple(data["rules"])})


@dataclass(frozen=True)
class Replay:
    """What another release does to a design. `state` is the design moved there: as it was where
    nothing breaks, else with the fewest changed choices. Totals are net, of the cheapest complete
    design that keeps what is decided; None if there is none."""

    effect: Effect
    state: Configuration
    before: Decimal | None
    after: Decimal | None
    moves: tuple[Move, ...] = ()
    parts: Mapping[str, tuple[str, str]] | None = None


@dataclass(frozen=True)
class Landing:
    """A release on which designs land, with what is asked of it again and again."""

    product: ReleasedProduct
    values: Mapping[str, frozenset[Value]]

    @classmethod
    def of(cls, product: ReleasedProduct) -> Landing:
        variables = product.schema.variables
        return cls(product, {each.name: frozenset(each.values) for each in variables})

    def knows(self, code: str, value: Value) -> bool:
        """Whether the option has this value here, and means it."""
        values = self.values.get(code, frozenset())
        return any(value == each and type(value) is type(each) for each in values)


def replay(
    old: ReleasedProduct, landing: Landing, state: Configuration, *, why: bool = True
) -> Replay:
    """Try a design of `old` on a newer release; with `why` rules that exclude choices are named."""
    new = landing.product
    lost = {c: v for c, v in state.choices.items() if not landing.knows(c, v)}
    known = {c: v for c, v in state.choices.items() if c not in lost}
    lost = {code: value for code, value in lost.items() if value is not False}
    fixed, changed = _moved(landing, known, lost, state.texts)
    texts, files = _entries(new, state)
    after = Configuration(fixed, texts, files)
    moves = (
        *_moves(old, landing, state, known, {**lost, **changed}, fixed, why=why),
        *_let_go(old, state, after),
    )
    costs, will = cost(old, state), cost(new, after)
    comparable = old.space.backend == new.space.backend == "diagram" or _is_whole(old, state)
    differs = comparable and costs != will
    effect: Effect = "breaks" if moves else "price" if differs else ""
    return Replay(effect, after, costs, will, moves)


def whole_of(product: ReleasedProduct, state: Configuration) -> Configuration | None:
    """The cheapest complete design that keeps the state, with the texts that count."""
    try:
        texts = state.texts
        choices = product.space.complete(state.choices, texts=texts)
        counting = product.texts_of(Configuration(choices, texts))
        if counting != texts:
            choices = product.space.complete(state.choices, texts=counting)
    except EngineError:
        return None
    whole = Configuration(choices, state.texts, state.files)
    return Configuration(choices, product.texts_of(whole), product.files_of(whole))


def cost(product: ReleasedProduct, state: Configuration) -> Decimal | None:
    """What the cheapest complete design costs that keeps the state; None if there is none.

    Without texts one sweep tells it; with them it depends on which of them count.
    """
    if not state.texts and product.space.backend == "diagram":
        total = product.space.answer(state.choices).total
        return None if total is None else Decimal(total).scaleb(-2)
    whole = whole_of(product, state)
    if whole is None:
        return None
    return sum((line.amount for line in product.price_lines(whole)), Decimal(0))


def _is_whole(product: ReleasedProduct, state: Configuration) -> bool:
    return {variable.name for variable in product.schema.variables} <= set(state.choices)


def _moved(
    landing: Landing, known: Choices, lost: Choices, texts: Mapping[str, str]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """The choices after the move, and those of the known ones that it changes."""
    space = landing.product.space
    if not lost and space.is_valid(known):
        return dict(known), {}
    nearest = space.complete({}, prefer=known, texts=texts)
    changed = {code: value for code, value in known.items() if nearest[code] != value}
    kept = {code: value for code, value in known.items() if code not in changed}
    wanted = {code: value for code, value in {**lost, **changed}.items() if code in landing.values}
    for code, value in wanted.items():
        if (near := _nearest_number(landing, kept, code, value)) is not None:
            kept[code] = near
    whole = space.complete(kept, texts=texts)
    found = {code: whole[code] for code in wanted if whole[code] != NONE}
    return {**kept, **found}, changed


def _nearest_number(landing: Landing, kept: Choices, code: str, value: Value) -> Value | None:
    """The possible number that is nearest to a number that can't stay."""
    if isinstance(value, bool | str):
        return None
    numbers = sorted(
        (each for each in landing.values[code] if not isinstance(each, bool | str)),
        key=lambda each: abs(Decimal(each) - Decimal(value)),
    )
    valid = landing.product.space.is_valid
    return next((each for each in numbers if valid({**kept, code: each})), None)


def _moves(
    old: ReleasedProduct,
    landing: Landing,
    state: Configuration,
    known: Choices,
    leaving: Choices,
    fixed: Choices,
    *,
    why: bool,
) -> Iterator[Move]:
    """Every choice that does not stay, in the order of the catalog."""
    new = landing.product
    staying = {c: v for c, v in known.items() if fixed.get(c) == v}
    for code in sorted(leaving, key=list(old.options).index):
        value = state.choices[code]
        after = fixed.get(code)
        told = None if after is None else label(new, code, after)
        reason: Why = "gone" if code not in new.options else "value"
        rules: tuple[Text, ...] = ()
        if landing.knows(code, value):
            reason = "rules"
            rules = _rules(new, staying, code, value) if why else ()
        yield Move(code, reason, old.options[code].name, label(old, code, value), told, rules)


def _rules(new: ReleasedProduct, kept: Choices, code: str, value: Value) -> tuple[Text, ...]:
    """What the rules say that exclude a value."""
    try:
        guilty = new.space.explain(kept, code, value).rules
    except EngineError:
        return ()
    said = [new.rules[rule].message for rule in guilty if rule in new.rules]
    return tuple(message for message in said if any(message.values()))[:MOST_RULES]


def _entries(new: ReleasedProduct, state: Configuration) -> tuple[dict[str, str], dict[str, str]]:
    """The texts and files that the new release has room for."""
    texts = {
        code: text
        for code, text in state.texts.items()
        if (option := new.options.get(code)) and option.kind == "text" and _fits(option, text)
    }
    files = {
        code: sha
        for code, sha in state.files.items()
        if (option := new.options.get(code)) and option.kind == "file"
    }
    return texts, files


def _fits(option: OptionInfo, text: str) -> bool:
    if option.max_length is not None and len(text) > option.max_length:
        return False
    return not option.characters or re.fullmatch(f"[{option.characters}]*", text) is not None


def _let_go(old: ReleasedProduct, state: Configuration, after: Configuration) -> Iterator[Move]:
    """Texts and files that counted and can't stay."""
    if not state.texts and not state.files:
        return
    counted = whole_of(old, state) or state
    for code, text in counted.texts.items():
        if code not in after.texts:
            said = compose(lambda _locale, text=text: f"“{text}”")  # type: ignore[misc]
            yield Move(code, "text", old.options[code].name, said, None)
    for code in counted.files:
        if code not in after.files:
            yield Move(code, "text", old.options[code].name, {}, None)


def label(product: ReleasedProduct, code: str, value: Value) -> Text:
    """What a value is called, in every language."""
    return compose(lambda locale: product.label(code, value, locale))


def named(product: ReleasedProduct, whole: Configuration) -> list[dict[str, Text]]:
    """The choices of a complete design in words, those that apply."""
    return [
        {"name": option.name, "value": label(product, code, whole.choices[code])}
        for code, option in product.options.items()
        if whole.choices.get(code, NONE) not in (NONE, False)
    ]


def told(move: Move, locale: str) -> dict[str, Any]:
    """A move as a page shows it."""
    return {
        "name": say(move.name, locale),
        "old": say(move.old, locale),
        "new": say(move.new, locale) if move.new is not None else "",
        "why": move.why,
        "rules": [say(rule, locale) for rule in move.rules],
    }
