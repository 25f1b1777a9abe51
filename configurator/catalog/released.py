"""A released product in memory: all that the wizard, the orders and the factory read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import formats, translation
from django.utils.translation import gettext

from configurator.catalog import explode, guides, measures, showcases
from configurator.catalog.configuration import Configuration, exact, value_from_json
from configurator.catalog.content import Content
from configurator.catalog.infos import (
    BomLine,
    ChoiceInfo,
    InspirationInfo,
    OperationLine,
    OptionInfo,
    PriceLine,
    QuestionInfo,
    RuleInfo,
    Rush,
    StepInfo,
)
from configurator.catalog.modeling import delays_of, schema_of
from configurator.catalog.texts import Text, say
from configurator.engine import NONE, Choices, Expression, Schema, Value, parse

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace


@dataclass(frozen=True, eq=False)
class ReleasedProduct:
    """A release: its content, read, with its compiled space. Immutable; shared by all requests.

    `picture` is the scene of the import format, with `files` beside: the picture paths that its
    layers name (braces resolved), each with its place under MEDIA_ROOT.
    """

    release_id: UUID
    number: int
    sha: str
    content: Content = field(repr=False)
    space: "AnySpace" = field(repr=False)
    slug: str
    name: Text
    tagline: Text
    description: Text
    currency: str
    tax_rate: Decimal
    base_price: Decimal
    base_days: int
    steps: tuple[StepInfo, ...] = field(repr=False)
    options: dict[str, OptionInfo] = field(repr=False)
    rules: dict[str, RuleInfo] = field(repr=False)
    schema: Schema = field(repr=False)
    picture: dict[str, Any] | None = field(repr=False)

    @classmethod
    def load(
        cls, release_id: UUID, number: int, sha: str, content: Content, space: "AnySpace"
    ) -> "ReleasedProduct":
        """Read the content of a release."""
        product = content["product"]
        schema = schema_of(content)
        steps = tuple(_step(step, content, schema) for step in content["steps"])
        return cls(
            release_id=release_id,
            number=number,
            sha=sha,
            content=content,
            space=space,
            slug=product["slug"],
            name=product["name"],
            tagline=product["tagline"],
            description=product["description"],
            currency=product["currency"],
            tax_rate=Decimal(product["tax_rate"]),
            base_price=Decimal(product["base_price"]),
            base_days=product["base_days"],
            steps=steps,
            options={option.code: option for step in steps for option in step.options},
            rules={rule["code"]: _rule(rule, schema) for rule in content["rules"]},
            schema=schema,
            picture=_picture(content),
        )

    @cached_property
    def rush(self) -> Rush | None:
        """What rush costs; None if it is not offered."""
        said = self.content["product"].get("rush")
        return Rush(**{how: Decimal(much) for how, much in said.items()}) if said else None

    @cached_property
    def guide(self) -> tuple[QuestionInfo, ...]:
        """The questions about needs; none in releases from before there were any."""
        return guides.read(self.content["product"].get("guide", ()), self.schema)

    @cached_property
    def recipe(self) -> explode.Recipe:
        """The parsed formulas of parts and operations."""
        return explode.Recipe(self.content, self.schema)

    @cached_property
    def begun(self) -> Configuration:
        """What the showcase names itself: where customers may begin. Empty without a showcase."""
        return showcases.named(self.content)

    @cached_property
    def showcase(self) -> Configuration:
        """The complete design that the shop shows."""
        return showcases.completed(self.content, self.space)

    @cached_property
    def inspirations(self) -> tuple[InspirationInfo, ...]:
        """The designs that the shop shows besides, to begin with."""
        return tuple(
            InspirationInfo(
                each["code"],
                each["name"],
                each["text"],
                begun := showcases.read_design(self.content, each["design"]),
                showcases.completed_design(begun, self.space),
            )
            for each in self.content.get("inspirations", ())
        )

    def applies(self, code: str, choices: Choices) -> bool:
        """Whether the option applies. While something that decides it is open: no."""
        when = self.options[code].when
        return when is None or _holds(when, choices)

    def texts_of(self, configuration: Configuration) -> dict[str, str]:
        """The texts that count: those of options which apply."""
        return {
            code: text
            for code, text in configuration.texts.items()
            if code in self.options and self.applies(code, configuration.choices)
        }

    def files_of(self, configuration: Configuration) -> dict[str, str]:
        """The files that count: those of options which apply."""
        return {
            code: sha
            for code, sha in configuration.files.items()
            if code in self.options and self.applies(code, configuration.choices)
        }

    def label(self, code: str, value: Value, locale: str) -> str:
        """What `value` of the option is called: a choice's name, yes or no, "900 mm"."""
        option = self.options[code]
        if isinstance(value, str):
            choice = option.choice(value)
            return say(choice.name, locale) if choice else _plain(value)
        with translation.override(locale):
            if isinstance(value, bool):
                return gettext("Yes") if value else gettext("No")
            number = formats.number_format(value, use_l10n=True, force_grouping=False)
        told = f"{number} {option.unit}".strip()
        if measures.in_inches(option.unit):
            return f"{measures.grid_of(option).inches(value)}\u2033 ({told})"
        return told

    def price_lines(self, configuration: Configuration) -> list[PriceLine]:
        """What the complete configuration costs, line by line; sums to the space's total."""
        return explode.price_lines(self, configuration)

    def bom(self, configuration: Configuration) -> list[BomLine]:
        """The parts of the complete configuration; lines of quantity zero are left out."""
        return explode.bom(self, configuration)

    def operations(self, configuration: Configuration) -> list[OperationLine]:
        """The routing of the complete configuration."""
        return explode.operations(self, configuration)

    def lead_days(self, choices: Choices) -> int:
        """The working days from order to dispatch: the base, and the slowest chosen choice."""
        days = (self.delays.get(code, {}).get(value, 0) for code, value in choices.items())
        return self.base_days + max(days, default=0)

    @cached_property
    def delays(self) -> dict[str, dict[Value, int]]:
        """By how many working days values delay the product; see modeling.delays_of."""
        return delays_of(self.content)


