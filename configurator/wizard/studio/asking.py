"""Which design a page of pictures shows: the fields of its address, read and written."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from configurator.catalog.configuration import Configuration, value_to_json
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import NONE, Choices, EngineError, Value
from configurator.wizard.entering import read_value, write_value
from configurator.wizard.errors import BadInput, UnknownOption
from configurator.wizard.preview import keep_artwork, open_artwork
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.studio.drafts import Draft, design

CHOICE, TEXT = "c.", "t."
MOST_FIELDS = 60
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Field:
    """An option of the design shown, as a form has it."""

    name: str
    label: str
    kind: str  # choice, number, text
    value: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Shown:
    """The design shown. `asked` is its part of the address, `valid` whether the rules allow it."""

    configuration: Configuration
    view: str
    asked: str
    valid: bool
    fields: tuple[Field, ...]
    views: tuple[tuple[str, str], ...]


def shown(draft: Draft, asked: QueryDict, locale: str) -> Shown:
    """The design that an address asks for; what it names and is not there is passed over."""
    product = draft.product
    assert product is not None
    picked = picked_of(product, asked, locale)
    configuration, valid = design(draft, picked)
    configuration = with_samples(product, configuration, _texts(product, asked), locale)
    views = views_of(draft.content["picture"], locale)
    codes = [code for code, _name in views]
    view = asked.get("view", "")
    view = view if view in codes else next(iter(codes), "")
    return Shown(
        configuration=configuration,
        view=view,
        asked=asked_by(picked, _texts(product, asked), view),
        valid=valid,
        fields=_fields(product, configuration, locale),
        views=views,
    )


def views_of(picture: Any, locale: str) -> tuple[tuple[str, str], ...]:
    """The views of a picture: code and name."""
    views = picture.get("views") or () if isinstance(picture, Mapping) else ()
    return tuple((str(view["code"]), say(view["name"], locale)) for view in views)


def picked_of(product: ReleasedProduct, asked: QueryDict, locale: str) -> dict[str, Value]:
    """The values of choices, toggles and numbers that an address names."""
    picked: dict[str, Value] = {}
    for key in list(asked)[:400]:
        if key.startswith(CHOICE):
            try:
                code = key.removeprefix(CHOICE)
                picked[code] = read_value(product, code, asked.get(key, ""), locale)
            except (BadInput, UnknownOption):
                continue
    return picked


def _texts(product: ReleasedProduct, asked: QueryDict) -> dict[str, str]:
    return {
        code: asked.get(TEXT + code, "")[:LONGEST_TEXT]
        for code, option in product.options.items()
        if option.kind == "text" and TEXT + code in asked
    }


def asked_by(picked: Choices, texts: Mapping[str, str], view: str = "") -> str:
    """The query of an address that shows this."""
    fields = {CHOICE + code: write_value(value) for code, value in picked.items()}
    fields |= {TEXT + code: text for code, text in texts.items()}
    return urlencode({**fields, **({"view": view} if view else {})})


def with_samples(
    product: ReleasedProduct, configuration: Configuration, texts: Mapping[str, str], locale: str
) -> Configuration:
    """With a text for every text option and a picture for every file option that is drawn."""
    uses = scene_of(product).uses
    written, files = dict(configuration.texts), dict(configuration.files)
    for code, option in product.options.items():
        if option.kind == "text" and code in uses:
            written[code] = texts.get(code, written.get(code) or _sample(option, locale))
        elif option.kind == "file" and code in uses:
            files[code] = sample_artwork()
    return replace(configuration, texts=written, files=files)


def _sample(option: OptionInfo, locale: str) -> str:
    said = say(option.placeholder, locale) if option.placeholder else say(option.name, locale)
    return said[: option.max_length or 40]


@lru_cache(maxsize=1)
def _drawn_sample() -> bytes:
    image = Image.new("RGBA", (400, 400))
    draw = ImageDraw.Draw(image)
    draw.ellipse((10, 10, 390, 390), fill=(178, 58, 46), outline=(40, 30, 26), width=12)
    draw.polygon([(200, 60), (330, 300), (70, 300)], fill=(244, 236, 222))
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def sample_artwork() -> str:
    """The hash of a picture that stands for what customers upload."""
    artwork = open_artwork(io.BytesIO(_drawn_sample()))
    keep_artwork(artwork)
    return artwork.sha


def _fields(
    product: ReleasedProduct, configuration: Configuration, locale: str
) -> tuple[Field, ...]:
    """The options on which the picture depends, as far as they apply."""
    uses = scene_of(product).uses
    found: list[Field] = []
    for code, option in product.options.items():
        if code not in uses or option.kind == "file" or len(found) >= MOST_FIELDS:
            continue
        if configuration.choices.get(code) == NONE or not _applies(product, code, configuration):
            continue
        found.append(_field(option, configuration, locale))
    return tuple(found)


def _applies(product: ReleasedProduct, code: str, configuration: Configuration) -> bool:
    try:
        return product.applies(code, configuration.choices)
    except EngineError:
        return True


def _field(option: OptionInfo, configuration: Configuration, locale: str) -> Field:
    label, code = say(option.name, locale), option.code
    if option.kind == "text":
        return Field(TEXT + code, label, "text", configuration.texts.get(code, ""))
    value = write_value(configuration.choices.get(code, ""))
    if option.kind == "number":
        unit = f", {option.unit}" if option.unit else ""
        return Field(CHOICE + code, f"{label}{unit}", "number", value)
    values: tuple[tuple[str, str], ...] = (("yes", _("Yes")), ("no", _("No")))
    if option.kind == "choice":
        values = tuple((each.code, say(each.name, locale)) for each in option.choices)
    return Field(CHOICE + code, label, "choice", value, values)


def plain(configuration: Configuration) -> dict[str, Any]:
    """The choices of a design as JSON."""
    return {code: value_to_json(value) for code, value in configuration.choices.items()}
