"""A complete configuration exploded: its price, its parts and its operations, all exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from configurator.catalog.braces import NAMED, filled
from configurator.catalog.configuration import Configuration
from configurator.catalog.content import Content, options_of
from configurator.catalog.infos import BomLine, Cut, OperationLine, PriceLine
from configurator.catalog.modeling import BASE, price_name
from configurator.catalog.routing import predecessors
from configurator.catalog.texts import FALLBACK, Text, compose, say
from configurator.engine import NONE, Expression, Schema, Value, parse

if TYPE_CHECKING:
    from configurator.catalog.released import ReleasedProduct

CUTS = ("length", "width", "thickness")


@dataclass(frozen=True)
class PartFormulas:
    when: Expression | None
    quantity: Expression
    cut: tuple[Expression | None, ...]

    @property
    def reads(self) -> frozenset[str]:
        """The options and texts that its formulas read."""
        return _read_by(self.when, self.quantity, *self.cut)


@dataclass(frozen=True)
class OperationFormulas:
    when: Expression | None
    setup_minutes: Expression
    run_minutes: Expression

    @property
    def reads(self) -> frozenset[str]:
        """The options and texts that its formulas read."""
        return _read_by(self.when, self.setup_minutes, self.run_minutes)


class Recipe:
    """The formulas of a product's parts and operations, parsed once."""

    def __init__(self, content: Content, schema: Schema) -> None:
        def number(text: str) -> Expression:
            return parse(text, schema, want="number")

        def condition(text: str) -> Expression | None:
            return parse(text, schema, want="condition") if text else None

        self.parts = [
            PartFormulas(
                condition(part["when"]), number(part["quantity"]), _cut_formulas(part, number)
            )
            for part in content["parts"]
        ]
        self.content = content
        self._reads: dict[tuple[str, bool], list[str]] = {}
        self.operations = [
            OperationFormulas(
                condition(operation["when"]),
                number(operation["setup_minutes"]),
                number(operation["run_minutes"]),
            )
            for operation in content["operations"]
        ]

    @cached_property
    def _known(self) -> set[str]:
        return {option["code"] for option in options_of(self.content)}

    def reads(self, code: str, *, first: bool) -> list[str]:
        """The options on which the operation depends, or a part that is used at it.

        Parts that name no operation are used at the first one that applies.
        """
        if (code, first) not in self._reads:
            found = self._read_at(code) | (self._read_at("") if first else set())
            self._reads[code, first] = sorted(found & self._known)
        return self._reads[code, first]

    def _read_at(self, code: str) -> set[str]:
        """What the operation with this code reads, and the parts that name it."""
        operations, parts = self.content["operations"], self.content["parts"]
        places = [index for index, each in enumerate(operations) if each["code"] == code]
        used = [index for index, each in enumerate(parts) if each.get("operation", "") == code]
        return set[str]().union(
            *(self.read_by_operation(index) for index in places),
            *(self.read_by_part(index) for index in used),
        )

    def read_by_operation(self, index: int) -> set[str]:
        """The options that its formulas read, and that its texts and pictures name."""
        return {*self.operations[index].reads} | _named_in(self.content["operations"][index])

    def read_by_part(self, index: int) -> set[str]:
        """The options that its formulas read, and the one that gives its material."""
        return {*self.parts[index].reads} | {
            say(self.content["parts"][index]["material"], FALLBACK)
        }


def _named_in(operation: Content) -> set[str]:
    """The options that its texts and pictures name in braces."""
    texts = [operation["instructions"], operation.get("tooling", {}), *operation["checks"]]
    words = [each for text in texts for each in text.values()]
    return {
        name for each in (*words, *operation.get("pictures", ())) for name in NAMED.findall(each)
    }


def _read_by(*formulas: Expression | None) -> frozenset[str]:
    return frozenset[str]().union(*(each.references for each in formulas if each is not None))


def _cut_formulas(
    part: Content, number: Callable[[str], Expression]
) -> tuple[Expression | None, ...]:
    cut = part["cut"] or {}
    return tuple(number(cut[side]) if cut.get(side) else None for side in CUTS)


def rounded(number: Any, places: str) -> Decimal:
    """An exact number of a formula, rounded half up to the places of `places` ("0.001")."""
    exact = Fraction(number)
    unit = Fraction(places)
    units = exact / unit
    whole = int(abs(units) + Fraction(1, 2))
    return (Decimal(whole if units >= 0 else -whole) * Decimal(places)).quantize(
        Decimal(places), ROUND_HALF_UP
    )


def environment(product: ReleasedProduct, configuration: Configuration) -> Mapping[str, Value]:
    """What formulas see: all choices, and the texts that apply ("" for the others)."""
    texts = product.texts_of(configuration)
    empty = {code: "" for code, option in product.options.items() if option.kind == "text"}
    return {**configuration.choices, **empty, **texts}


