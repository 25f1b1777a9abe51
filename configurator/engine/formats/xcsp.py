"""XCSP 2.1: domains, variables, and tables of supports or conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from configurator.engine.errors import FormatError, ModelError
from configurator.engine.model import Model, Table, Value, Variable, check_model, numbered, whole

MOST_VALUES = 100_000
MOST_TUPLES = 5_000_000


@dataclass(frozen=True)
class _Relation:
    rows: tuple[tuple[Value, ...], ...]
    supports: bool


def read_xcsp(data: bytes) -> Model:
    """The model of an XCSP 2.1 instance; its values become the codes of choices."""
    try:
        root: Any = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise FormatError(f"this is not well-formed XML: {error}.") from None
    except DefusedXmlException:
        raise FormatError("document types and entities are not accepted.") from None
    except (ValueError, LookupError, RecursionError) as error:
        raise FormatError(f"this XML cannot be read: {error}.") from None
    if root.tag != "instance":
        raise FormatError(f"an XCSP file begins with <instance>, not <{root.tag}>.")
    domains = _domains(root)
    variables = tuple(_variable(element, domains) for element in root.iterfind(".//variable"))
    if not variables:
        raise FormatError("there are no variables.")
    relations = _relations(root)
    known = {variable.name: variable for variable in variables}
    tables = [_constraint(element, relations, known) for element in root.iterfind(".//constraint")]
    names = numbered(table.name for table in tables)
    rules = [replace(table, name=name) for table, name in zip(tables, names, strict=True)]
    model = Model(variables, tuple(rules))
    try:
        check_model(model)
    except ModelError as error:
        raise FormatError(str(error)) from None
    return model


def _attribute(element: Any, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise FormatError(f"<{element.tag}> has no attribute “{name}”.")
    return str(value)


def _domains(root: Any) -> dict[str, tuple[str, ...]]:
    domains: dict[str, tuple[str, ...]] = {}
    for element in root.iterfind(".//domain"):
        name = _attribute(element, "name")
        if name in domains:
            raise FormatError(f"the domain “{name}” is defined twice.")
        values: list[str] = []
        for word in (element.text or "").split():
            values.extend(_values(word, name))
            if len(values) > MOST_VALUES:
                raise FormatError(f"the domain “{name}” has more than {MOST_VALUES:,} values.")
        if not values:
            raise FormatError(f"the domain “{name}” has no values.")
        if len(set(values)) != len(values):
            raise FormatError(f"the domain “{name}” has a value twice.")
        domains[name] = tuple(values)
    return domains


def _values(word: str, domain: str) -> list[str]:
    low, dots, high = word.partition("..")
    try:
        if not dots:
            return [str(whole(low))]
        first, last = whole(low), whole(high)
    except ValueError:
        raise FormatError(f"the domain “{domain}” has the value “{word[:40]}”.") from None
    if last - first > MOST_VALUES:
        raise FormatError(f"the domain “{domain}” has more than {MOST_VALUES:,} values.")
    return [str(number) for number in range(first, last + 1)]


def _variable(element: Any, domains: dict[str, tuple[str, ...]]) -> Variable:
    name, domain = _attribute(element, "name"), _attribute(element, "domain")
    if domain not in domains:
        raise FormatError(f"the variable “{name}” has the unknown domain “{domain}”.")
    return Variable(name, domains[domain])


def _relations(root: Any) -> dict[str, _Relation]:
    relations: dict[str, _Relation] = {}
    total = 0
    for element in root.iterfind(".//relation"):
        name, semantics = _attribute(element, "name"), _attribute(element, "semantics")
        if name in relations:
            raise FormatError(f"the relation “{name}” is defined twice.")
        if semantics not in ("supports", "conflicts"):
            raise FormatError(f"the relation “{name}” has the semantics “{semantics}”.")
        text = "".join(element.itertext())
        listed = [row for row in text.split("|") if row.strip()]
        total += len(listed)
        if total > MOST_TUPLES:
            raise FormatError(f"there are more than {MOST_TUPLES:,} tuples.")
        rows = tuple(tuple(row.split()) for row in dict.fromkeys(listed))
        relations[name] = _Relation(rows, semantics == "supports")
    return relations


def _constraint(
    element: Any, relations: dict[str, _Relation], variables: dict[str, Variable]
) -> Table:
    name, reference = _attribute(element, "name"), _attribute(element, "reference")
    scope = tuple(_attribute(element, "scope").split())
    if reference not in relations:
        raise FormatError(
            f"the constraint “{name}” refers to “{reference}”, which is not a relation;"
            " predicates and global constraints are not read."
        )
    for column in scope:
        if column not in variables:
            raise FormatError(f"the constraint “{name}” names the unknown variable “{column}”.")
    relation = relations[reference]
    for number, row in enumerate(relation.rows, start=1):
        if len(row) != len(scope):
            raise FormatError(
                f"tuple {number} of “{reference}” has {len(row)} values, but “{name}” has"
                f" {len(scope)} variables."
            )
    domains = [frozenset(variables[column].values) for column in scope]
    return Table(name, scope, tuple(_inside(relation.rows, domains, reference)), relation.supports)


def _inside(
    rows: tuple[tuple[Value, ...], ...], domains: list[frozenset[Value]], relation: str
) -> Iterator[tuple[Value, ...]]:
    """The tuples whose values the variables have; constraints with other domains may share a
    relation, so others are left out."""
    for row in rows:
        if all(value in domain for value, domain in zip(row, domains, strict=True)):
            yield row
            continue
        try:
            plain = tuple(str(whole(str(value))) for value in row)
        except ValueError:
            shown = " ".join(map(str, row))[:40]
            raise FormatError(f"“{shown}” is not a tuple of numbers in “{relation}”.") from None
        if all(value in domain for value, domain in zip(plain, domains, strict=True)):
            yield plain
