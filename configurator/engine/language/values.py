"""The values of options as they are written beside them: codes, yes and no, numbers."""

from __future__ import annotations

from typing import NoReturn

from configurator.engine.errors import ExpressionError
from configurator.engine.language.grammar import Raw
from configurator.engine.language.schema import Schema, closest, code_value, codes
from configurator.engine.model import NONE, Value, Variable
from configurator.engine.words import Words as _

TRUE = ("yes", "true", "on")
FALSE = ("no", "false", "off")
MOST_NAMED = 12


def fail(raw: Raw, message: str, suggestion: str = "") -> NoReturn:
    """Refuse what is written at a place."""
    raise ExpressionError(message, raw.line, raw.column, suggestion)


def is_none(raw: Raw) -> bool:
    return raw.kind in ("name", "code") and str(raw.parts[0]).strip('"“”') == NONE


def value_of(
    schema: Schema, variable: Variable, raw: Raw, *, optional: bool = False
) -> Value | None:
    """The value that is written in `raw`; None when it could be another expression."""
    word = _word(raw)
    if word == NONE and variable.kind != "toggle":
        return NONE
    if variable.kind == "toggle":
        return _toggle_value(schema, variable, raw, word, optional)
    found = code_value(variable, word) if word is not None else None
    if found is not None or (optional and word is None):
        return found
    if optional and word is not None and schema.known(word):
        return None
    if word is None:
        fail(raw, _("A code of “%(name)s” is expected here.", name=variable.name))
    message, known = (
        _("“%(name)s” has no choice “%(word)s”.", name=variable.name, word=word),
        codes(variable),
    )
    suggestion = closest(word, known)
    if not suggestion and 0 < len(known) <= MOST_NAMED:
        message += _(" There are: %(words)s.", words=", ".join(known))
    fail(raw, message, suggestion)


def _toggle_value(
    schema: Schema, variable: Variable, raw: Raw, word: str | None, optional: bool
) -> Value | None:
    if word is not None and word.lower() in TRUE + FALSE:
        return word.lower() in TRUE
    if optional and (word is None or schema.known(word)):
        return None
    fail(raw, _("“%(name)s” is either yes or no.", name=variable.name))


def _word(raw: Raw) -> str | None:
    if raw.kind == "code":
        return str(raw.parts[0])[1:-1]
    if raw.kind == "name" or (raw.kind == "number" and len(raw.parts) == 1):
        return str(raw.parts[0])
    if raw.kind == "negative" and raw.parts[1].kind == "number":
        return "-" + str(raw.parts[1].parts[0])
    return None
