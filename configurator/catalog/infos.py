"""The pieces of a released product, and the lines of its price, parts list and routing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from configurator.catalog.configuration import Configuration
from configurator.catalog.texts import Text
from configurator.engine import Expression, Value

Cut = tuple[Decimal, Decimal | None, Decimal | None]
"""Length, width and thickness in mm; the last two may be absent (a bar, a strap)."""


@dataclass(frozen=True)
class ChoiceInfo:
    """One value of a choice option. `image` is a path under MEDIA_ROOT, or ""."""

    code: str
    name: Text
    help: Text
    swatch: str
    image: str
    price: str  # a number or a formula, net; "" costs nothing
    lead_days: int
    attributes: Mapping[str, Value]


@dataclass(frozen=True)
class OptionInfo:
    """One option; what does not belong to its kind is None, "" or empty."""

    code: str
    step: str
    name: Text
    help: Text
    kind: str  # choice, toggle, number, text, file
    control: str
    when: Expression | None
    price: str
    lead_days: int
    unit: str
    minimum: int | Decimal | None
    maximum: int | Decimal | None
    step_size: int | Decimal | None
    required: bool
    max_length: int | None
    characters: str
    placeholder: Text
    accept: tuple[str, ...]  # of png, jpeg, webp
    max_bytes: int | None
    minimum_pixels: int | None
    choices: tuple[ChoiceInfo, ...]

    def choice(self, code: Value) -> ChoiceInfo | None:
        """The choice with this code."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True)
class StepInfo:
    """A page of the wizard."""

    code: str
    name: Text
    help: Text
    options: tuple[OptionInfo, ...]


@dataclass(frozen=True)
class WantInfo:
    """Values of an option for which an answer speaks, or, below zero, against which."""

    option: str
    values: frozenset[Value]
    points: int
    must: bool


@dataclass(frozen=True)
class ReplyInfo:
    """An answer of the guide, and what it speaks for."""

    code: str
    name: Text
    because: Text
    wants: tuple[WantInfo, ...]


@dataclass(frozen=True)
class QuestionInfo:
    """A question about what a customer needs."""

    code: str
    name: Text
    help: Text
    several: bool
    answers: tuple[ReplyInfo, ...]


@dataclass(frozen=True)
class InspirationInfo:
    """A design that the shop shows, to begin with: as its maker named it, and completed."""

    code: str
    name: Text
    text: Text
    begun: Configuration
    whole: Configuration


@dataclass(frozen=True)
class RuleInfo:
    """A rule and why it holds; `text` is "" for tables of combinations."""

    code: str
    text: str
    message: Text
    options: frozenset[str]  # the codes of the options that it speaks of


@dataclass(frozen=True)
class PriceLine:
    """A line of the price of one unit, net, in the product's currency."""

    code: str
    label: Text
    amount: Decimal


@dataclass(frozen=True)
class BomLine:
    """So much of a part. A line with `cut` stands on the cut list."""

    code: str
    number: str
    name: Text
    quantity: Decimal  # three decimals
    unit: str
    cut: Cut | None
    material: Text
    bin: str
    scrap: Decimal  # what is lost on the way, three decimals
    operation: str  # the code of the operation that uses it; "" is the first one
    lead_days: int


@dataclass(frozen=True)
class OperationLine:
    """A step of the routing; minutes are for one unit.

    `predecessors` are codes of operations that apply. `pictures` are paths under MEDIA_ROOT.
    `reads` are the codes of the options whose change would change it, or the parts used at it.
    """

    code: str
    name: Text
    work_center: str
    work_center_name: Text
    setup_minutes: Decimal
    run_minutes: Decimal
    instructions: Text
    checks: list[Text]
    predecessors: list[str]
    tooling: Text
    pictures: list[str]
    reads: list[str]


@dataclass(frozen=True)
class Rush:
    """What a place among the rush orders costs: so many percent of the net, or a net amount."""

    percent: Decimal | None = None
    amount: Decimal | None = None

    def price(self, net: Decimal) -> Decimal:
        """What it adds, net, to an order of `net`; to the cent, half up."""
        if self.percent is None:
            return self.amount or Decimal(0)
        return (net * self.percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