def _plain(value: str) -> str:
    return "—" if value == NONE else value


def _holds(when: Expression, choices: Choices) -> bool:
    if any(code not in choices for code in when.references):
        return False
    return bool(when.evaluate(choices))


def _step(step: Content, content: Content, schema: Schema) -> StepInfo:
    files = content["files"]
    options = tuple(_option(option, step["code"], schema, files) for option in step["options"])
    return StepInfo(step["code"], step["name"], step["help"], options)


def _option(option: Content, step: str, schema: Schema, files: Mapping[str, str]) -> OptionInfo:
    megabytes = option["max_megabytes"]
    return OptionInfo(
        code=option["code"],
        step=step,
        name=option["name"],
        help=option["help"],
        kind=option["kind"],
        control=option["control"],
        when=parse(option["when"], schema, want="condition") if option["when"] else None,
        price=option["price"],
        lead_days=option["lead_days"],
        unit=option["unit"],
        minimum=_number(option["minimum"]),
        maximum=_number(option["maximum"]),
        step_size=_number(option["step"]),
        required=option["required"],
        max_length=option["max_length"],
        characters=option["characters"],
        placeholder=option["placeholder"],
        accept=tuple(option["accept"]),
        max_bytes=megabytes * 1024 * 1024 if megabytes else None,
        minimum_pixels=option["minimum_pixels"],
        choices=tuple(_choice(choice, files) for choice in option["choices"]),
    )


def _number(text: str | None) -> int | Decimal | None:
    return None if text is None else exact(Decimal(text))


def _choice(choice: Content, files: Mapping[str, str]) -> ChoiceInfo:
    return ChoiceInfo(
        code=choice["code"],
        name=choice["name"],
        help=choice["help"],
        swatch=choice["swatch"],
        image=files.get(choice["image"], ""),
        price=choice["price"],
        lead_days=choice["lead_days"],
        attributes={name: value_from_json(v) for name, v in choice["attributes"].items()},
    )


def _rule(rule: Content, schema: Schema) -> RuleInfo:
    table = rule["allow"] or rule["forbid"]
    options = (
        frozenset(table["options"])
        if table
        else parse(rule["rule"], schema, want="condition").references
    )
    return RuleInfo(rule["code"], rule["rule"], rule["message"], options)


def _picture(content: Content) -> dict[str, Any] | None:
    picture = content["picture"]
    return {**picture, "files": content["files"]} if picture else None
