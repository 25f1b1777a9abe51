"""Trying a compiled product before it is published: do all its formulas give sensible numbers?

Where the options that a formula reads have few combinations, every one is tried; where there are
many, random ones and those of random designs are. Only a combination that some design has counts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product
from math import prod
from random import Random
from typing import TYPE_CHECKING

from configurator.catalog.braces import NAMED, filled, word
from configurator.catalog.checks.formulas import Formula, formulas_of
from configurator.catalog.content import Content, Path, options_of
from configurator.catalog.coverage import coverage_problems
from configurator.catalog.modeling import SPACE_KINDS, schema_of
from configurator.catalog.problems import Problem
from configurator.catalog.showcases import problems_of_showcase
from configurator.engine import (
    NONE,
    EngineError,
    Expression,
    Value,
    Variable,
    parse,
)
from configurator.engine.words import Words, joined
from configurator.engine.words import Words as _

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

MOST_COMBINATIONS = 1_500
RANDOM_COMBINATIONS = 600
RANDOM_DESIGNS = 25
MOST_CONFIRMED = 200
"""How many bad combinations are looked up for one that some design has."""
MOST_AMOUNT = 999_999_999
Values = dict[str, Value]
Test = Callable[[Values], str]
"""What is wrong with these values, or ""."""


@dataclass
class Trial:
    """A content with its space, and the problems found in it."""

    content: Content
    space: "AnySpace"

    @cached_property
    def variables(self) -> dict[str, Variable]:
        return {variable.name: variable for variable in self.space.model.variables}

    @cached_property
    def texts(self) -> dict[str, tuple[str, str]]:
        """The shortest and a longest text of each text option."""
        options = [each for each in options_of(self.content) if each["kind"] == "text"]
        return {each["code"]: ("", "m" * each["max_length"]) for each in options}

    @cached_property
    def designs(self) -> list[dict[str, Value]]:
        return [self.space.random(seed) for seed in range(RANDOM_DESIGNS)]

    def combinations(self, names: Iterable[str]) -> Iterator[Values]:
        """Values of these options and texts: all, or many."""
        names = sorted(set(names))
        domains = self._domains(names)
        if self.are_all(names):
            for row in product(*domains):
                yield dict(zip(names, row, strict=True))
            return
        chance = Random(len(names))
        for index, design in enumerate(self.designs):
            yield {n: self.texts[n][index % 2] if n in self.texts else design[n] for n in names}
        for _number in range(RANDOM_COMBINATIONS):
            yield {n: chance.choice(domain) for n, domain in zip(names, domains, strict=True)}

    def are_all(self, names: Iterable[str]) -> bool:
        """Whether these have so few combinations that all are tried."""
        return prod(len(domain) for domain in self._domains(names)) <= MOST_COMBINATIONS

    def _domains(self, names: Iterable[str]) -> list[tuple[Value, ...]]:
        return [self.texts.get(name) or self.variables[name].values for name in names]

    def counterexample(self, names: Iterable[str], test: Test) -> str:
        """What is wrong with some valid design, and its values of `names`; "" where nothing is."""
        looked_up = 0
        for values in self.combinations(names):
            if not (wrong := test(values)):
                continue
            inside = {name: value for name, value in values.items() if name in self.variables}
            if self.space.is_valid(inside):
                return joined("", [wrong, self.told(values)])
            looked_up += 1
            if looked_up >= MOST_CONFIRMED:
                break
        return ""

    def told(self, values: Values) -> str:
        """Values in words."""
        words = [
            _("%(name)s has %(count)s letters", name=name, count=len(str(value)))
            if name in self.texts
            else f"{name} = {word(value)}"
            for name, value in values.items()
        ]
        return _(" when %(values)s", values=joined(", ", words[:8])) if words else ""


def try_out(content: Content, space: "AnySpace") -> tuple[list[Problem], list[Problem]]:
    """The problems which forbid publication, and the warnings."""
    trial = Trial(content, space)
    answer = space.answer({})
    problems = [
        *_formula_problems(trial),
        *_total_problems(_least(trial, answer.total)),
        *problems_of_showcase(content, space),
        *_picture_problems(trial),
        *_bench_picture_problems(trial),
    ]
    uncovered, warnings = coverage_problems(content, space) if not problems else ([], [])
    if not problems:
        warnings = [*_always_nothing(trial), *warnings]
    return [*problems, *uncovered], [*_dead_values(content, answer.possible), *warnings]


def _least(trial: Trial, total: int | None) -> int | None:
    """The total of the cheapest design; of the cheapest tried where it is not known."""
    if total is not None or trial.space.backend == "diagram":
        return total
    return min(sum(trial.space.term_amounts(design).values()) for design in trial.designs)


def _total_problems(total: int | None) -> Iterator[Problem]:
    if total is not None and total < 0:
        cheapest = f"{Decimal(total).scaleb(-2):,}"
        yield Problem(
            ("prices",),
            _("The cheapest design would cost %(cheapest)s: less than nothing.", cheapest=cheapest),
        )


def _formula_problems(trial: Trial) -> Iterator[Problem]:
    schema = schema_of(trial.content)
    for formula in formulas_of(trial.content):
        if formula.want != "number":
            continue
        guard = _guard(trial.content, formula.path)
        number = parse(formula.text, schema, want="number")
        when = parse(guard, schema, want="condition") if guard else None
        if not number.references:
            wrong = _judge(formula, number, {})
        else:
            names = number.references | (when.references if when else frozenset())
            wrong = trial.counterexample(names, _test(formula, number, when))
        if wrong:
            yield Problem(formula.path, joined("", [wrong, "."]))


NOTHING = {
    "prices": _("The price “%(code)s” is always 0: no design gives its amount another value."),
    "parts": _("The part “%(code)s” is in no design: its quantity is always 0."),
}


def _always_nothing(trial: Trial) -> Iterator[Problem]:
    """Prices and parts whose formula is 0 in every design that meets their condition."""
    schema = schema_of(trial.content)
    for kind, field in (("prices", "amount"), ("parts", "quantity")):
        for index, row in enumerate(trial.content[kind]):
            number = parse(row[field], schema, want="number")
            when = parse(row["when"], schema, want="condition") if row["when"] else None
            try:
                is_idle = _is_always_nothing(trial, number, when)
            except (EngineError, ArithmeticError):
                continue  # for values that no design has
            if is_idle:
                yield Problem((kind, index, field), Words(NOTHING[kind], code=row["code"]))


def _is_always_nothing(trial: Trial, number: Expression, when: Expression | None) -> bool:
    """False where it is not known; that the condition never holds is told as that."""
    names = number.references | (when.references if when else frozenset())
    if not trial.are_all(names):
        return False
    looked_up, is_met = 0, False
    for values in trial.combinations(names):
        if when is not None and not when.evaluate(values):
            continue
        if not (amount := number.evaluate(values)) and is_met:
            continue
        inside = {name: value for name, value in values.items() if name in trial.variables}
        if trial.space.is_valid(inside):
            if amount:
                return False
            is_met = True
        looked_up += 1
        if looked_up >= MOST_CONFIRMED:
            return False
    return is_met


def _test(formula: Formula, number: Expression, when: Expression | None) -> Test:
    def test(values: Values) -> str:
        if when is not None and not when.evaluate(values):
            return ""
        return _judge(formula, number, values)

    return test


def _judge(formula: Formula, number: Expression, values: Mapping[str, Value]) -> str:
    """What is wrong with a formula's number for some values."""
    try:
        result = number.evaluate(values)
    except (EngineError, ArithmeticError) as error:
        return _("This cannot be computed (%(error)s)", error=error)
    assert not isinstance(result, bool | str)
    if abs(result) > MOST_AMOUNT:
        return _("This gives %(result)s, which is too much", result=f"{float(result):,.0f}")
    if result < 0 and not formula.negative:
        return _("This must not be negative, but gives %(result)s", result=f"{float(result):g}")
    return ""


