"""product.schema.json, and its errors in words that say what is allowed."""

import json
import math
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from configurator.catalog.problems import Problem, meant, short
from configurator.catalog.texts import FALLBACK, languages
from configurator.engine.words import Words as _
from configurator.engine.words import either, listed

SCHEMA = Path(__file__).resolve().parent / "product.schema.json"
KINDS = {
    dict: _("a map (name: value)"),
    list: _("a list"),
    str: _("a text"),
    bool: _("true or false"),
    int: _("a number"),
    Decimal: _("a number"),
    float: _("a number"),
    type(None): _("nothing"),
}
NAMES = {
    "object": _("a map (name: value)"),
    "array": _("a list (- …)"),
    "string": _("a text"),
    "boolean": _("true or false"),
    "number": _("a number"),
    "integer": _("a whole number"),
}
MOST = 200


def _is_number(_checker: Any, value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_integer(_checker: Any, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@cache
def validator() -> Any:
    """The validator of product files (with Decimals) and of rows (with floats)."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"), parse_float=Decimal)
    _speak(schema)
    checker = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"number": _is_number, "integer": _is_integer}
    )
    strict: Any = extend  # it has no annotations
    return strict(Draft202012Validator, type_checker=checker)(schema)


@cache
def _quick() -> Any:
    """The validator with its definitions where they are referred to: looking each up takes time."""
    whole = validator()
    return whole.evolve(schema=_inlined(whole.schema, whole.schema["$defs"], ()))


def forget_schema() -> None:
    """Read the schema anew: the languages of the settings have changed."""
    validator.cache_clear()
    _quick.cache_clear()
    _part.cache_clear()


def _inlined(node: Any, definitions: dict[str, Any], within: tuple[str, ...]) -> Any:
    """The schema without references, except to what a definition is itself a part of."""
    if isinstance(node, list):
        return [_inlined(each, definitions, within) for each in node]
    if not isinstance(node, dict):
        return node
    name = str(node.get("$ref", "")).rpartition("/")[2]
    if not name:
        kept = {key: each for key, each in node.items() if key != "$defs"}
        made = {key: _inlined(each, definitions, within) for key, each in kept.items()}
        return {**made, "$defs": node["$defs"]} if "$defs" in node else made
    if name in within:
        return node
    beside = {key: each for key, each in node.items() if key != "$ref"}
    return {**_inlined(definitions[name], definitions, (*within, name)), **beside}


def _speak(schema: dict[str, Any]) -> None:
    """Let texts be written in the languages of the settings, all as English is."""
    for definition in schema["$defs"].values():
        for form in definition.get("anyOf", ()):
            if english := form.get("properties", {}).get(FALLBACK):
                form["properties"] = dict.fromkeys(languages(), english)


def arranged(data: Any) -> Any:
    """The data with its keys in the order of the schema; names that anybody may give are sorted."""
    return _arranged(data, validator().schema)


def _arranged(value: Any, schema: dict[str, Any]) -> Any:
    schema = _resolved(schema)
    if isinstance(value, list):
        return [_arranged(each, schema.get("items", {})) for each in value]
    if not isinstance(value, dict):
        return value
    for form in schema.get("anyOf", ()):
        schema = {**schema, **form}
    known = schema.get("properties", {})
    rest = schema.get("additionalProperties") or {}
    keys = [key for key in known if key in value] + sorted(value.keys() - known.keys())
    return {key: _arranged(value[key], known.get(key, rest)) for key in keys}


def definition_of(definition: str, keys: tuple[str, ...], what: str = "description") -> Any:
    """What the schema says about a property of a definition: its description, or its `enum`."""
    here = validator().schema["$defs"][definition]
    for key in keys:
        here = _resolved(_resolved(here).get("properties", {}).get(key, {}))
    return here.get(what, "")


def schema_problems(data: Any) -> list[Problem]:
    """Everything in the data that the schema does not allow."""
    problems: list[Problem] = []
    for error in _quick().iter_errors(data):
        problems += _told(error)
        if len(problems) >= MOST:
            break
    return problems


@cache
def _part(definition: str) -> Any:
    """The validator of one definition."""
    whole = validator()
    known = whole.schema["$defs"]
    inlined = _inlined(known[definition], known, (definition,))
    return whole.evolve(schema={**inlined, "$defs": known})


def problems_with(data: Any, definition: str) -> list[Problem]:
    """Everything that one definition of the schema does not allow; for parts of a product."""
    problems: list[Problem] = []
    for error in _part(definition).iter_errors(data):
        problems += _told(error)
    return problems[:MOST]


def _told(error: ValidationError) -> Iterator[Problem]:
    path = tuple(error.absolute_path)
    match error.validator:
        case "anyOf":
            yield from _told_text(error)
        case "required":
            yield from _told_missing(error)
        case "additionalProperties":
            yield from _told_unknown(error)
        case "type":
            yield Problem(path, _told_type(error))
        case _:
            yield Problem(path, _told_limit(error))


def _told_text(error: ValidationError) -> Iterator[Problem]:
    """A text: a string, or a map by language. Tell about the form that was tried."""
    wanted = 1 if isinstance(error.instance, dict) else 0
    tried = [each for each in error.context or () if each.relative_schema_path[0] == wanted]
    if isinstance(error.instance, str | dict) and tried:
        for each in tried:
            yield from _told(each)
        return
    got = KINDS.get(type(error.instance), _("something else"))
    yield Problem(
        tuple(error.absolute_path),
        _(
            "This is %(got)s (%(instance)s). Write a text in quotes, or one a language: "
            '{en: "…", es: "…", pl: "…"}.',
            got=got,
            instance=short(error.instance),
        ),
    )


def _told_missing(error: ValidationError) -> Iterator[Problem]:
    assert isinstance(error.instance, dict)
    wanted: Any = error.validator_value
    for name in wanted:
        if name not in error.instance:
            yield Problem(
                tuple(error.absolute_path),
                _("“%(name)s” is missing%(about)s", name=name, about=_about(error, name)),
            )


def _about(error: ValidationError, name: str) -> str:
    """What a missing property would say."""
    schema = error.schema
    assert isinstance(schema, dict)
    about = _resolved(schema.get("properties", {}).get(name, {})).get("description", "")
    return f": {about}" if about else "."


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "")
    if not reference:
        return schema
    named: dict[str, Any] = validator().schema["$defs"][reference.rpartition("/")[2]]
    return {**named, **schema}


def _told_unknown(error: ValidationError) -> Iterator[Problem]:
    assert isinstance(error.instance, dict)
    assert isinstance(error.schema, dict)
    known = error.schema.get("properties", {})
    path = tuple(error.absolute_path)
    for name in error.instance:
        if name in known:
            continue
        message = _(
            "“%(name)s” is not known here.%(hint)s", name=short(name), hint=meant(name, known)
        )
        if "en" in known:
            message = _(
                "“%(name)s” is not a language; there are %(listed)s. A text with a comma in it "
                "must stand in quotes.",
                name=short(name),
                listed=listed(languages()),
            )
        yield Problem((*path, name), message)


def _told_type(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    allowed = either(NAMES[kind] for kind in kinds)
    value = error.instance
    if value is None:
        return _(
            "Nothing is written here; it should be %(allowed)s.%(hint)s",
            allowed=allowed,
            hint=_hint(error),
        )
    got = KINDS.get(type(value), _("something else"))
    message = _(
        "This is %(got)s (%(value)s); it should be %(allowed)s.%(hint)s",
        got=got,
        value=short(value),
        allowed=allowed,
        hint=_hint(error),
    )
    if kinds == ["string"] and not isinstance(value, dict | list):
        message += _(" Put it in quotes.")
    return message


def _told_limit(error: ValidationError) -> str:
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "enum":
            words = [str(each) for each in limit]
            return _(
                "“%(value)s” is not one of: %(words)s.", value=short(value), words=", ".join(words)
            )
        case "const":
            return _("This should be %(limit)s, not %(value)s.", limit=limit, value=short(value))
        case "minimum":
            return _(
                "%(value)s is too small; the least is %(limit)s.",
                value=short(value),
                limit=f"{limit:,}",
            )
        case "maximum":
            return _(
                "%(value)s is too large; the most is %(limit)s.",
                value=short(value),
                limit=f"{limit:,}",
            )
        case "multipleOf":
            places = len(str(limit).partition(".")[2])
            return _(
                "%(value)s has too many decimals; %(places)s at most.",
                value=short(value),
                places=places,
            )
        case "maxLength":
            return _(
                "This text has %(count)s characters; %(limit)s at most.",
                count=f"{len(value):,}",
                limit=f"{limit:,}",
            )
        case "minItems" | "minLength":
            return _("This needs at least %(limit)s.%(hint)s", limit=limit, hint=_hint(error))
        case "maxItems" | "maxProperties":
            return _(
                "These are %(count)s; %(limit)s at most.%(hint)s",
                count=f"{len(value):,}",
                limit=f"{limit:,}",
                hint=_hint(error),
            )
        case "uniqueItems":
            return _("Something is listed twice.")
        case "pattern":
            return _("“%(value)s” does not fit.%(hint)s", value=short(value), hint=_hint(error))
        case _:
            return f"{short(error.message)}.{_hint(error)}"


def _hint(error: ValidationError) -> str:
    """What the schema says about this place."""
    schema = error.schema
    assert isinstance(schema, dict)
    about = schema.get("description", "")
    return f" {about}" if about else ""
