"""The model's doctor: what is wrong with a product's rows, idle in them, or missing.

An error keeps the product from being published; everything else is worth a look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from configurator.catalog.checks import problems
from configurator.catalog.children import ask
from configurator.catalog.configuration import value_from_json
from configurator.catalog.content import Content, Path, options_of
from configurator.catalog.labels import told_value
from configurator.catalog.modeling import SPACE_KINDS, applies_name, model_of, model_to_json
from configurator.catalog.models import DesignCase
from configurator.catalog.problems import Problem
from configurator.catalog.publishing import (
    PublishRefused,
    Report,
    contradiction,
    paths_of,
    prepare,
    silent,
)
from configurator.catalog.spaces import Limits, present_limits
from configurator.catalog.texts import FALLBACK, languages, say
from configurator.engine import NONE, Value

Grade = Literal["error", "warning", "hint", "gap"]
"""It cannot be published; it is probably a mistake; it is idle; a text or a picture is missing."""
MOST_NAMED = 12
WORDS = re.compile(r"[^\W\d_]{4}")
"""Texts with words; “42 mm” and “XL” are the same in every language."""


@dataclass(frozen=True)
class Finding:
    """Something found: in words, where it is to be mended, and which rules cause it."""

    grade: Grade
    message: str
    path: Path
    causes: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """All findings. `designs` are counted where they can be; `open_questions` is what was not."""

    findings: tuple[Finding, ...]
    designs: int | None = None
    open_questions: str = ""

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
    gaps = [*_texts(content), *_pictures(content)]
    if found := problems(content):
        return Diagnosis((*_errors(found), *gaps))
    limits = limits or present_limits()
    report("Examining the rules …")
    told = _told(content, limits)
    if told["contradiction"] is not None:
        return Diagnosis((*_errors([contradiction(told["contradiction"], content)]), *gaps))
    idle = [*_dead(content, told["dead"]), *_single(content, told["single"])]
    idle += [*_never(content, told["never"]), *_redundant(content, told["redundant"])]
    open_questions = told["error"]
    if told["unchecked"]:
        open_questions += f" {told['unchecked']} rules were not examined for being redundant."
    try:
        prepared = prepare(content=content, report=report, limits=limits, cases=cases)
    except PublishRefused as refused:
        return Diagnosis((*_errors(refused.problems), *idle, *gaps), None, open_questions.strip())
    known = {finding.path for finding in idle}
    warnings = [
        Finding("warning", each.message, each.path)
        for each in prepared.warnings
        if each.path not in known
    ]
    findings = (*warnings, *_partless(content), *idle, *gaps)
    return Diagnosis(findings, prepared.compiled.designs, open_questions.strip())


def _partless(content: Content) -> Iterator[Finding]:
    if content["operations"] and not content["parts"]:
        message = "It is made in operations, but has no parts: nothing is pulled for any design."
        yield Finding("warning", message, ("parts",))


def _errors(found: Iterable[Problem]) -> Iterator[Finding]:
    for problem in found:
        place = f"Line {problem.line}, column {problem.column}: " if problem.line else ""
        yield Finding("error", f"{place}{problem.message}", problem.path, problem.also)


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
        much = f"{limits.seconds:g} seconds and {limits.memory_mb:,} MB"
        empty: dict[str, Any] = {name: [] for name in ("dead", "single", "redundant", "never")}
        error = f"The rules could not be examined within {much}."
        return {**empty, "contradiction": None, "unchecked": 0, "error": error}
    return answer


def _conditions(content: Content) -> dict[str, tuple[str, Path]]:
    """Conditions that some design should meet, by a name for each, with where they stand."""
    found: dict[str, tuple[str, Path]] = {}
    for kind in ("prices", "parts", "operations"):
        for index, row in enumerate(content[kind]):
            if row["when"]:
                found[f"{kind}/{row['code']}"] = (row["when"], (kind, index, "when"))
    for index, layer in enumerate(content["picture"].get("layers", ())):
        if layer.get("when"):
            found[f"layers/{index}"] = (layer["when"], ("picture", "layers", index, "when"))
    return found


def _options(content: Content) -> dict[str, tuple[Content, Path]]:
    return {
        option["code"]: (option, ("steps", s, "options", o))
        for s, step in enumerate(content["steps"])
        for o, option in enumerate(step["options"])
    }


def _dead(content: Content, dead: list[Any]) -> Iterator[Finding]:
    """Values that no design has; those of one option with the same cause together."""
    places = _options(content)
    grouped: dict[tuple[str, tuple[str, ...]], list[Value]] = defaultdict(list)
    for name, value, rules in dead:
        grouped[name, tuple(rules)].append(value_from_json(value))
    for (name, rules), values in grouped.items():
        option, path = places[name]
        causes = tuple(paths_of(rules, content))
        label = say(option["name"], FALLBACK)
        if values == [NONE]:
            message = f"“{label}” applies in every design; its condition could be left out."
            yield Finding("hint", message, (*path, "when"), causes)
        elif option["when"] and len(values) == len(_values(option)):
            yield Finding("warning", f"“{label}” never applies.", (*path, "when"), causes)
        else:
            yield _unreachable(option, path, values, causes)


def _unreachable(
    option: Content, path: Path, values: list[Value], causes: tuple[Path, ...]
) -> Finding:
    named = [told_value(option, value) for value in values[:MOST_NAMED]]
    more = f" and {len(values) - MOST_NAMED} more" if len(values) > MOST_NAMED else ""
    if len(values) == 1 and option["kind"] == "choice":
        codes = [choice["code"] for choice in option["choices"]]
        path = (*path, "choices", codes.index(values[0]))
    label = say(option["name"], FALLBACK)
    return Finding("warning", f"No design has “{label}: {', '.join(named)}”{more}.", path, causes)


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
    places = _options(content)
    for name, value, rules in single:
        option, path = places[name]
        known = value_from_json(value)
        if known == NONE:
            continue
        label = say(option["name"], FALLBACK)
        message = f"“{label}” is never a choice: every design has {told_value(option, known)}."
        yield Finding("warning", message, path, tuple(paths_of(rules, content)))


def _never(content: Content, names: Iterable[str]) -> Iterator[Finding]:
    words = {
        "prices": "The price “{code}” is never asked: no design meets its condition.",
        "parts": "The part “{code}” is in no design: none meets its condition.",
        "operations": "The operation “{code}” is in no design: none meets its condition.",
        "layers": "The layer “{code}” is never seen: no design meets its condition.",
    }
    conditions = _conditions(content)
    for name in names:
        kind, _slash, code = name.partition("/")
        path = conditions[name][1]
        if kind == "layers":
            code = content["picture"]["layers"][int(code)].get("code", code)
        yield Finding("warning", words[kind].format(code=code), path)


def _redundant(content: Content, redundant: list[Any]) -> Iterator[Finding]:
    for rule, others in redundant:
        if rule.endswith(applies_name("")):
            continue  # that an option never applies is told as that
        path = next(iter(paths_of([rule], content)), ())
        names = ", ".join(f"“{name}”" for name in others)
        demand = "demands" if len(others) == 1 else "demand"
        because = f"{names} {demand} it already" if others else "it holds by itself"
        message = f"The rule “{rule}” changes nothing: {because}."
        yield Finding("hint", message, path, tuple(paths_of(others, content)))


def _texts(content: Content) -> Iterator[Finding]:
    """Texts that are missing in a language in which most others are there."""
    codes = {option["code"] for option in options_of(content)}
    texts = {
        say(text, FALLBACK): (path, text)
        for path, text in reversed(list(_all_texts(content, ())))
        if WORDS.search(say(text, FALLBACK)) and say(text, FALLBACK) not in codes
    }
    for language in languages():
        lacking = [words for words, (_path, text) in texts.items() if not text.get(language)]
        if 0 < len(lacking) <= len(texts) / 2:
            for words in lacking:
                message = f"“{words[:60]}” is missing in: {language}."
                yield Finding("gap", message, texts[words][0])
        elif lacking:
            message = f"{len(lacking)} of {len(texts)} texts are missing in: {language}."
            yield Finding("gap", message, ("texts", language))


def _given(text: Mapping[str, str]) -> list[str]:
    return [code for code, words in text.items() if words]


def _all_texts(data: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text of the content, and where it stands."""
    known = set(languages())
    if isinstance(data, dict):
        if data and set(data) <= known and all(isinstance(each, str) for each in data.values()):
            if _given(data):
                yield path, data
            return
        for key, value in data.items():
            yield from _all_texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _all_texts(value, (*path, index))


def _pictures(content: Content) -> Iterator[Finding]:
    """Choices without a picture or color where others of their option have one.

    What takes nothing, like “without”, needs none.
    """
    for option, path in _options(content).values():
        if option["kind"] not in SPACE_KINDS:
            continue
        shown = [bool(choice["image"] or choice["swatch"]) for choice in option["choices"]]
        if not any(shown):
            continue
        for index, choice in enumerate(option["choices"]):
            if not shown[index] and choice["needs"] != "nothing":
                label = f"{say(option['name'], FALLBACK)}: {say(choice['name'], FALLBACK)}"
                message = f"“{label}” has no picture or color, though others have."
                yield Finding("gap", message, (*path, "choices", index))