def _guard(content: Content, path: Path) -> str:
    """The condition under which the formula at `path` is used."""
    match path:
        case ("steps", int(s), "options", int(o), "price"):
            return _price_guard(content["steps"][s]["options"][o])
        case ("steps", int(s), "options", int(o), "choices", int(c), "price"):
            option = content["steps"][s]["options"][o]
            return f'{option["code"]} = "{option["choices"][c]["code"]}"'
        case (str(section), int(i), *_):
            return str(content[section][i]["when"])
    return ""


def _price_guard(option: Content) -> str:
    if option["kind"] == "toggle":
        return str(option["code"])
    if option["kind"] == "text":
        return f"len({option['code']}) > 0"
    return f"{option['code']} != {NONE}" if option["when"] else ""


def _picture_problems(trial: Trial) -> Iterator[Problem]:
    """Picture files that some design needs and that are not there."""
    layers = trial.content["picture"].get("layers", ())
    yield from _layer_problems(trial, layers, ("picture", "layers"), [])


def _bench_picture_problems(trial: Trial) -> Iterator[Problem]:
    for index, operation in enumerate(trial.content["operations"]):
        guards = [operation["when"]] if operation["when"] else []
        for place, template in enumerate(operation["pictures"]):
            path = ("operations", index, "pictures", place)
            yield from _missing(trial, template, path, guards)


