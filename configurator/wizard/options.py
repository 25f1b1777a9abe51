"""Options of a design made into what a page shows of them (option_views.py)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from configurator.catalog import measures
from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import ChoiceInfo, OptionInfo
from configurator.catalog.placements import sha_of
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import NONE, Answer, Value
from configurator.wizard.entering import DEFAULT_LENGTH, write_value
from configurator.wizard.gaps import ranges_words
from configurator.wizard.limits import FREE, knows_prices
from configurator.wizard.option_views import (
    Entered,
    FileView,
    NumberView,
    OptionView,
    TextView,
    ValueView,
)
from configurator.wizard.placing_view import placing_view
from configurator.wizard.preview import missing_glyphs
from configurator.wizard.telling import characters_words
from configurator.wizard.typeface import font_of
from configurator.wizard.valuing import (
    BLOCKED,
    CHOSEN,
    DEFAULT,
    OPEN,
    Valuer,
    Worth,
    days_words,
    over_words,
)
from configurator.wizard.writing import writing_view

MOST_MARKS = 500
"""A number with more values than this gets no price for each."""
MANY_CHIPS = 24
"""More values than this, without pictures, become a list."""


@dataclass(frozen=True)
class Builder:
    """Makes the views of options for one state of a design."""

    valuer: Valuer
    locale: str
    priced: bool
    thumbs: frozenset[str]  # options whose values have pictures
    entered: Entered | None = None
    locked: Mapping[str, str] = field(default_factory=dict)  # why, by the option's code

    @property
    def product(self) -> ReleasedProduct:
        return self.valuer.product

    @property
    def configuration(self) -> Configuration:
        return self.valuer.configuration

    @property
    def whole(self) -> Configuration:
        return self.valuer.whole

    @property
    def answer(self) -> Answer:
        return self.valuer.answer

    def view(self, option: OptionInfo) -> OptionView:
        """The view of an option which applies."""
        if option.code in self.locked:
            return self._locked(option)
        parts = {"number": self._number, "text": self._text, "file": self._file}
        control, state = control_of(option, option.code in self.thumbs), self.state(option)
        failed = self.entered if self.entered and self.entered.option == option.code else None
        return OptionView(
            code=option.code,
            name=say(option.name, self.locale),
            help=say(option.help, self.locale),
            control=control,
            state=state,
            said=self.said(option),
            required=option.required,
            values=self._values(option) if option.kind in ("choice", "toggle") else (),
            error=failed.message if failed else "",
            entered=self._as_entered(option, failed.text) if failed else "",
            asked=failed.asked if failed else "",
            **{option.kind: parts[option.kind](option)} if option.kind in parts else {},  # type: ignore[arg-type]
        )

    def _locked(self, option: OptionInfo) -> OptionView:
        """Only to be read: what it is, and why it stays so."""
        return OptionView(
            code=option.code,
            name=say(option.name, self.locale),
            help="",
            control="locked",
            state=CHOSEN,
            said=self.said(option) or self._given(option),
            required=False,
            values=(),
            error="",
            entered="",
            asked="",
            locked=self.locked[option.code],
        )

    def _given(self, option: OptionInfo) -> str:
        """What is said of a file, or of what was left empty."""
        there = option.kind == "file" and self.configuration.files.get(option.code)
        return _("your picture") if there else _("left open")

    def state(self, option: OptionInfo) -> str:
        """chosen, forced (only one value is left) or default (nothing decided)."""
        code, now = option.code, self.configuration
        if code in now.choices or now.texts.get(code) or now.files.get(code):
            return CHOSEN
        possible = self.answer.possible.get(code)
        if possible and sum(possible.values()) == 1:
            return "forced"
        return DEFAULT

    def said(self, option: OptionInfo) -> str:
        """What is decided for the option, or would be by default, in words."""
        if option.kind == "text":
            return self.configuration.texts.get(option.code, "")
        if option.kind == "file":
            return ""
        value = self.whole.choices.get(option.code, NONE)
        return "" if value == NONE else self.product.label(option.code, value, self.locale)

    def _values(self, option: OptionInfo) -> tuple[ValueView, ...]:
        if option.kind == "toggle":
            return tuple(self._value(option, value, None) for value in (True, False))
        return tuple(self._value(option, choice.code, choice) for choice in option.choices)

    def _value(self, option: OptionInfo, value: Value, choice: ChoiceInfo | None) -> ValueView:
        worth = self.valuer.worth(option.code, value)
        differs = worth.state not in (CHOSEN, BLOCKED)
        return ValueView(
            post=write_value(value),
            name=say(choice.name, self.locale) if choice else "",
            help=say(choice.help, self.locale) if choice else "",
            swatch=choice.swatch if choice else "",
            thumb=option.code in self.thumbs and option.control == "cards",
            state=worth.state,
            difference=self._told(worth.more) if differs and not worth.unpriced else "",
            cheaper=worth.more < 0,
            gone=tuple(say(self.product.options[name].name, self.locale) for name in worth.gone),
            days=days_words(worth.days) if differs else "",
            sooner=worth.days < 0,
            over=over_words(worth.over) if differs else "",
            unpriced=differs and worth.unpriced and self.priced,
        )

    def _told(self, more: int) -> str:
        return self.valuer.tariff.difference(more, self.locale) if self.priced else ""

    def _number(self, option: OptionInfo) -> NumberView:
        value = self.whole.choices.get(option.code, option.minimum or 0)
        failed = self.entered is not None and self.entered.option == option.code
        compared = knows_prices(self.product)
        return NumberView(
            value=plain(value),
            minimum=plain(option.minimum or 0),
            maximum=plain(option.maximum or 0),
            step=plain(option.step_size or 1),
            unit=option.unit,
            marks=self._marks(option.code),
            currency=self.valuer.tariff.currency if self.priced and compared else "",
            unpriced=self.priced and not compared,
            nearest=self._nearest(option) if failed else (),
            share=_share(option, value),
            possible=ranges_words(option, self.answer.possible[option.code], self.locale),
            **self._measured(option, value),
        )

    def _measured(self, option: OptionInfo, value: Value) -> dict[str, Any]:
        """What is shown in inches, for who measures so; and whether one may."""
        low, high = option.minimum or 0, option.maximum or 0
        ends = (plain(low), f"{plain(high)} {option.unit}".strip())
        factor = str(measures.LENGTHS.get(option.unit, ""))
        if not measures.in_inches(option.unit) or isinstance(value, str):
            return {"ends": ends, "factor": factor}
        grid = measures.grid_of(option)
        ends = (f"{grid.inches(low)}\u2033", f"{grid.inches(high)}\u2033")
        return {"ends": ends, "factor": factor, "inches": grid.inches(value)}

    def _as_entered(self, option: OptionInfo, text: str) -> str:
        """What was entered, to be shown again: a bare number is in the option's own unit."""
        number = _decimal(text) if measures.in_inches(option.unit) else None
        return text if number is None else f"{text} {option.unit}"

    def _marks(self, code: str) -> str:
        possible = self.answer.possible[code]
        if len(possible) > MOST_MARKS:
            return "[]"
        worths = [
            (float(value), self._mark(code, value) if able else None)
            for value, able in possible.items()
            if not isinstance(value, str)
        ]
        marks = [
            [value, None] if worth is None else [value, worth.more, *([1] if worth.over else [])]
            for value, worth in worths
        ]
        return json.dumps(marks, separators=(",", ":"))

    def _mark(self, code: str, value: Value) -> Worth:
        """What a number would mean; not what it would cost where that is worked out for each."""
        known = knows_prices(self.product) or self.valuer.bounds != FREE
        return self.valuer.worth(code, value) if known else Worth(OPEN)

    def _nearest(self, option: OptionInfo) -> tuple[ValueView, ...]:
        """The possible values next to the one that was entered, below and above."""
        wanted = self._wanted(option)
        able = [v for v, yes in self.answer.possible[option.code].items() if yes and v != NONE]
        numbers = sorted(Decimal(value) for value in able if not isinstance(value, str))
        if wanted is None or not numbers:
            return ()
        below = [number for number in numbers if number < wanted][-1:]
        above = [number for number in numbers if number > wanted][:1]
        return tuple(
            ValueView(
                post=plain(number),
                name=self.product.label(option.code, number, self.locale),
                help="",
                swatch="",
                thumb=False,
                state=OPEN,
                difference="",
                cheaper=False,
            )
            for number in (*below, *above)
        )

    def _wanted(self, option: OptionInfo) -> Decimal | None:
        """The number that was entered, in the option's own unit."""
        entered = self.entered.text if self.entered else ""
        if found := measures.read(entered, option.unit):
            length = found[0] / measures.LENGTHS[option.unit]
            return Decimal(length.numerator) / Decimal(length.denominator)
        return _decimal(entered)

    def _text(self, option: OptionInfo) -> TextView:
        failed = self.entered if self.entered and self.entered.option == option.code else None
        text = self.configuration.texts.get(option.code, "")
        shown = failed.text if failed else text
        written = writing_view(self.product, self.whole, option, shown, self.locale)
        return TextView(
            value=text,
            limit=option.max_length or DEFAULT_LENGTH,
            allowed=characters_words(option.characters),
            placeholder=say(option.placeholder, self.locale),
            unwritable=bool(written.missing),
            written=written,
        )

    def _file(self, option: OptionInfo) -> FileView:
        formats = option.accept or ("png", "jpeg", "webp")
        reference = self.configuration.files.get(option.code, "")
        failed = self.entered if self.entered and self.entered.option == option.code else None
        return FileView(
            sha=sha_of(reference),
            accept=",".join(f"image/{name}" for name in formats),
            formats=", ".join(name.upper() for name in formats),
            megabytes=(option.max_bytes or 0) // (1024 * 1024),
            pixels=option.minimum_pixels or 0,
            placing=placing_view(
                self.product,
                self.whole,
                option.code,
                reference,
                self.locale,
                failed.text if failed else "",
            )
            if reference
            else None,
        )


