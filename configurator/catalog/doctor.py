"""The model's doctor: what is wrong with a product's rows, idle in them, or missing.

An error keeps the product from being published; everything else is worth a look.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from configurator.catalog.behind import rows_at, without
from configurator.catalog.checks import problems
from configurator.catalog.children import ask
from configurator.catalog.configuration import value_from_json
from configurator.catalog.content import Content, Path, options_of
from configurator.catalog.gaps import Finding, Grade, gaps, options_at
from configurator.catalog.labels import told_value
from configurator.catalog.modeling import applies_name, model_of, model_to_json
from configurator.catalog.models import DesignCase
from configurator.catalog.placing import named
from configurator.catalog.problems import Problem, at_line
from configurator.catalog.publishing import (
    PublishRefused,
    Report,
    contradiction,
    paths_of,
    prepare,
    silent,
)
from configurator.catalog.spaces import Limits, present_limits
from configurator.engine import NONE, Value
from configurator.engine.words import Words, joined, rebuilt
from configurator.engine.words import Words as _

MOST_NAMED = 12
DELIVERY = re.compile(
    r"\s*(?:if\b(?P<then>.+)\bthen|(?P<requires>.+)\b(?:requires|implies))\s+delivery\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""A rule about the day, whose condition some design should meet."""


@dataclass(frozen=True)
class Diagnosis:
    """All findings. `designs` are counted where they can be; `open_questions` is what was not."""

    findings: tuple[Finding, ...]
    designs: int | None = None
    open_questions: tuple[str, ...] = ()

    def of(self, grade: Grade) -> list[Finding]:
        return [finding for finding in self.findings if finding.grade == grade]

    @property
    def publishable(self) -> bool:
        return not self.of("error")


def examine(
    content: Content,
    report: Report = silent,
    limits: Limits | None = None,
    cases: Iterable[DesignCase] = (),
) -> Diagnosis:
    """Look at everything; takes seconds, and no more than the limits of publication."""
    limits = limits or present_limits()
    until = time.monotonic() + limits.seconds
    seen = glance(content)
    wrong = [finding for finding in seen if finding.grade == "error"]
    first = Looked(tuple(wrong)) if wrong else _look(content, report, limits, cases)
    behind, left_out = _behind(first, content, report, limits, until)
    findings = [*first.findings, *behind, *(each for each in seen if each.grade != "error")]
    open_questions = first.open_questions
    if left_out:
        names = joined(", ", [named(content, path) for path in sorted(left_out, key=str)])
        open_questions += (_("The rest was examined without what is wrong: %(it)s.", it=names),)
    return Diagnosis(tuple(findings), first.designs, open_questions)


@dataclass(frozen=True)
class Looked:
    """What was found in one go. Where something is wrong, more may stand behind it."""

    findings: tuple[Finding, ...]
    designs: int | None = None
    open_questions: tuple[str, ...] = ()
    tried: bool = False  # on designs, which are others where rules are left out

    @property
    def places(self) -> list[Path]:
        """Where the errors are, and what else is to blame."""
        wrong = [each for each in self.findings if each.grade == "error"]
        return [path for each in wrong for path in (each.path, *each.causes)]


def _look(
    content: Content, report: Report, limits: Limits, cases: Iterable[DesignCase] = ()
) -> Looked:
    """Compile a content in which nothing is wrong at a glance, and try it out."""
    report("rules")
    told = _told(content, limits)
    if told["contradiction"] is not None:
        return Looked(tuple(_errors([contradiction(told["contradiction"], content)])))
    idle = [*_dead(content, told["dead"]), *_single(content, told["single"])]
    idle += [*_never(content, told["never"]), *_redundant(content, told["redundant"])]
    open_questions = tuple(_open(told))
    report("trying")
    try:
        prepared = prepare(content=content, limits=limits, cases=cases)
    except PublishRefused as refused:
        return Looked((*_errors(refused.problems), *idle), None, open_questions, tried=True)
    known = {finding.path for finding in idle}
    warnings = [
        Finding("warning", each.message, each.path)
        for each in prepared.warnings
        if each.path not in known
    ]
    return Looked((*warnings, *idle), prepared.compiled.designs, open_questions, tried=True)


