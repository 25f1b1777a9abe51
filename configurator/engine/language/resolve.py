"""From the tree as written to the checked tree: names, types, units, with kind errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from lark import Token

from configurator.engine.language import messages as told
from configurator.engine.language import syntax as s
from configurator.engine.language.grammar import Raw
from configurator.engine.language.schema import Schema, closest, codes
from configurator.engine.language.units import in_base
from configurator.engine.language.values import FALSE, TRUE, fail, is_none, value_of
from configurator.engine.model import NONE, Scalar, Value
from configurator.engine.words import Words as _
from configurator.engine.words import listed

NEGATIONS = ("NOT", "IS_NOT")
LONGEST_NUMBER = 40
MOST_DAYS = 365
FUNCTIONS = {"min": 2, "max": 2, "abs": 1, "ceil": 1, "floor": 1, "round": 1, "len": 1, "count": 1}
CONDITIONS = (s.Toggle, s.Member, s.Same, s.Compare, s.Not, s.All, s.Any, s.Iff)


def type_of(node: s.Node) -> str:
    """'condition', 'number' or 'code'."""
    if isinstance(node, s.Chosen):
        return "code"
    if isinstance(node, s.Constant):
        return "condition" if isinstance(node.value, bool) else "number"
    if isinstance(node, s.Choose):
        return type_of(node.then)
    return "condition" if isinstance(node, CONDITIONS) else "number"


def delaying(raw: Raw) -> bool:
    """Whether a rule says by how many days something delays."""
    parts = [part for part in raw.parts if isinstance(part, Raw)]
    return raw.kind in ("requires", "conditional") and parts[-1].kind == "delivery"


def cases_of(condition: s.Node) -> list[s.Node]:
    """The conditions of which one suffices."""
    if not isinstance(condition, s.Any):
        return [condition]
    return [case for item in condition.items for case in cases_of(item)]


class Resolver:
    """Turns one Raw tree into a checked one."""

    def __init__(self, schema: Schema, factors: Mapping[int, Fraction], root: Raw) -> None:
        self.schema = schema
        self.factors = factors
        self.root = root

    def resolve(self, raw: Raw) -> s.Node:
        method: Callable[[Raw], s.Node] = getattr(self, "_" + raw.kind.strip("_"))
        return method(raw)

    def condition(self, raw: Raw) -> s.Node:
        node = self.resolve(raw)
        if type_of(node) == "number":
            fail(raw, told.no_condition())
        if isinstance(node, s.Chosen):
            variable = self.schema.variable(node.name)
            known = codes(variable) if variable else []
            example = f"{node.name} = {known[0]}" if known else f'{node.name} != ""'
            fail(raw, told.lone(node.name, example))
        return node

    def number(self, raw: Raw) -> s.Node:
        node = self.resolve(raw)
        if type_of(node) == "condition":
            fail(raw, told.no_number())
        if isinstance(node, s.Chosen):
            fail(raw, _("“%(name)s” is not a number.", name=node.name))
        return node

    # names and values

    def _name(self, raw: Raw) -> s.Node:
        name = str(raw.parts[0])
        known = self._reference(name)
        if known is not None:
            return self._counted(known, raw)
        if name.lower() in TRUE + FALSE:
            return s.Constant(name.lower() in TRUE)
        suggestion = self.schema.suggest_name(name)
        fail(raw, told.no_option(name), suggestion)

    def _code(self, raw: Raw) -> s.Node:
        name = str(raw.parts[0])[1:-1]
        known = self._reference(name)
        if known is None:
            fail(raw, told.quoted_code(name))
        return self._counted(known, raw)

    def _counted(self, known: s.Node, raw: Raw) -> s.Node:
        """A measure, in base units where the units around it are made one."""
        factor = self.factors.get(id(raw))
        return known if factor is None else s.Product((s.Constant(factor), known))

    def _reference(self, name: str) -> s.Node | None:
        variable = self.schema.variable(name)
        if variable is not None:
            if variable.kind == "number":
                return s.Amount(name)
            return s.Toggle(name) if variable.kind == "toggle" else s.Chosen(name)
        if name in self.schema.texts:
            return s.Chosen(name)
        if name in self.schema.names:
            kind = self.schema.names[name]
            if kind is bool:
                return s.Toggle(name)
            return s.Chosen(name) if kind is str else s.Amount(name)
        return None

    def _number(self, raw: Raw) -> s.Node:
        text = str(raw.parts[0])
        if len(text) > LONGEST_NUMBER:
            fail(raw, told.long_number(LONGEST_NUMBER))
        value = Fraction(text)
        if len(raw.parts) > 1:
            value = in_base(value, str(raw.parts[1]))
        return s.Constant(value)

    def _attribute(self, raw: Raw) -> s.Node:
        name, attribute = (str(part).strip('"“”') for part in raw.parts)
        variable = self.schema.variable(name)
        if variable is None:
            fail(raw, told.no_option(name), self.schema.suggest_name(name))
        facts = variable.attributes.get(attribute)
        if facts is None:
            known = closest(attribute, variable.attributes)
            fail(raw, told.no_attribute(name, attribute), known)
        if any(isinstance(fact, bool) for fact in facts.values()):
            return s.Member(name, frozenset(v for v, fact in facts.items() if fact is True))
        if any(isinstance(fact, str) for fact in facts.values()):
            fail(raw, told.text_attribute(name, attribute))
        return s.Fact(name, attribute, {value: _fraction(fact) for value, fact in facts.items()})

    def _total(self, raw: Raw) -> s.Node:
        """An attribute, summed over all options that have it."""
        wanted = str(raw.parts[1]).strip('"“”')
        items: list[s.Node] = []
        for name, (attribute, factor) in self.schema.totaled(wanted).items():
            variable = self.schema.variable(name)
            facts = variable.attributes[attribute] if variable else {}
            if any(isinstance(fact, bool | str) for fact in facts.values()):
                fail(raw, told.no_numbers(name, attribute))
            fact = s.Fact(name, attribute, {value: _fraction(f) for value, f in facts.items()})
            items.append(fact if factor == 1 else s.Product((s.Constant(factor), fact)))
        if not items:
            known = [each for v in self.schema.variables for each in v.attributes]
            fail(raw, told.unknown_attribute(wanted), closest(wanted, known))
        return s.Sum(tuple(items))

    def _group(self, raw: Raw) -> s.Node:
        return self.resolve(raw.parts[0])

    # conditions

    def _compare(self, raw: Raw) -> s.Node:
        left, operator, right = raw.parts
        kind = operator.type
        if kind in ("EQ", "NE"):
            node = self._equal(left, right)
            return s.Not(node) if kind == "NE" else node
        if kind in ("GT", "GE"):
            left, right = right, left
        operator = "<" if kind in ("LT", "GT") else "<="
        return s.Compare(operator, self._ordered(left), self._ordered(right))

    def _ordered(self, raw: Raw) -> s.Node:
        node = self.resolve(raw) if raw.kind in ("name", "code") else self.number(raw)
        if isinstance(node, s.Chosen | s.Toggle):
            fail(raw, told.no_order(node.name))
        return self.number(raw)

    def _equal(self, left: Raw, right: Raw) -> s.Node:
        subject = self._subject(left)
        if subject is None and self._subject(right) is not None:
            left, right = right, left
            subject = self._subject(left)
        if subject is not None:
            return self._equals_subject(subject, left, right)
        facts = self._text_facts(left)
        if facts is not None and right.kind in ("code", "name"):
            text = str(right.parts[0]).strip('"“”')
            name = str(left.parts[0]).strip('"“”')
            return s.Member(name, frozenset(v for v, fact in facts.items() if fact == text))
        one, two = self.resolve(left), self.resolve(right)
        if type_of(one) == type_of(two) == "condition":
            return s.Iff(one, two)
        return self._equal_numbers(left, right)

    def _equal_numbers(self, left: Raw, right: Raw) -> s.Node:
        """A measure that does not apply equals nothing, not even 0, in whatever unit."""
        equal = s.Compare("=", self.number(left), self.number(right))
        names = [str(raw.parts[0]).strip('"“”') for raw in (left, right) if id(raw) in self.factors]
        there = [s.Not(s.Member(name, frozenset((NONE,)))) for name in names]
        return s.All((equal, *there)) if there else equal

    def _text_facts(self, raw: Raw) -> dict[Value, Scalar] | None:
        if raw.kind != "attribute":
            return None
        name, attribute = (str(part).strip('"“”') for part in raw.parts)
        variable = self.schema.variable(name)
        facts = variable.attributes.get(attribute) if variable else None
        return dict(facts) if facts and any(isinstance(f, str) for f in facts.values()) else None

    def _subject(self, raw: Raw) -> str | None:
        """The option, text or local name that a comparison is about."""
        if raw.kind not in ("name", "code"):
            return None
        name = str(raw.parts[0]).strip('"“”')
        return name if name and self.schema.known(name) else None

    def _equals_subject(self, name: str, left: Raw, right: Raw) -> s.Node:
        if name in self.schema.texts:
            if right.kind == "code" and str(right.parts[0])[1:-1] == "":
                return s.Compare("=", s.Length(name), s.Constant(Fraction(0)))
            fail(right, told.free_text(name))
        variable = self.schema.variable(name)
        if variable is None or (variable.kind == "number" and not is_none(right)):
            return self._equal_numbers(left, right)
        value = value_of(self.schema, variable, right, optional=True)
        if value is not None:
            return s.Member(name, frozenset((value,)))
        other = self.resolve(right)
        if variable.kind == "toggle" and type_of(other) == "condition":
            return s.Iff(s.Toggle(name), other)
        if variable.kind == "choice" and isinstance(other, s.Chosen):
            if self.schema.variable(other.name) is None:
                fail(right, told.no_choices(other.name))
            return s.Same(name, other.name)
        fail(right, told.not_comparable(name))

    def _member(self, raw: Raw) -> s.Node:
        subject, *rest = raw.parts
        listed = [part for part in rest if isinstance(part, Raw)]
        negated = any(isinstance(part, Token) and part.type in NEGATIONS for part in rest)
        name = self._subject(subject)
        variable = self.schema.variable(name) if name else None
        if variable is not None and variable.kind != "number":
            values = [value_of(self.schema, variable, item) for item in listed]
            node: s.Node = s.Member(variable.name, frozenset(v for v in values if v is not None))
        else:
            node = s.Any(tuple(self._equal(subject, item) for item in listed))
        return s.Not(node) if negated else node

    def _range(self, raw: Raw) -> s.Node:
        subject, *rest = raw.parts
        low, high = (self.number(part) for part in rest if isinstance(part, Raw))
        middle = self._ordered(subject)
        node = s.All((s.Compare("<=", low, middle), s.Compare("<=", middle, high)))
        negated = any(isinstance(part, Token) and part.type in NEGATIONS for part in rest)
        return s.Not(node) if negated else node

    def _conditions(self, raw: Raw) -> tuple[s.Node, ...]:
        return tuple(self.condition(part) for part in raw.parts if isinstance(part, Raw))

    def _iff(self, raw: Raw) -> s.Node:
        left, right = self._conditions(raw)
        return s.Iff(left, right)

    def _requires(self, raw: Raw) -> s.Node:
        if delaying(raw) and raw is self.root:
            return self._delays(raw)
        left, right = self._conditions(raw)
        return s.Any((s.Not(left), right))

    def _delays(self, raw: Raw) -> s.Node:
        """A rule about the day forbids nothing, but it is about what is before “then”."""
        one, other = (part for part in raw.parts if isinstance(part, Raw))
        condition = self.condition(one)
        for case in cases_of(condition):
            names = sorted(s.names_in(case))
            if len(names) != 1:
                on = listed(f"“{name}”" for name in names) if names else _("none")
                fail(one, told.delaying_options(on))
        if int(str(other.parts[1]).split(".")[0]) > MOST_DAYS or "." in str(other.parts[1]):
            fail(other, told.days_whole(MOST_DAYS))
        return s.Any((s.Not(condition), s.Constant(True)))

    def _delivery(self, raw: Raw) -> s.Node:
        fail(raw, told.days_last())

    def _excludes(self, raw: Raw) -> s.Node:
        return s.Not(s.All(self._conditions(raw)))

    def _conditional(self, raw: Raw) -> s.Node:
        if delaying(raw):
            return self._requires(raw)
        then = self.resolve(raw.parts[3])
        if type_of(then) == "number":
            fail(raw, told.else_missing())
        return self._requires(raw)

    def _or(self, raw: Raw) -> s.Node:
        return s.Any(self._conditions(raw))

    def _and(self, raw: Raw) -> s.Node:
        return s.All(self._conditions(raw))

    def _not(self, raw: Raw) -> s.Node:
        return s.Not(self.condition(raw.parts[1]))

    def _quantified(self, raw: Raw) -> s.Node:
        parts = [part for part in raw.parts if isinstance(part, Raw)]
        bound = self.number(parts[0])
        counted = s.Count(tuple(self.condition(part) for part in parts[1:]))
        kind = raw.parts[0].type
        if kind == "AT_MOST":
            return s.Compare("<=", counted, bound)
        if kind == "AT_LEAST":
            return s.Compare("<=", bound, counted)
        return s.Compare("=", counted, bound)

    # numbers

    def _choice(self, raw: Raw) -> s.Node:
        condition, then, otherwise = (part for part in raw.parts if isinstance(part, Raw))
        one, two = self.resolve(then), self.resolve(otherwise)
        if type_of(one) != type_of(two) or "code" in (type_of(one), type_of(two)):
            fail(otherwise, told.both_alike())
        return s.Choose(self.condition(condition), one, two)

    def _sum(self, raw: Raw) -> s.Node:
        items: list[s.Node] = []
        sign = 1
        for part in raw.parts:
            if isinstance(part, Token):
                sign = -1 if part.type == "MINUS" else 1
                continue
            item = self.number(part)
            items.append(item if sign == 1 else s.Product((s.Constant(Fraction(-1)), item)))
        return s.Sum(tuple(items))

    def _product(self, raw: Raw) -> s.Node:
        result = self.number(raw.parts[0])
        for operator, part in zip(raw.parts[1::2], raw.parts[2::2], strict=True):
            item = self.number(part)
            if operator.type == "TIMES":
                before = result.items if isinstance(result, s.Product) else (result,)
                result = s.Product((*before, item))
            elif item == s.Constant(Fraction(0)):
                fail(part, _("This divides by zero."))
            else:
                result = s.Divide(result, item)
        return result

    def _negative(self, raw: Raw) -> s.Node:
        return s.Product((s.Constant(Fraction(-1)), self.number(raw.parts[1])))

    def _call(self, raw: Raw) -> s.Node:
        name = str(raw.parts[0]).lower()
        arguments = [part for part in raw.parts[1:] if part is not None]
        if name not in FUNCTIONS:
            fail(raw, told.no_function(raw.parts[0]), closest(name, FUNCTIONS))
        if len(arguments) < FUNCTIONS[name]:
            fail(raw, told.too_few(name, FUNCTIONS[name]))
        if name == "count":
            return s.Count(tuple(self.condition(part) for part in arguments))
        if name in ("abs", "ceil", "floor", "len") and len(arguments) > 1:
            fail(raw, told.takes_one(name))
        if name == "len":
            return self._length(arguments[0])
        items = tuple(self.number(part) for part in arguments)
        if name == "round" and not (len(items) == 1 or (len(items) == 2 and _is_whole(items[1]))):
            fail(raw, told.round_takes())
        return s.Function(name, items)

    def _length(self, raw: Raw) -> s.Node:
        name = str(raw.parts[0]).strip('"“”') if raw.kind in ("name", "code") else ""
        if name not in self.schema.texts:
            fail(raw, told.len_takes(), closest(name, self.schema.texts))
        return s.Length(name)


def _is_whole(node: s.Node) -> bool:
    if isinstance(node, s.Product) and len(node.items) == 2:
        return node.items[0] == s.Constant(Fraction(-1)) and _is_whole(node.items[1])
    if not isinstance(node, s.Constant) or isinstance(node.value, bool):
        return False
    return node.value.denominator == 1 and abs(node.value) <= 9


def _fraction(fact: Scalar) -> Fraction:
    assert not isinstance(fact, str)
    return Fraction(fact)
