"""Messages in the language of whoever reads them."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from configurator.catalog.texts import FALLBACK, say
from configurator.engine.words import Words, rebuilt


def told(message: object) -> str:
    """A message, or one that was kept as JSON, in the language that is active."""
    if isinstance(message, dict):
        message = rebuilt(message)
    if not isinstance(message, Words):
        return str(message)
    template = gettext(message.template) if message.template else ""
    values = {name: _value(value) for name, value in message.values.items()}
    return template % values if values else template


def _value(value: object) -> object:
    if isinstance(value, dict):
        return say(value, get_language() or FALLBACK)
    return told(value) if isinstance(value, Words) else value