def _behind(
    looked: Looked, content: Content, report: Report, limits: Limits, until: float
) -> tuple[list[Finding], frozenset[Path]]:
    """What is found where the rows that are wrong are taken out, again and again; and these rows.

    What nobody can have with fewer rules, nobody can with more. But a design that breaks something
    may be one of those that the rules should have kept out: that is a warning until they do.
    """
    found: list[Finding] = []
    known = {(each.path, str(each.message)) for each in looked.findings}
    left_out: frozenset[Path] = frozenset()
    while (more := rows_at(looked.places) - left_out) and time.monotonic() < until:
        left_out |= more
        looked = _rest(content, left_out, report, limits)
        unsure = looked.tried and any(kind == "rules" for kind, *_index in left_out)
        for each in looked.findings:
            if (each.path, str(each.message)) in known or rows_at([each.path]) & left_out:
                continue
            known.add((each.path, str(each.message)))
            found.append(
                replace(each, grade="warning") if unsure and each.grade == "error" else each
            )
    return found, left_out


def _rest(content: Content, left_out: Iterable[Path], report: Report, limits: Limits) -> Looked:
    rest = without(content, left_out)
    wrong = tuple(_errors(problems(rest)))
    return Looked(wrong) if wrong else _look(rest, report, limits)


def glance(content: Content) -> list[Finding]:
    """What can be seen without compiling; where there are errors, no more can be asked."""
    return [*_errors(problems(content)), *_partless(content), *gaps(content)]


def _open(told: dict[str, Any]) -> Iterator[str]:
    if told["error"]:
        yield rebuilt(told["error"])
    if told["unchecked"]:
        yield _("%(n)s rules were not examined for being redundant.", n=told["unchecked"])


def _partless(content: Content) -> Iterator[Finding]:
    if content["operations"] and not content["parts"]:
        message = _("It is made in operations, but has no parts: nothing is pulled for any design.")
        yield Finding("warning", message, ("parts",))


def _errors(found: Iterable[Problem]) -> Iterator[Finding]:
    for problem in found:
        yield Finding("error", at_line(problem), problem.path, problem.also)


def _told(content: Content, limits: Limits) -> dict[str, Any]:
    """What the engine's examination says."""
    lengths = {o["code"]: o["max_length"] for o in options_of(content) if o["kind"] == "text"}
    request = {
        "model": model_to_json(model_of(content)),
        "lengths": lengths,
        "conditions": [[name, text] for name, (text, _path) in _conditions(content).items()],
        "memory_mb": limits.memory_mb,
        "seconds": limits.seconds,
    }
    answer = ask("configurator.catalog.examining", request, seconds=limits.seconds)
    if answer is None:
        empty: dict[str, Any] = {name: [] for name in ("dead", "single", "redundant", "never")}
        error = _(
            "The rules could not be examined within %(seconds)s seconds and %(megabytes)s MB.",
            seconds=f"{limits.seconds:g}",
            megabytes=f"{limits.memory_mb:,}",
        )
        return {**empty, "contradiction": None, "unchecked": 0, "error": error}
    return answer


def _conditions(content: Content) -> dict[str, tuple[str, Path]]:
    """Conditions that some design should meet, by a name for each, with where they stand."""
    found: dict[str, tuple[str, Path]] = {}
    for kind in ("prices", "parts", "operations"):
        for index, row in enumerate(content[kind]):
            if row["when"]:
                found[f"{kind}/{row['code']}"] = (row["when"], (kind, index, "when"))
    for index, rule in enumerate(content["rules"]):
        if delaying := DELIVERY.fullmatch(rule["rule"]):
            condition = delaying["then"] or delaying["requires"]
            found[f"rules/{rule['code']}"] = (condition, ("rules", index, "rule"))
    for index, layer in enumerate(content["picture"].get("layers", ())):
        if layer.get("when"):
            found[f"layers/{index}"] = (layer["when"], ("picture", "layers", index, "when"))
    return found