def price_lines(product: ReleasedProduct, configuration: Configuration) -> list[PriceLine]:
    """The terms that cost something, in catalog order."""
    amounts = product.space.term_amounts(configuration.choices, product.texts_of(configuration))
    labels = _price_labels(product)
    return [
        PriceLine(name, labels[name], Decimal(amount).scaleb(-2))
        for name, amount in amounts.items()
        if amount
    ]


@lru_cache(maxsize=64)
def _price_labels(product: ReleasedProduct) -> dict[str, Text]:
    labels: dict[str, Text] = {BASE: product.name}
    for code, option in product.options.items():
        labels[code] = option.name
        for choice in option.choices:
            labels[f"{code}.{choice.code}"] = _pair(option.name, choice.name)
    for price in product.content["prices"]:
        labels[price_name(price["code"])] = price["label"]
    return labels


def _pair(name: Text, value: Text) -> Text:
    return compose(lambda locale: f"{say(name, locale)}: {say(value, locale)}")


def bom(product: ReleasedProduct, configuration: Configuration) -> list[BomLine]:
    """One line a part whose condition holds and whose quantity is not zero."""
    values = environment(product, configuration)
    applying = _applying(product, values)
    lines = []
    for part, formulas in zip(product.content["parts"], product.recipe.parts, strict=True):
        if formulas.when is not None and not formulas.when.evaluate(values):
            continue
        quantity = rounded(formulas.quantity.evaluate(values), "0.001")
        if quantity:
            lines.append(
                BomLine(
                    code=part["code"],
                    number=part["number"],
                    name=part["name"],
                    quantity=quantity,
                    unit=part["unit"],
                    cut=_cut(formulas, values),
                    material=_material(product, configuration, part["material"]),
                    bin=part["bin"],
                    scrap=rounded(
                        Fraction(quantity) * Fraction(part.get("scrap", 0)) / 100, "0.001"
                    ),
                    operation=part["operation"] if part.get("operation") in applying else "",
                    lead_days=part.get("lead_days", 0),
                )
            )
    return lines


def _applying(
    product: ReleasedProduct, values: Mapping[str, Value]
) -> dict[str, OperationFormulas]:
    """The operations that apply, by code, in the order of the routing."""
    pairs = zip(product.content["operations"], product.recipe.operations, strict=True)
    return {
        operation["code"]: formulas
        for operation, formulas in pairs
        if formulas.when is None or formulas.when.evaluate(values)
    }


def _cut(formulas: PartFormulas, values: Mapping[str, Value]) -> Cut | None:
    length, width, thickness = (
        None if side is None else rounded(side.evaluate(values), "0.1") for side in formulas.cut
    )
    return None if length is None else (length, width, thickness)


def _material(product: ReleasedProduct, configuration: Configuration, material: Text) -> Text:
    """What the chosen value of the option is called, or the text itself."""
    code = say(material, FALLBACK)
    if code not in configuration.choices:
        return material
    value = configuration.choices[code]
    return compose(lambda locale: product.label(code, value, locale))


def operations(product: ReleasedProduct, configuration: Configuration) -> list[OperationLine]:
    """One line an operation whose condition holds."""
    values = environment(product, configuration)
    applying = _applying(product, values)
    before = predecessors(product.content["operations"], applying)
    first = next(iter(applying), "")

    def filled_in(text: Text) -> Text:
        return _filled(product, configuration, text)

    return [
        OperationLine(
            code=code,
            name=operation["name"],
            work_center=operation["work_center"],
            work_center_name=operation["work_center_name"],
            setup_minutes=rounded(applying[code].setup_minutes.evaluate(values), "0.1"),
            run_minutes=rounded(applying[code].run_minutes.evaluate(values), "0.1"),
            instructions=filled_in(operation["instructions"]),
            checks=[filled_in(check) for check in operation["checks"]],
            predecessors=before[code],
            tooling=filled_in(operation.get("tooling", {})),
            pictures=_pictures(product, operation, values),
            reads=product.recipe.reads(code, first=code == first),
        )
        for operation in product.content["operations"]
        if (code := operation["code"]) in applying
    ]


def _pictures(
    product: ReleasedProduct, operation: Content, values: Mapping[str, Value]
) -> list[str]:
    """The operation's picture files; one that names an option which does not apply is left out."""
    found = []
    for template in operation.get("pictures", ()):
        if all(values[name] != NONE for name in NAMED.findall(template)):
            found.append(product.content["files"].get(filled(template, values), ""))
    return [place for place in found if place]


def _filled(product: ReleasedProduct, configuration: Configuration, text: Text) -> Text:
    """`text` with every {option} replaced by what was decided for it, once a language."""

    def told(locale: str) -> str:
        return NAMED.sub(
            lambda found: _decided(product, configuration, found[1], locale), say(text, locale)
        )

    return compose(told) if text else {}


def _decided(product: ReleasedProduct, configuration: Configuration, code: str, locale: str) -> str:
    if code in configuration.choices:
        return product.label(code, configuration.choices[code], locale)
    if code in product.options and not product.applies(code, configuration.choices):
        return "—"
    return configuration.texts.get(code, "—") or "—"
