"""The Universal Variability Language: features as toggles, groups as tables, constraints as rules.

Boolean features, groups with cardinalities, attributes, arithmetic constraints and aggregates are
read. Numeric features, feature cardinalities and imports are refused with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb

from configurator.engine.errors import FormatError
from configurator.engine.formats.uvl_rules import Translator
from configurator.engine.formats.uvl_tokens import tokens
from configurator.engine.formats.uvl_tree import Feature, Group, Part, Reader
from configurator.engine.model import Model, Rule, Scalar, Table, Term, Value, Variable, numbered

MOST_FEATURES = 50_000
MOST_ROWS = 300
PRICES = ("price", "cost")


def read_uvl(data: bytes) -> Model:
    """The model of a UVL file; FormatError with the line of what cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"this is not UTF-8 text (byte {error.start + 1}).") from None
    root, constraints = Reader(tokens(text)).file()
    features = list(_all(root))
    _check_names(features)
    variables = tuple(
        Variable(feature.name, (False, True), "toggle", attributes=_facts(feature))
        for feature in features
    )
    rules: list[Rule | Table] = [Table(f"{root.name} is the root", (root.name,), ((True,),))]
    for feature in features:
        for group in feature.groups:
            rules += _group_rules(feature, group)
    translator = Translator(root, features)
    lines = text.splitlines()
    inner = [part for feature in features for part in feature.constraints]
    for part in [*inner, *constraints]:
        rules.append(translator.rule(_name(part, lines), part))
    names = numbered(rule.name for rule in rules)
    unique = tuple(_renamed(rule, name) for rule, name in zip(rules, names, strict=True))
    return Model(variables, unique, tuple(_price_terms(features)))


def _all(root: Feature) -> Iterator[Feature]:
    """All features, parents before children, in the order of the file."""
    stack = [root]
    while stack:
        feature = stack.pop()
        yield feature
        below = [child for group in feature.groups for child in group.features]
        stack.extend(reversed(below))


def _check_names(features: list[Feature]) -> None:
    if len(features) > MOST_FEATURES:
        raise FormatError(f"there are more than {MOST_FEATURES:,} features.")
    seen: dict[str, int] = {}
    for feature in features:
        if feature.name in seen:
            raise FormatError(
                f"line {feature.line}: the feature “{feature.name}” is already on line"
                f" {seen[feature.name]}."
            )
        seen[feature.name] = feature.line


def _facts(feature: Feature) -> dict[str, dict[Value, Scalar]]:
    return {name: {True: value} for name, value in feature.attributes.items()}


def _name(part: Part, lines: list[str]) -> str:
    """A constraint is called by its own text."""
    text = " ".join(lines[part.line - 1].split())
    return text if len(text) <= 120 else f"{text[:117]}…"


def _renamed(rule: Rule | Table, name: str) -> Rule | Table:
    if rule.name == name:
        return rule
    if isinstance(rule, Rule):
        return Rule(name, rule.text)
    return Table(name, rule.columns, rule.rows, rule.allowed)


def _group_rules(parent: Feature, group: Group) -> Iterator[Rule | Table]:
    """Which features of a group go with their parent."""
    names = [child.name for child in group.features]
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
    columns = (parent.name, *names)
    label = f"{parent.name}: {group.kind}"
    if group.kind == "or":
        yield Table(label, columns, ((True, *(False for _ in names)),), allowed=False)
    elif group.kind != "optional":
        listed = ", ".join(f'"{name}"' for name in names)
        yield Rule(
            label,
            f'"{parent.name}" implies (at least {group.least} of {{{listed}}}'
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