def _dead(content: Content, dead: list[Any]) -> Iterator[Finding]:
    """Values that no design has; those of one option with the same cause together."""
    places = options_at(content)
    grouped: dict[tuple[str, tuple[str, ...]], list[Value]] = defaultdict(list)
    for name, value, rules in dead:
        grouped[name, tuple(rules)].append(value_from_json(value))
    for (name, rules), values in grouped.items():
        option, path = places[name]
        causes = tuple(paths_of(rules, content))
        label = option["name"]
        if values == [NONE]:
            message = _(
                "“%(name)s” applies in every design; its condition could be left out.", name=label
            )
            yield Finding("hint", message, (*path, "when"), causes)
        elif option["when"] and len(values) == len(_values(option)):
            message = _("“%(name)s” never applies.", name=label)
            yield Finding("warning", message, (*path, "when"), causes)
        else:
            yield _unreachable(option, path, values, causes)


def _unreachable(
    option: Content, path: Path, values: list[Value], causes: tuple[Path, ...]
) -> Finding:
    named = joined(", ", [told_value(option, value) for value in values[:MOST_NAMED]])
    if len(values) == 1 and option["kind"] == "choice":
        codes = [choice["code"] for choice in option["choices"]]
        path = (*path, "choices", codes.index(values[0]))
    if len(values) > MOST_NAMED:
        message = _(
            "No design has “%(option)s: %(values)s” and %(more)s more.",
            option=option["name"],
            values=named,
            more=len(values) - MOST_NAMED,
        )
    else:
        message = _("No design has “%(option)s: %(values)s”.", option=option["name"], values=named)
    return Finding("warning", message, path, causes)


def _values(option: Content) -> list[Any]:
    """The values that an option has besides `none`, as many as there are."""
    if option["kind"] == "toggle":
        return [True]
    if option["kind"] == "choice":
        return [choice["code"] for choice in option["choices"]]
    steps = (float(option["maximum"]) - float(option["minimum"])) / float(option["step"])
    return list(range(round(steps) + 1))


def _single(content: Content, single: list[Any]) -> Iterator[Finding]:
    """Options that are never a choice. (One that never applies is told as that.)"""
    places = options_at(content)
    for name, value, rules in single:
        option, path = places[name]
        known = value_from_json(value)
        if known == NONE:
            continue
        message = _(
            "“%(option)s” is never a choice: every design has %(value)s.",
            option=option["name"],
            value=told_value(option, known),
        )
        yield Finding("warning", message, path, tuple(paths_of(rules, content)))


NEVER = {
    "prices": _("The price “%(code)s” is never asked: no design meets its condition.", code=""),
    "parts": _("The part “%(code)s” is in no design: none meets its condition.", code=""),
    "operations": _("The operation “%(code)s” is in no design: none meets its condition.", code=""),
    "rules": _("The rule “%(code)s” never delays: no design meets its condition.", code=""),
    "layers": _("The layer “%(code)s” is never seen: no design meets its condition.", code=""),
}


def _never(content: Content, names: Iterable[str]) -> Iterator[Finding]:
    conditions = _conditions(content)
    for name in names:
        kind, _slash, code = name.partition("/")
        path = conditions[name][1]
        if kind == "layers":
            code = content["picture"]["layers"][int(code)].get("code", code)
        yield Finding("warning", Words(NEVER[kind].template, code=code), path)


def _redundant(content: Content, redundant: list[Any]) -> Iterator[Finding]:
    for rule, others in redundant:
        if rule.endswith(applies_name("")):
            continue  # that an option never applies is told as that
        path = next(iter(paths_of([rule], content)), ())
        names = ", ".join(f"“{name}”" for name in others)
        if not others:
            message = _("The rule “%(rule)s” changes nothing: it holds by itself.", rule=rule)
        elif len(others) == 1:
            message = _(
                "The rule “%(rule)s” changes nothing: %(others)s demands it already.",
                rule=rule,
                others=names,
            )
        else:
            message = _(
                "The rule “%(rule)s” changes nothing: %(others)s demand it already.",
                rule=rule,
                others=names,
            )
        yield Finding("hint", message, path, tuple(paths_of(others, content)))
