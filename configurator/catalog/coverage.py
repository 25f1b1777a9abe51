"""Is every design complete? Proven over all designs before a release, or refuted by an example.

Proven are: a product with operations (or parts) has at least one in every design; the operation
that a part names applies whenever the part does; what options say that they need; and the
statements of `coverage`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from configurator.catalog.content import Content, Path, options_of, statements_of
from configurator.catalog.explode import Recipe
from configurator.catalog.labels import told_design
from configurator.catalog.modeling import SPACE_KINDS, model_of, quoted, schema_of
from configurator.catalog.problems import Problem
from configurator.catalog.texts import FALLBACK, say
from configurator.engine import NONE, Budget, BudgetError, EngineError, Value
from configurator.engine.sat.encoder import Literal
from configurator.engine.words import Words as _

SECONDS = 60.0
"""So long all proofs of a product together may take."""
LEAST = "0.0005"
"""The smallest quantity that is not rounded to nothing."""
KINDS = {"part": "parts", "operation": "operations"}
A_KIND = {"part": _("a part"), "operation": _("an operation")}


@dataclass(frozen=True)
class Claim:
    """Something that must hold in every design; `broken` says of one that it does not."""

    path: Path
    literal: Literal
    broken: str


def coverage_problems(
    content: Content, space: Any, seconds: float = SECONDS
) -> tuple[list[Problem], list[Problem]]:
    """What is not covered in some design, with an example; and warnings."""
    if not content["parts"] and not content["operations"] and not _asks(content):
        return [], []
    try:
        proof = Proof(content, seconds)
        problems = [each for claim in proof.claims() if (each := proof.refuted(claim, space))]
        return problems + proof.undecided, [] if problems else list(proof.warnings())
    except BudgetError as error:
        return [
            Problem(
                (),
                _("Whether every design has its parts and operations %(open)s", open=_open(error)),
            )
        ], []


def _asks(content: Content) -> bool:
    return bool(content["coverage"]) or any(option["needs"] for option in options_of(content))


def _open(error: BudgetError) -> str:
    return _(
        "could not be proven: %(error)s. Write the conditions of parts and operations simpler.",
        error=error,
    )


class Proof:
    """The claims of a content, and whether they hold."""

    def __init__(self, content: Content, seconds: float) -> None:
        self.content = content
        self.options = options_of(content)
        from configurator.engine.sat.claims import Claims

        texts = {o["code"]: o["max_length"] for o in self.options if o["kind"] == "text"}
        self.claims_of = Claims(model_of(content), texts, Budget(seconds=seconds))
        self.undecided: list[Problem] = []
        for option in self.options:
            if option["kind"] == "text":
                self._bound(option)

    def _bound(self, option: Content) -> None:
        """A text that does not apply is empty; one that must be given is not."""
        written = self._holds(f"len({option['code']}) > 0")
        applies = self._holds(option["when"])
        self.claims_of.require(~written | applies)
        if option["required"]:
            self.claims_of.require(~applies | written)

    def _holds(self, condition: str) -> Literal:
        return self.claims_of.condition(condition) if condition else self.claims_of.true

    @cached_property
    def applying(self) -> dict[str, list[Literal]]:
        """When each part and operation applies, in their order."""
        return {
            "part": [self._part(index) for index in range(len(self.content["parts"]))],
            "operation": [self._holds(each["when"]) for each in self.content["operations"]],
        }

    def _part(self, index: int) -> Literal:
        """When a part is there: its condition holds, and its quantity is not nothing."""
        part = self.content["parts"][index]
        when, quantity = part["when"], part["quantity"]
        try:
            there = self._positive(when, quantity)
        except BudgetError as error:
            self.undecided.append(
                Problem(
                    ("parts", index, "quantity"),
                    _("Whether it is ever nothing %(open)s", open=_open(error)),
                )
            )
            there = self.claims_of.true
        return self._holds(when) & there

    def _positive(self, when: str, quantity: str) -> Literal:
        try:
            return self._holds(f"(\n{quantity}\n) >= {LEAST}")
        except EngineError as error:
            if isinstance(error, BudgetError) or not when:
                raise
        return self._holds(f"(if (\n{when}\n) then (\n{quantity}\n) else 0) >= {LEAST}")

    def claims(self) -> Iterator[Claim]:
        """All that must hold, in the order of the file."""
        for kind, section in KINDS.items():
            if self.content[section]:
                some = self._any(self.applying[kind])
                yield Claim((section,), some, _("A design has no %(kind)s at all", kind=kind))
        yield from self._claims_of_parts()
        for s, step in enumerate(self.content["steps"]):
            for o, option in enumerate(step["options"]):
                yield from self._claims_of_option(option, ("steps", s, "options", o, "needs"))
        for index, statement in enumerate(statements_of(self.content)):
            yield self._claim_of_statement(statement, ("coverage", index))

    def _any(self, literals: Iterable[Literal]) -> Literal:
        return reduce(or_, literals, self.claims_of.false)

    def _claims_of_parts(self) -> Iterator[Claim]:
        places = {each["code"]: i for i, each in enumerate(self.content["operations"])}
        for index, part in enumerate(self.content["parts"]):
            if part["operation"]:
                used = self.applying["operation"][places[part["operation"]]]
                yield Claim(
                    ("parts", index, "operation"),
                    ~self.applying["part"][index] | used,
                    _(
                        "The operation “%(operation)s” does not apply in a design which has the "
                        "part “%(code)s”",
                        operation=part["operation"],
                        code=part["code"],
                    ),
                )

    def _claims_of_option(self, option: Content, path: Path) -> Iterator[Claim]:
        for kind, section in KINDS.items():
            if option["needs"] not in (kind, "both"):
                continue
            names = [self._reads(kind, index) for index in range(len(self.content[section]))]
            pairs = zip(self.applying[kind], names, strict=True)
            depending = [literal for literal, read in pairs if option["code"] in read]
            name = say(option["name"], FALLBACK)
            yield Claim(
                path,
                ~self._has_value(option) | self._any(depending),
                _(
                    "“%(name)s” needs %(a_kind)s, but a design with it has none that depends on it",
                    name=name,
                    a_kind=A_KIND[kind],
                ),
            )

    @cached_property
    def recipe(self) -> Recipe:
        return Recipe(self.content, schema_of(self.content))

    def _reads(self, kind: str, index: int) -> set[str]:
        if kind == "part":
            return self.recipe.read_by_part(index)
        return self.recipe.read_by_operation(index)

    def _has_value(self, option: Content) -> Literal:
        """Whether the option has a value that needs something."""
        code, kind = option["code"], option["kind"]
        if kind == "toggle":
            return self._holds(code)
        if kind == "text":
            return self._holds(f"len({code}) > 0")
        if kind == "file":
            return self._holds(option["when"])
        if kind == "number":
            return ~self._holds(f"{code} = 0") & ~self._absent(option)
        free = [each["code"] for each in option["choices"] if each["needs"]]
        nothing = self._any(self._holds(f"{code} = {quoted(each)}") for each in free)
        return ~nothing & ~self._absent(option)

    def _absent(self, option: Content) -> Literal:
        return self._holds(f"{option['code']} = {NONE}") if option["when"] else self.claims_of.false

    def _claim_of_statement(self, statement: Content, path: Path) -> Claim:
        named = [self._named(code) for code in statement["of"]]
        exact = statement["exactly"]
        least = statement["at_least"] if exact is None else exact
        enough = self.claims_of.at_least(least, named)
        if exact is not None:
            enough = enough & ~self.claims_of.at_least(exact + 1, named)
        said = {each: text.rstrip(". ") for each, text in statement["message"].items() if text}
        listed = ", ".join(statement["of"])
        if exact is None:
            broken = _(
                "a design does not have at least %(n)s of %(listed)s", n=least, listed=listed
            )
        else:
            broken = _("a design does not have exactly %(n)s of %(listed)s", n=least, listed=listed)
        return Claim(
            path,
            ~self._holds(statement["when"]) | enough,
            _("%(said)s: %(broken)s", said=said, broken=broken) if said else broken,
        )

    def _named(self, code: str) -> Literal:
        kinds = [code.partition(":")[0]] if ":" in code else list(KINDS)
        bare = code.rpartition(":")[2]
        return next(
            self.applying[kind][index]
            for kind in kinds
            for index, each in enumerate(self.content[KINDS[kind]])
            if each["code"] == bare
        )

    def refuted(self, claim: Claim, space: Any) -> Problem | None:
        """The claim as a problem, with an example of a design, unless it holds."""
        try:
            found = self.claims_of.counterexample(claim.literal)
            if found is None:
                return None
            design, first = self._example(claim.literal, found, space)
        except BudgetError as error:
            return Problem(
                claim.path, _("Whether this holds in every design %(open)s", open=_open(error))
            )
        example = told_design(self.content, design, first)
        return Problem(
            claim.path, _("%(broken)s. %(example)s", broken=claim.broken, example=example)
        )

    def _example(
        self, literal: Literal, found: dict[str, Value], space: Any
    ) -> tuple[dict[str, Value], list[str]]:
        """A design as cheap as can be, and the few options in it that matter."""
        first = self.claims_of.guilty(literal, found)
        matters = {name: found[name] for name in first}
        codes = {option["code"] for option in self.options if option["kind"] in SPACE_KINDS}
        cheap = space.complete({name: v for name, v in matters.items() if name in codes})
        whole = self.claims_of.completed(literal, {**cheap, **matters})
        return whole or found, first

    def warnings(self) -> Iterator[Problem]:
        """A choice without a part, where every other choice of the option has one."""
        for s, step in enumerate(self.content["steps"]):
            for o, option in enumerate(step["options"]):
                if option["kind"] == "choice" and not option["needs"]:
                    yield from self._forgotten(option, ("steps", s, "options", o, "choices"))

    def _forgotten(self, option: Content, path: Path) -> Iterator[Problem]:
        parts = [
            literal
            for index, literal in enumerate(self.applying["part"])
            if option["code"] in self.recipe.read_by_part(index)
        ]
        alive = [
            (c, choice, value)
            for c, choice in enumerate(option["choices"])
            if not choice["needs"]
            and self.claims_of.is_possible(
                value := self._holds(f"{option['code']} = {quoted(choice['code'])}")
            )
        ]
        bare = [each for each in alive if not self._has_part(each[2], parts)]
        if len(bare) == 1 and len(alive) > 1:
            c, choice, _value = bare[0]
            name, of = say(choice["name"], FALLBACK), say(option["name"], FALLBACK)
            yield Problem(
                (*path, c),
                _(
                    "“%(name)s” has no part of its own, but every other choice of “%(of)s” has. "
                    "Add one, or say that it needs: nothing.",
                    name=name,
                    of=of,
                ),
            )

    def _has_part(self, value: Literal, parts: list[Literal]) -> bool:
        return any(self.claims_of.is_possible(value, part) for part in parts)
