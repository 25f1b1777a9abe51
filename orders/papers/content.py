"""A frozen specification, read for paper: every text in one language, cleaned for print.

The specification's JSON is described in docs/factory.md. Reading is lenient where paper can be: a
text that is missing in the language is printed in another, never left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from configurator.catalog.texts import say
from orders.papers import tongues
from orders.papers.text import clean
from orders.papers.tongues import gettext as _

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """One decision: what was asked, what was chosen, and the color of its swatch ("" = none)."""

    name: str
    label: str
    swatch: str = ""
    off: bool = False


@dataclass(frozen=True)
class StepChoices:
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Writing:
    """A text to put on the product: in `font` (a file's stem), capitals so many `millimeters` high.

    "" and None where that is not known.
    """

    name: str
    text: str
    font: str = ""
    millimeters: float | None = None


@dataclass(frozen=True)
class Picture:
    """Uploaded artwork: pixels, and the box in millimeters it is to fill (None: unknown).

    `reference` says how it is placed in the box, too; `inks` are the most colors, 0 any number.
    """

    name: str
    sha: str
    pixels: tuple[int, int]
    box: tuple[float, float] | None = None
    reference: str = ""
    inks: int = 0
    option: str = ""


@dataclass(frozen=True)
class PriceLine:
    label: str
    amount: Decimal


@dataclass(frozen=True)
class Content:
    """What the papers say about one specification. Prices are net, in `currency`."""

    product: str
    release: int
    currency: str
    tax_rate: Decimal
    steps: tuple[StepChoices, ...]
    writings: tuple[Writing, ...]
    pictures: tuple[Picture, ...]
    prices: tuple[PriceLine, ...]
    net: Decimal


def read(content: Json, locale: str) -> Content:
    """The specification's JSON in the language `locale`."""
    product = content.get("product", {})
    return Content(
        product=spoken(product.get("name", ""), locale),
        release=int(content.get("release", {}).get("number", 0)),
        currency=str(product.get("currency", "")),
        tax_rate=Decimal(str(product.get("tax_rate", "0"))),
        steps=tuple(_steps(content.get("choices", ()), locale)),
        writings=tuple(_writing(item, locale) for item in content.get("texts", ())),
        pictures=tuple(_picture(item, locale) for item in content.get("files", ())),
        prices=tuple(
            PriceLine(spoken(line.get("label", ""), locale), Decimal(str(line["amount"])))
            for line in content.get("prices", ())
        ),
        net=Decimal(str(content.get("net", "0"))),
    )


def spoken(text: Any, locale: str, between: str = tongues.SLASH) -> str:
    """A text of the catalog (by language, or plain) in the language or the two in use, cleaned."""
    if not isinstance(text, Mapping):
        return clean(str(text or ""))
    other = tongues.second()
    said = clean(say(text, locale))
    return tongues.both(said, clean(say(text, other)), between) if other else said


def _steps(items: Iterable[Json], locale: str) -> Iterable[StepChoices]:
    steps: dict[str, tuple[str, list[Choice]]] = {}
    for item in items:
        if item.get("value") == "none" and not item.get("label"):
            continue  # the option does not apply
        code = str(item.get("step", ""))
        step = steps.setdefault(code, (spoken(item.get("step_name", code), locale), []))
        step[1].append(_choice(item, locale))
    return (StepChoices(name, tuple(choices)) for name, choices in steps.values())


def _choice(item: Json, locale: str) -> Choice:
    value = item.get("value")
    label = spoken(item.get("label", ""), locale)
    if isinstance(value, bool):
        label = _("Yes") if value else _("No")
    elif not label:
        label = clean(str(value))
    name = spoken(item.get("name", ""), locale) or clean(str(item.get("option", "")))
    return Choice(name, label, str(item.get("swatch") or ""), off=value is False)


def _writing(item: Json, locale: str) -> Writing:
    size = item.get("millimeters")
    return Writing(
        name=spoken(item.get("name", ""), locale),
        text=clean(str(item.get("text", ""))),
        font=str(item.get("stem") or ""),
        millimeters=float(size) if size else None,
    )


def _picture(item: Json, locale: str) -> Picture:
    box = item.get("box")
    return Picture(
        name=spoken(item.get("name", ""), locale),
        sha=str(item.get("sha", "")),
        pixels=(int(item.get("width") or 0), int(item.get("height") or 0)),
        box=(float(box[0]), float(box[1])) if box else None,
        reference=str(item.get("reference") or item.get("sha", "")),
        inks=int(item.get("inks") or 0),
        option=str(item.get("option", "")),
    )
