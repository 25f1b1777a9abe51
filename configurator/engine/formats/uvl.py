"""The Universal Variability Language: features as toggles, groups as tables, constraints as rules.

Groups with cardinalities, attributes, arithmetic constraints, aggregates and imports are read.
Whole numbers with bounds and copies of single features become numbers; see uvl_values.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb
from pathlib import Path

from configurator.engine.errors import FormatError
from configurator.engine.formats.uvl_imports import Library, walk
from configurator.engine.formats.uvl_rules import Translator
from configurator.engine.formats.uvl_tree import Feature, Group
from configurator.engine.formats.uvl_values import read_values, variable_of
from configurator.engine.model import Model, Rule, Table, Term, Value, numbered

MOST_FEATURES = 50_000
MOST_ROWS = 300
PRICES = ("price", "cost")


def read_uvl(data: bytes, folder: Path | None = None) -> Model:
    """The model of a UVL file; imports are read below the folder. FormatError with the line of what
    cannot be read."""
    source = Library(folder).source(data)
    features = list(walk(source.root))
    _check_names(features)
    translator = Translator(features)
    parts = [part for _, part in source.constraints]
    read = {translator.meant(part) for part in read_values(parts)}
    variables = tuple(variable_of(feature, parts, read) for feature in features)
    translator.numbers.update(v.name for v in variables if v.kind == "number")
    root = source.root.name
    rules: list[Rule | Table] = [
        Rule(f"{root} is the root", translator.chosen(root))
        if root in translator.numbers
        else Table(f"{root} is the root", (root,), ((True,),))
    ]
    for feature in features:
        for group in feature.groups:
            rules += _group_rules(feature, group, translator)
    rules += [translator.rule(name, part) for name, part in source.constraints]
    names = numbered(rule.name for rule in rules)
    unique = tuple(_renamed(rule, name) for rule, name in zip(rules, names, strict=True))
    return Model(variables, unique, tuple(_price_terms(features)))


def _check_names(features: list[Feature]) -> None:
    if len(features) > MOST_FEATURES:
        raise FormatError(f"there are more than {MOST_FEATURES:,} features.")
    seen: dict[str, int | str] = {}
    for feature in features:
        if feature.name in seen:
            raise FormatError(
                f"line {feature.line}: the feature “{feature.name}” is already on line"
                f" {seen[feature.name]}."
            )
        seen[feature.name] = feature.line


def _renamed(rule: Rule | Table, name: str) -> Rule | Table:
    if rule.name == name:
        return rule
    if isinstance(rule, Rule):
        return Rule(name, rule.text)
    return Table(name, rule.columns, rule.rows, rule.allowed)


def _group_rules(parent: Feature, group: Group, translator: Translator) -> Iterator[Rule | Table]:
    """Which features of a group go with their parent."""
    names = [child.name for child in group.features]
    if translator.numbers.intersection((parent.name, *names)):
        yield from _written(parent, group, translator)
        return
    if group.kind == "mandatory":
        for name in names:
            rows = ((False, False), (True, True))
            yield Table(f"{parent.name} and {name} go together", (parent.name, name), rows)
        return
    counts = range(group.least, group.most + 1)
    if sum(comb(len(names), count) for count in counts) <= MOST_ROWS and group.kind not in (
        "optional",
        "or",
    ):
        yield _counted(parent, group, names)
        return
    for name in names:
        yield Table(f"{name} needs {parent.name}", (name, parent.name), ((True, False),), False)
    label = f"{parent.name}: {group.kind}"
    if group.kind == "or":
        row = (True, *(False for _ in names))
        yield Table(label, (parent.name, *names), (row,), allowed=False)
    elif group.kind != "optional":
        yield _between(label, parent, group, translator)


def _written(parent: Feature, group: Group, translator: Translator) -> Iterator[Rule]:
    """The same as rules, where the parent or a child is a number."""
    whole = translator.chosen(parent.name)
    for child in group.features:
        part = translator.chosen(child.name)
        if group.kind == "mandatory" and not _may_be_missing(child):
            yield Rule(f"{parent.name} and {child.name} go together", f"{whole} iff {part}")
        else:
            yield Rule(f"{child.name} needs {parent.name}", f"{part} implies {whole}")
    if group.kind not in ("mandatory", "optional"):
        yield _between(f"{parent.name}: {group.kind}", parent, group, translator)


def _may_be_missing(feature: Feature) -> bool:
    return feature.copies is not None and feature.copies[0] == 0


def _between(label: str, parent: Feature, group: Group, translator: Translator) -> Rule:
    listed = ", ".join(translator.chosen(child.name) for child in group.features)
    return Rule(
        label,
        f"{translator.chosen(parent.name)} implies (at least {group.least} of {{{listed}}}"
        f" and at most {group.most} of {{{listed}}})",
    )


def _counted(parent: Feature, group: Group, names: list[str]) -> Table:
    """An alternative or a small cardinality, as the list of what is allowed."""
    rows: list[tuple[Value, ...]] = [(False, *(False for _ in names))]
    for count in range(group.least, group.most + 1):
        for chosen in combinations(range(len(names)), count):
            rows.append((True, *(place in chosen for place in range(len(names)))))
    return Table(f"{parent.name}: {group.kind}", (parent.name, *names), tuple(rows))


def _price_terms(features: list[Feature]) -> Iterator[Term]:
    """A numeric attribute called price or cost is what products cost."""
    for wanted in PRICES:
        priced = [
            (feature.name, name, value)
            for feature in features
            for name, value in feature.attributes.items()
            if name.lower() == wanted and not isinstance(value, str | bool)
        ]
        if priced:
            whole = all(isinstance(value, int) for _, _, value in priced)
            amount = " + ".join(f'"{feature}"."{name}"' for feature, name, _ in priced)
            yield Term(wanted, amount, digits=0 if whole else 2)
            return
