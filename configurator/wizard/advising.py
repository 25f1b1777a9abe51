"""What others chose, told while one designs: a room above knows it, and says so through a port.

It is asked with the choices made so far and nothing about who makes them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.catalog.configuration import Configuration
from configurator.catalog.opinions import Opinion
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import NONE, Value
from configurator.wizard.entering import read_value, write_value
from configurator.wizard.errors import Refused
from configurator.wizard.limits import FREE, Bounds
from configurator.wizard.option_views import HintView, OptionView
from configurator.wizard.valuing import DEFAULT, OPEN

if TYPE_CHECKING:
    from configurator.wizard.screen import Screen

ADVISED = ("choice", "toggle", "number")


@dataclass(frozen=True)
class Advice:
    """The likeliest value, and a fact that stands for it: `share` of a hundred, of so many
    customers who also have `chosen` as their `option`; of all, if that is "".

    `passed` is what more have chosen, and are not happy with; `opinion` what they say of it."""

    value: Value
    share: int
    among: int
    option: str = ""
    chosen: Value = NONE
    passed: Value = NONE
    opinion: Opinion | None = None


class Adviser(Protocol):
    """What a room above knows about a product. All is asked with a state of a design."""

    def knows(self, product: ReleasedProduct) -> bool:
        """Whether designs can be finished as others did."""
        ...

    def advice(
        self,
        product: ReleasedProduct,
        configuration: Configuration,
        option: str,
        values: Collection[Value],
    ) -> Advice | None:
        """The likeliest of these values; None where too few have chosen alike to tell."""
        ...

    def whole(
        self, product: ReleasedProduct, configuration: Configuration, bounds: Bounds
    ) -> Configuration | None:
        """A complete design that keeps the configuration, as others went on from there; within
        the bounds if one is. None where nothing is known."""
        ...


_advisers: list[Adviser] = []


def advised_by(adviser: Adviser) -> None:
    """Say who knows what others chose; the last one counts."""
    _advisers[:] = [adviser]


def knows(product: ReleasedProduct) -> bool:
    return bool(_advisers) and _advisers[0].knows(product)


def whole(
    product: ReleasedProduct, configuration: Configuration, bounds: Bounds = FREE
) -> Configuration | None:
    """A whole design as others went on."""
    return _advisers[0].whole(product, configuration, bounds) if _advisers else None


def with_hint(screen: Screen, view: OptionView) -> OptionView:
    """The option with what others chose, as long as it is open."""
    if not _advisers or view.state != DEFAULT or view.locked:
        return view
    option = screen.product.options[view.code]
    if option.kind not in ADVISED:
        return view
    values = _choosable(screen, view)
    if len(values) < 2:
        return view
    advice = _advisers[0].advice(screen.product, screen.configuration, view.code, values)
    return view if advice is None else replace(view, hint=_told(screen, view.code, advice))


def _choosable(screen: Screen, view: OptionView) -> list[Value]:
    """The values that can be chosen at once, within the limits, without letting anything go."""
    valuer = screen.valuer
    if view.number:
        answer = valuer.within if valuer.fits else valuer.answer
        return [v for v, yes in answer.possible[view.code].items() if yes and v != NONE]
    return [
        value
        for shown in view.values
        if shown.state in (OPEN, DEFAULT) and not shown.gone and not shown.over
        for value in _read(screen, view.code, shown.post)
    ]


def _read(screen: Screen, code: str, post: str) -> tuple[Value, ...]:
    try:
        return (read_value(screen.product, code, post, "en"),)
    except Refused:
        return ()


def _told(screen: Screen, code: str, advice: Advice) -> HintView:
    product, locale = screen.product, screen.locale
    value = product.label(code, advice.value, locale)
    because = why(product, advice, locale)
    if advice.opinion is not None:
        because = f"{because} · {_passed(product, code, advice, locale)}"
    return HintView(write_value(advice.value), value, because)


def _passed(product: ReleasedProduct, code: str, advice: Advice, locale: str) -> str:
    """Why what more have chosen is not recommended."""
    assert advice.opinion is not None
    return ngettext(
        "more chose “%(value)s”, but it has %(stars)s of 5 stars from %(count)s customer",
        "more chose “%(value)s”, but it has %(stars)s of 5 stars from %(count)s customers",
        advice.opinion.count,
    ) % {
        "value": product.label(code, advice.passed, locale),
        "stars": number_format(advice.opinion.mean, 1),
        "count": advice.opinion.count,
    }


def why(product: ReleasedProduct, advice: Advice, locale: str) -> str:
    """The fact in words: "71% of 34 customers with Frame: Titanium"."""
    facts = {"share": advice.share, "count": advice.among}
    if not advice.option:
        return (
            ngettext(
                "%(share)s%% of %(count)s customer chose it",
                "%(share)s%% of %(count)s customers chose it",
                advice.among,
            )
            % facts
        )
    name = say(product.options[advice.option].name, locale)
    chosen = _("%(option)s: %(value)s") % {
        "option": name,
        "value": product.label(advice.option, advice.chosen, locale),
    }
    return ngettext(
        "%(share)s%% of %(count)s customer with “%(chosen)s” chose it",
        "%(share)s%% of %(count)s customers with “%(chosen)s” chose it",
        advice.among,
    ) % {**facts, "chosen": chosen}