def control_of(option: OptionInfo, pictured: bool) -> str:
    """The control that fits: the catalog's, unless it has nothing to show in it."""
    if option.kind != "choice":
        return {"toggle": "switch", "number": "slider"}.get(option.kind, option.kind)
    shown = pictured or any(choice.swatch or choice.help for choice in option.choices)
    if option.control == "swatches":
        return "swatches" if any(choice.swatch for choice in option.choices) else "segmented"
    if option.control == "cards" and not shown:
        return "select" if len(option.choices) > MANY_CHIPS else "segmented"
    if option.control == "segmented" and len(option.choices) > MANY_CHIPS:
        return "select"
    return option.control if option.control in ("cards", "segmented", "select") else "segmented"


def unwritable(
    product: ReleasedProduct, code: str, choices: Mapping[str, Value], text: str
) -> list[str]:
    """The characters of a text that the typeface in which it is set does not have."""
    font = font_of(product, code, choices)
    return missing_glyphs(font, text) if font and text else []


def _share(option: OptionInfo, value: Value) -> int:
    """How long a value is drawn, in percent of the longest."""
    if isinstance(value, str) or not option.maximum:
        return 0
    least = min(Decimal(option.minimum or 0), Decimal(0))
    return max(2, round(100 * (Decimal(value) - least) / (Decimal(option.maximum) - least)))


def plain(value: Value) -> str:
    """A number as an input element has it: no exponent, a point."""
    return f"{Decimal(value):f}" if not isinstance(value, str) else "0"


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None
