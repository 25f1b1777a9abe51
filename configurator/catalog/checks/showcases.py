"""The showcase speaks of options that exist, and gives them values that they have."""

import re
from collections.abc import Iterator
from typing import Any

from configurator.catalog.checks.options import bad_characters
from configurator.catalog.checks.tables import allowed_values, fits, unknown
from configurator.catalog.content import Content, Path, options_of
from configurator.catalog.problems import Problem, meant, short
from configurator.engine.words import Words as _

SHOWCASE: Path = ("product", "showcase")


def showcase_problems(content: Content) -> list[Problem]:
    """Everything that is wrong with single values of the showcase, and of the inspirations."""
    problems = list(_design_problems(content, content["product"]["showcase"], SHOWCASE))
    for index, each in enumerate(content.get("inspirations", ())):
        problems += _design_problems(content, each["design"], ("inspirations", index, "design"))
    return problems


def _design_problems(content: Content, design: Content, path: Path) -> Iterator[Problem]:
    options = {option["code"]: option for option in options_of(content)}
    for code, value in design.items():
        if code in options:
            yield from _value_problems(code, value, options, (*path, code))
        else:
            hint = meant(code, options)
            yield Problem(
                (*path, code), _("There is no option “%(code)s”.%(hint)s", code=code, hint=hint)
            )


def _value_problems(
    code: str, value: Any, options: dict[str, Content], path: Path
) -> Iterator[Problem]:
    option = options[code]
    if option["kind"] == "file":
        yield Problem(
            path, _("“%(code)s” is a file; a showcase has choices, numbers and texts.", code=code)
        )
    elif option["kind"] == "text":
        if reason := _bad_text(value, option):
            yield Problem(path, reason)
    else:
        allowed = allowed_values(option)
        if not fits(value, option["kind"], allowed):
            yield Problem(path, unknown(code, value, options, allowed))


def _bad_text(value: Any, option: Content) -> str:
    if not isinstance(value, str):
        return _(
            "“%(code)s” is a text. Put %(value)s in quotes.",
            code=option["code"],
            value=short(value),
        )
    if len(value) > option["max_length"]:
        return _(
            "This text has %(count)s characters; %(max_length)s at most.",
            count=len(value),
            max_length=option["max_length"],
        )
    if bad_characters(option["characters"]):
        return ""  # the option itself is refused
    strange = re.sub(f"[{option['characters']}]", "", value) if option["characters"] else ""
    return (
        _("The character “%(strange)s” is not allowed in this text.", strange=strange[0])
        if strange
        else ""
    )