def _layer_problems(
    trial: Trial, layers: Iterable[Content], path: Path, guards: list[str]
) -> Iterator[Problem]:
    for index, layer in enumerate(layers):
        here = (*path, index)
        inner = [*guards, *([layer["when"]] if layer.get("when") else [])]
        panel = layer.get("panel") or {}
        for template, place in (
            (layer.get("image"), (*here, "image")),
            (layer.get("mask"), (*here, "mask")),
            (panel.get("texture"), (*here, "panel", "texture")),
        ):
            if template:
                yield from _missing(trial, template, place, inner)
        yield from _layer_problems(trial, layer.get("layers", ()), (*here, "layers"), inner)


def _missing(trial: Trial, template: str, path: Path, guards: list[str]) -> Iterator[Problem]:
    conditions = [_readable(guard, trial) for guard in guards]
    known = [each for each in conditions if each is not None]
    named = NAMED.findall(template)
    names = set(named).union(*(each.references for each in known))

    def test(values: Values) -> str:
        if not all(each.evaluate(values) for each in known):
            return ""
        if any(values[name] == NONE for name in named):
            return ""  # what does not apply is not painted
        file = filled(template, values)
        return (
            ""
            if file in trial.content["files"]
            else _("The picture file “%(file)s” is missing", file=file)
        )

    if wrong := trial.counterexample(names, test):
        yield Problem(path, joined("", [wrong, "."]))


def _readable(guard: str, trial: Trial) -> Expression | None:
    """A layer's condition; None where it reads names that only the picture knows."""
    try:
        return parse(guard, schema_of(trial.content), want="condition")
    except EngineError:
        return None


def _dead_values(
    content: Content, possible: Mapping[str, Mapping[Value, bool]]
) -> Iterator[Problem]:
    """Values which no design can have."""
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            if option["kind"] not in SPACE_KINDS:
                continue
            path: Path = ("steps", s, "options", o)
            alive = possible[option["code"]]
            if alive.get(NONE) and not any(ok for value, ok in alive.items() if value != NONE):
                yield Problem((*path, "when"), _("“%(code)s” never applies.", code=option["code"]))
                continue
            for c, choice in enumerate(option["choices"]):
                if not alive[choice["code"]]:
                    message = _(
                        "No design can have %(code)s = %(code2)s.",
                        code=option["code"],
                        code2=choice["code"],
                    )
                    yield Problem((*path, "choices", c), message)
            if option["kind"] != "choice":
                dead = [str(value) for value, ok in alive.items() if not ok and value != NONE]
                if dead:
                    listed = ", ".join(dead[:8]) + (", …" if len(dead) > 8 else "")
                    yield Problem(
                        path,
                        _(
                            "No design can have %(code)s = %(listed)s.",
                            code=option["code"],
                            listed=listed,
                        ),
                    )
