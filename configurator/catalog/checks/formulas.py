"""Every condition and formula of a content can be read, and speaks of things that exist."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from configurator.catalog.braces import NAMED
from configurator.catalog.content import Content, Path, options_of, statements_of, wants_of
from configurator.catalog.modeling import SPACE_KINDS, schema_of
from configurator.catalog.problems import Problem, meant, of_expression
from configurator.engine import ExpressionError, Schema, parse
from configurator.engine.words import Words as _
from configurator.engine.words import listed

BROKEN_BRACES = _("Braces hold one option's code, like {wood}; here one stands alone.")

SOME = 12
PLAIN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
Want = Literal["condition", "number"]


@dataclass(frozen=True)
class Formula:
    """A text of the rule language in a content, and what is expected of it."""

    path: Path
    text: str
    want: Want
    texts: bool = True  # may it measure texts?
    negative: bool = True  # may it be less than zero?
    needed: bool = False


def formula_problems(content: Content) -> list[Problem]:
    """Formulas that cannot be read, rules that say nothing, conditions in a circle."""
    schema = schema_of(content)
    problems = list(_rule_forms(content))
    for formula in _all_formulas(content):
        if formula.needed and not formula.text:
            problems.append(
                Problem(formula.path, _("Nothing is written here; a formula is needed."))
            )
    for formula in formulas_of(content):
        problems += checked(formula, schema)
    problems += _unknown_in_braces(content)
    return problems or list(_circles(content, schema))


def formulas_of(content: Content) -> Iterator[Formula]:
    """Every formula of the content except those of the picture; empty ones are left out."""
    for formula in _all_formulas(content):
        if formula.text:
            yield formula


def _all_formulas(content: Content) -> Iterator[Formula]:
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            path: Path = ("steps", s, "options", o)
            yield Formula((*path, "when"), option["when"], "condition", texts=False)
            yield Formula((*path, "price"), option["price"], "number")
            for c, choice in enumerate(option["choices"]):
                yield Formula((*path, "choices", c, "price"), choice["price"], "number")
    for i, rule in enumerate(content["rules"]):
        yield Formula(("rules", i, "rule"), rule["rule"], "condition", texts=False)
    for i, price in enumerate(content["prices"]):
        yield Formula(("prices", i, "when"), price["when"], "condition")
        yield Formula(("prices", i, "amount"), price["amount"], "number", needed=True)
    for i, part in enumerate(content["parts"]):
        yield Formula(("parts", i, "when"), part["when"], "condition")
        yield Formula(
            ("parts", i, "quantity"), part["quantity"], "number", negative=False, needed=True
        )
        for side, text in part["cut"].items():
            yield Formula(("parts", i, "cut", side), text, "number", negative=False)
        yield Formula(("parts", i, "cost"), part.get("cost", ""), "number", negative=False)
    for i, operation in enumerate(content["operations"]):
        yield Formula(("operations", i, "when"), operation["when"], "condition")
        for field in ("setup_minutes", "run_minutes"):
            yield Formula(
                ("operations", i, field), operation[field], "number", negative=False, needed=True
            )
    for i, statement in enumerate(statements_of(content)):
        yield Formula(("coverage", i, "when"), statement["when"], "condition")
    for path, want in wants_of(content):
        yield Formula((*path, "when"), want["when"], "condition", texts=False)


def checked(formula: Formula, schema: Schema) -> Iterator[Problem]:
    """What is wrong with one formula."""
    if formula.want == "number" and PLAIN.fullmatch(formula.text):
        return  # which most prices are, and there may be many
    try:
        expression = parse(formula.text, schema, want=formula.want)
    except ExpressionError as error:
        yield of_expression(formula.path, error)
        return
    except RecursionError:
        yield Problem(formula.path, _("This is nested too deep; split it into several."))
        return
    measured = sorted(expression.references & set(schema.texts))
    if measured and not formula.texts:
        yield Problem(
            formula.path,
            _(
                "A rule cannot depend on the text “%(measured)s”: texts are written freely. "
                "Use a toggle or choice.",
                measured=measured[0],
            ),
        )
    if not formula.negative and _is_negative(formula.text):
        yield Problem(formula.path, _("This cannot be negative: %(text)s.", text=formula.text))


def _is_negative(text: str) -> bool:
    try:
        return Decimal(text) < 0
    except InvalidOperation:
        return False


def _rule_forms(content: Content) -> Iterator[Problem]:
    for index, rule in enumerate(content["rules"]):
        said = [form for form in ("rule", "allow", "forbid") if rule[form]]
        if len(said) != 1:
            also = _("; this one has %(said)s", said=listed(said)) if said else ""
            yield Problem(
                ("rules", index),
                _("A rule has exactly one of “rule”, “allow” and “forbid”%(also)s.", also=also),
            )


def _unknown_in_braces(content: Content) -> Iterator[Problem]:
    """Instructions, checks and tooling name options in braces."""
    known = [option["code"] for option in options_of(content)]
    for index, operation in enumerate(content["operations"]):
        path: Path = ("operations", index)
        texts = [((*path, "instructions"), operation["instructions"])]
        texts += [((*path, "checks", i), check) for i, check in enumerate(operation["checks"])]
        texts.append(((*path, "tooling"), operation["tooling"]))
        for place, text in texts:
            yield from brace_problems(place, text.values(), known)


def brace_problems(place: Path, texts: Iterable[str], known: list[str]) -> Iterator[Problem]:
    """Braces in a text (in several languages) that hold no option's code."""
    texts = list(texts)
    named = {found for words in texts for found in NAMED.findall(words)}
    for name in sorted(named - set(known)):
        hint = meant(name, known) or _some(known)
        yield Problem(
            place, _("There is no option “%(name)s” for {%(name)s}.%(hint)s", name=name, hint=hint)
        )
    if any(sign in NAMED.sub("", words) for words in texts for sign in "{}"):
        yield Problem(place, BROKEN_BRACES)


def _some(known: list[str]) -> str:
    """The first of many names."""
    return _(" There are, among others: %(known)s.", known=", ".join(known[:SOME])) if known else ""


def _circles(content: Content, schema: Schema) -> Iterator[Problem]:
    """Options that apply only when they themselves are decided."""
    needs: dict[str, frozenset[str]] = {}
    paths: dict[str, Path] = {}
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            code, when = option["code"], option["when"]
            paths[code] = ("steps", s, "options", o, "when")
            if option["kind"] in SPACE_KINDS:
                needs[code] = parse(when, schema).references if when else frozenset()
    for code in needs:
        circle = _way_back(code, needs)
        if circle and code == min(circle):
            way = " → ".join([*circle, code])
            yield Problem(
                paths[code], _("These conditions go round in a circle: %(way)s.", way=way)
            )


def _way_back(start: str, needs: dict[str, frozenset[str]]) -> list[str]:
    """A shortest way from an option over what its `when` reads back to itself, or []."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for name in sorted(needs.get(way[-1], ())):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
