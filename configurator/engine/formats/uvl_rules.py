"""UVL constraints in the engine's own terms: clauses as tables, everything else as rule texts."""

from __future__ import annotations

from decimal import Decimal

from configurator.engine.errors import FormatError
from configurator.engine.formats.uvl_imports import walk
from configurator.engine.formats.uvl_tree import Feature, Part
from configurator.engine.language.schema import closest
from configurator.engine.model import Rule, Scalar, Table

WORDS = {"and": "and", "or": "or", "=>": "implies", "<=>": "iff"}
OPERATORS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
Literals = dict[str, bool]


class Translator:
    """Knows the features, their attributes and their places in the tree.

    `numbers` are the features that are numbers: `none` where they are not chosen.
    """

    def __init__(self, features: list[Feature]) -> None:
        self.features = features
        self.by_name = {feature.name: feature for feature in features}
        self.numbers: set[str] = set()

    def chosen(self, name: str) -> str:
        """The condition that a feature is chosen."""
        return f'"{name}" != none' if name in self.numbers else f'"{name}"'

    def rule(self, name: str, part: Part) -> Rule | Table:
        literals = self._clause(part, True)
        if literals is not None:
            row = tuple(not positive for positive in literals.values())
            return Table(name, tuple(literals), (row,), allowed=False)
        return Rule(name, self._condition(part))

    def _clause(self, part: Part, positive: bool) -> Literals | None:
        """The constraint as a disjunction of different features or their absence, if it is one."""
        if part.kind == "reference" and self._attribute(part) is None:
            name = self.feature(part)
            return None if name in self.numbers else {name: positive}
        if part.kind == "not":
            return self._clause(part.parts[0], not positive)
        if part.kind == "=>" and positive:
            return _joined([self._clause(part.parts[0], False), self._clause(part.parts[1], True)])
        if part.kind == ("or" if positive else "and"):
            return _joined([self._clause(item, positive) for item in part.parts])
        return None

    # names

    def meant(self, part: Part) -> str:
        """The feature, if a path leads to one itself and not to an attribute; else nothing."""
        known = ".".join(part.path) in self.by_name or part.path[-1] in self.by_name
        return self.feature(part) if known and self._attribute(part) is None else ""

    def feature(self, part: Part) -> str:
        """The feature that is meant; a namespace may stand before its name."""
        name = ".".join(part.path)
        if name not in self.by_name and part.path[-1] in self.by_name:
            return part.path[-1]
        if name not in self.by_name:
            hint = closest(name, self.by_name)
            extra = f" Did you mean “{hint}”?" if hint else ""
            raise FormatError(f"line {part.line}: there is no feature “{name}”.{extra}")
        return name

    def _attribute(self, part: Part) -> tuple[str, str, Scalar | None] | None:
        """(feature, attribute, value) if the path leads to an attribute."""
        *owner, name = part.path
        known = [o for o in (".".join(owner), *owner[-1:]) if o in self.by_name]
        if ".".join(part.path) in self.by_name or not known:
            return None
        feature = self.by_name[known[0]]
        if name in feature.attributes:
            return feature.name, name, feature.attributes[name]
        if name in self.by_name:
            return None
        hint = closest(name, feature.attributes)
        extra = f" Did you mean “{hint}”?" if hint else ""
        raise FormatError(
            f"line {part.line}: the feature “{feature.name}” has no attribute “{name}”.{extra}"
        )

    # conditions

    def _condition(self, part: Part) -> str:
        if part.kind == "reference":
            found = self._attribute(part)
            if found is None:
                return self.chosen(self.feature(part))
            if not isinstance(found[2], bool):
                raise FormatError(f"line {part.line}: “{'.'.join(part.path)}” is not a condition.")
            return f'"{found[0]}"."{found[1]}"'
        if part.kind == "not":
            return f"not {self._condition(part.parts[0])}"
        if part.kind in WORDS:
            word = f" {WORDS[part.kind]} "
            return f"({word.join(self._condition(item) for item in part.parts)})"
        if part.kind in OPERATORS:
            return self._texts(part) or self._comparison(part)
        raise FormatError(f"line {part.line}: a condition is expected here.")

    def _comparison(self, part: Part) -> str:
        """A comparison of numbers; one that divides by zero does not hold."""
        left, right = (self._number(item) for item in part.parts)
        divisors = [f"{self._number(item)} != 0" for item in _divisors(part)]
        return f"({' and '.join([*divisors, f'{left} {OPERATORS[part.kind]} {right}'])})"

    def _texts(self, part: Part) -> str:
        """A comparison of texts, which are equal only where their features are chosen;
        empty for numbers."""
        found = [self._text(item) for item in part.parts]
        if found == [None, None]:
            return ""
        if part.kind not in ("==", "!="):
            raise FormatError(f"line {part.line}: texts are only compared with == and !=.")
        if None in found:
            raise FormatError(f"line {part.line}: a text is compared with something else.")
        features, texts = zip(*filter(None, found), strict=True)
        chosen = [self.chosen(feature) for feature in features if feature]
        same = " and ".join(chosen) or "1 = 1"
        equal = f"({same if texts[0] == texts[1] else '1 = 2'})"
        return equal if part.kind == "==" else f"not {equal}"

    def _text(self, part: Part) -> tuple[str, str] | None:
        """(feature or nothing, text) of a text; None if it is none."""
        if part.kind == "string":
            return "", part.text
        found = self._attribute(part) if part.kind == "reference" else None
        if found is None or not isinstance(found[2], str):
            return None
        return found[0], found[2]

    # numbers

    def _number(self, part: Part) -> str:
        if part.kind == "number":
            return part.text
        if part.kind in ("+", "-", "*", "/"):
            left, right = (self._number(item) for item in part.parts)
            return f"({left} {part.kind} {right})"
        if part.kind == "call":
            return self._call(part)
        if part.kind == "reference":
            found = self._attribute(part)
            if found is not None and not isinstance(found[2], str | bool):
                return f'"{found[0]}"."{found[1]}"'
            if found is None and self.feature(part) in self.numbers:
                return f'("{self.feature(part)}" + 0)'  # so that `none` equals 0 here
            raise FormatError(f"line {part.line}: “{'.'.join(part.path)}” is not a number.")
        raise FormatError(f"line {part.line}: a number is expected here.")

    def _call(self, part: Part) -> str:
        if part.text == "len":
            raise FormatError(f"line {part.line}: len() of text features is not read.")
        if part.text in ("floor", "ceil"):
            if len(part.parts) != 1:
                raise FormatError(f"line {part.line}: {part.text}() takes one attribute.")
            return f"{part.text}({self._number(part.parts[0])})"
        features, attribute = self._aggregated(part)
        having = [feature for feature in features if attribute in feature.attributes]
        if not having:
            raise FormatError(f"line {part.line}: no feature has an attribute “{attribute}”.")
        if any(isinstance(f.attributes[attribute], str | bool) for f in having):
            raise FormatError(f"line {part.line}: the attribute “{attribute}” is not a number.")
        total = " + ".join(f'"{feature.name}"."{attribute}"' for feature in having)
        if part.text == "sum":
            return f"({total})"
        if any(feature.copies for feature in having):
            raise FormatError(f"line {part.line}: avg() over features with copies is not read.")
        chosen = ", ".join(self.chosen(feature.name) for feature in having)
        return f"(if at least 1 of {{{chosen}}} then ({total}) / count({chosen}) else 0)"

    def _aggregated(self, part: Part) -> tuple[list[Feature], str]:
        """The features that an aggregate regards (all, or those below one), and its attribute."""
        paths = [item.path for item in part.parts]
        if len(paths) == 1:
            return self.features, paths[0][-1]
        if len(paths) != 2:
            raise FormatError(f"line {part.line}: {part.text}() takes an attribute and a feature.")
        place = 0 if ".".join(paths[0]) in self.by_name else 1
        return list(walk(self.by_name[self.feature(part.parts[place])])), paths[1 - place][-1]


def _divisors(part: Part) -> list[Part]:
    """What is divided by, inner ones first; without plain numbers other than zero."""
    found = [inner for item in part.parts for inner in _divisors(item)]
    if part.kind == "/":
        divisor = part.parts[1]
        if divisor.kind != "number" or not Decimal(divisor.text):
            found.append(divisor)
    return found


def _joined(parts: list[Literals | None]) -> Literals | None:
    """One clause of several; None if one is none, or a feature occurs with both signs."""
    joined: Literals = {}
    for part in parts:
        if part is None:
            return None
        for name, positive in part.items():
            if joined.setdefault(name, positive) != positive:
                return None
    return joined
