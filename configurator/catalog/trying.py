"""Trying a rule before it is saved: what it says, what it leaves, what it allows and forbids."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog.checks import problems
from configurator.catalog.children import TooLong, within
from configurator.catalog.content import Content
from configurator.catalog.modeling import model_of, schema_of
from configurator.catalog.placing import named
from configurator.catalog.problems import Problem
from configurator.catalog.publishing import paths_of
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.sentences import joined, quoted, sentence
from configurator.catalog.spaces import CompileError, Limits, compile_content, present_limits
from configurator.catalog.texts import say
from configurator.catalog.wording import told
from configurator.engine import Choices, Table, delays_of, parse

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

SECONDS = 20.0
"""So long each compilation may take."""
WAIT = 5.0
"""So many seconds somebody waits at most for all of them."""
EXAMPLES = 2
MOST_DRAWN = 60


@dataclass(frozen=True)
class Tried:
    """What came of it. Without `problems` the rest is known, as far as it could be found out.

    `before` and `after` are how many designs there are without the rule and with it (None if
    they can't be counted); examples are designs in words, as far as the rule speaks of them.
    """

    problems: tuple[str, ...] = ()
    said: str = ""
    before: int | None = None
    after: int | None = None
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    warning: str = ""


def try_rule(*, content: Content, rule: Content, replacing: str, locale: str) -> Tried:
    """Try `rule` (as a content has it) in place of the one whose code is `replacing`."""
    others = [each for each in content["rules"] if each["code"] != replacing]
    without = {**content, "rules": others}
    tried = {**content, "rules": [*others, rule]}
    place = ("rules", len(others))
    mine = [each for each in problems(tried) if each.path[:2] == place]
    if mine:
        return Tried(problems=tuple(_told(each, tried) for each in mine))
    if problems(without):
        return Tried(warning=_other_mistakes())
    limits = replace(present_limits(), seconds=SECONDS, search_seconds=SECONDS)
    read = ReleasedProduct.load(uuid.UUID(int=0), 0, "", without, cast("AnySpace", None))
    said = _said(tried, rule, locale, read)
    try:
        with within(WAIT):
            return _compared(read, tried, rule, said, locale, limits)
    except TooLong:
        warning = _(
            "Counting the designs takes longer than a moment. The rule can be saved; the doctor "
            "examines it in the background."
        )
        return Tried(said=said, warning=warning)


def _compared(
    read: ReleasedProduct, tried: Content, rule: Content, said: str, locale: str, limits: Limits
) -> Tried:
    """What the rule does to the designs of the product that was read, which has no space yet."""
    without = read.content
    try:
        compiled, space = compile_content(without, limits)
    except CompileError as error:
        return Tried(said=said, warning=told(error.message))
    product = replace(read, space=space)
    names = _names(tried, rule)
    try:
        narrowed, left = compile_content(tried, limits)
    except CompileError as error:
        return Tried(
            said=said,
            before=compiled.designs,
            after=0 if error.kind == "contradiction" else None,
            warning=_against(error, tried),
        )
    if rule["rule"] and delays_of(rule["rule"], product.schema):
        forbidden, warning = None, _("It forbids nothing: it says when such designs can be ready.")
    else:
        forbidden, nothing = _opposite(without, rule, limits)
        warning = _("It forbids nothing: every design meets it already.") if nothing else ""
    return Tried(
        said=said,
        before=compiled.designs,
        after=narrowed.designs,
        allowed=tuple(_examples(product, left, names, locale)),
        forbidden=tuple(_examples(product, forbidden, names, locale) if forbidden else ()),
        warning=warning,
    )


def _other_mistakes() -> str:
    return _("Other parts of the product are not in order, so it could not be counted.")


def _against(error: CompileError, content: Content) -> str:
    """That no design is left, and because of what."""
    if error.kind != "contradiction":
        return told(error.message)
    mine = ("rules", len(content["rules"]) - 1)
    places = [
        _("this rule") if path[:2] == mine else told(named(content, path))
        for path in paths_of(error.rules, content)
    ]
    return _("No design would be left. These cannot be met together: %(places)s.") % {
        "places": ", ".join(places)
    }


def _told(problem: Problem, content: Content) -> str:
    if problem.line:
        place = _("Line %(line)s, column %(column)s") % {
            "line": problem.line,
            "column": problem.column,
        }
        return f"{place}: {problem.told}"
    return problem.told


def _names(content: Content, rule: Content) -> list[str]:
    """The options that the rule speaks of, in its order."""
    table = rule["allow"] or rule["forbid"]
    if table:
        return list(table["options"])
    schema = schema_of(content)
    found = parse(rule["rule"], schema, want="condition").references
    return [variable.name for variable in schema.variables if variable.name in found]


def _said(content: Content, rule: Content, locale: str, product: ReleasedProduct) -> str:
    """What was understood, in words."""
    if rule["rule"]:
        return sentence(product, rule["rule"], locale)
    table = rule["allow"] or rule["forbid"]
    if not table:
        return ""
    with override(locale):
        names = [quoted(say(product.options[code].name, locale)) for code in table["options"]]
        pattern = (
            _("Of %(options)s only these %(number)s combinations are made.")
            if rule["allow"]
            else _("Of %(options)s these %(number)s combinations are not made.")
        )
        together = joined(names, _("%(list)s and %(last)s"))
        return pattern % {"options": together, "number": _number_of(content, rule)}


def _number_of(content: Content, rule: Content) -> int:
    """How many combinations a table lists; of one that is a condition, its rows."""
    model = model_of({**content, "rules": [rule]})
    found = next(each for each in model.rules if each.name == rule["code"])
    table = rule["allow"] or rule["forbid"]
    return len(found.rows) if isinstance(found, Table) else len(table["rows"])


def _opposite(without: Content, rule: Content, limits: Limits) -> tuple[AnySpace | None, bool]:
    """The designs that the rule forbids, if that can be found out, and whether there are none."""
    if rule["rule"]:
        turned = {**rule, "rule": f"not (\n{rule['rule']}\n)"}
    else:
        turned = {**rule, "allow": rule["forbid"], "forbid": rule["allow"]}
    content = {**without, "rules": [*without["rules"], turned]}
    try:
        return compile_content(content, limits)[1], False
    except CompileError as error:
        return None, error.kind == "contradiction"


def _examples(
    product: ReleasedProduct, space: AnySpace, names: list[str], locale: str
) -> list[str]:
    """Different designs in words: as far as the rule speaks of them, and a little further where
    they would all be alike."""
    told: dict[str, Choices] = {}
    drawn: list[Choices] = []
    for seed in range(MOST_DRAWN):
        drawn.append(space.random(seed))
        told.setdefault(_design(product, drawn[-1], names, locale), drawn[-1])
        if len(told) == EXAMPLES:
            return list(told)
    for other in product.options:
        wider = {_design(product, each, [*names, other], locale): each for each in drawn}
        if len(wider) >= EXAMPLES:
            return list(wider)[:EXAMPLES]
    return list(told)


def _design(product: ReleasedProduct, design: Choices, names: list[str], locale: str) -> str:
    return " · ".join(
        f"{say(product.options[name].name, locale)}: {product.label(name, design[name], locale)}"
        for name in names
        if name in design
    )
