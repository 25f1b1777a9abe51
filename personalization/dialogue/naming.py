"""What a talk is about, in words."""

from __future__ import annotations

import json
from uuid import UUID

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import value_from_json
from configurator.catalog.models import Product
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.spaces import CompileError
from configurator.catalog.texts import say
from configurator.engine import EngineError, Value
from personalization.dialogue.models import Thread


def release_of(thread: Thread) -> ReleasedProduct | None:
    """The release that the customer saw, else the live one; None where there is none any more."""
    if thread.line is not None:
        return _released(UUID(str(thread.line.specification.release_id)))
    if thread.design is not None:
        return _released(thread.design.release_id)
    return live(thread.product)


def live(product: Product) -> ReleasedProduct | None:
    try:
        return catalog.live_release(product.slug)
    except (catalog.NoLiveRelease, CompileError, EngineError):
        return None


def _released(release_id: UUID) -> ReleasedProduct | None:
    try:
        return catalog.released(release_id)
    except (catalog.NoLiveRelease, CompileError, EngineError):
        return None


def product_name(thread: Thread, locale: str) -> str:
    found = release_of(thread)
    return say(found.name, locale) if found else str(thread.product.name)


def option_name(thread: Thread, locale: str) -> str:
    """The option's name; its code where it is gone; "" if the talk is about the whole."""
    return name_of(release_of(thread), thread.option, locale)


def name_of(release: ReleasedProduct | None, option: str, locale: str) -> str:
    info = release.options.get(option) if release and option else None
    return say(info.name, locale) if info else option


def value_name(thread: Thread, locale: str) -> str:
    return label_of(release_of(thread), thread.option, thread.value, locale)


def label_of(release: ReleasedProduct | None, option: str, text: str, locale: str) -> str:
    """A value that is kept as a text, as it is called."""
    if release is None or option not in release.options or not text:
        return text
    if choice := release.options[option].choice(text):
        return say(choice.name, locale)
    try:
        return release.label(option, value_of(text), locale)
    except (KeyError, ValueError):
        return text


def text_of(value: Value) -> str:
    """A value as the text by which it is kept: a code as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, default=str)


def value_of(text: str) -> Value:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return value_from_json(found) if isinstance(found, bool | int | float) else text
