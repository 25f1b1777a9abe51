"""The showcase speaks of options that exist, and gives them values that they have."""

import re
from collections.abc import Iterator
from typing import Any

from configurator.catalog.checks.options import bad_characters
from configurator.catalog.checks.tables import allowed_values, fits, unknown
from configurator.catalog.content import Content, Path, options_of
from configurator.catalog.problems import Problem, meant, short

SHOWCASE: Path = ("product", "showcase")


def showcase_problems(content: Content) -> list[Problem]:
    """Everything that is wrong with single values of the showcase."""
    options = {option["code"]: option for option in options_of(content)}
    problems: list[Problem] = []
    for code, value in content["product"]["showcase"].items():
        if code in options:
            problems += _value_problems(code, value, options)
        else:
            hint = meant(code, options)
            problems.append(Problem((*SHOWCASE, code), f"There is no option “{code}”.{hint}"))
    return problems


def _value_problems(code: str, value: Any, options: dict[str, Content]) -> Iterator[Problem]:
    option = options[code]
    path = (*SHOWCASE, code)
    if option["kind"] == "file":
        yield Problem(path, f"“{code}” is a file; a showcase has choices, numbers and texts.")
    elif option["kind"] == "text":
        if reason := _bad_text(value, option):
            yield Problem(path, reason)
    else:
        allowed = allowed_values(option)
        if not fits(value, option["kind"], allowed):
            yield Problem(path, unknown(code, value, options, allowed))


def _bad_text(value: Any, option: Content) -> str:
    if not isinstance(value, str):
        return f"“{option['code']}” is a text. Put {short(value)} in quotes."
    if len(value) > option["max_length"]:
        return f"This text has {len(value)} characters; {option['max_length']} at most."
    if bad_characters(option["characters"]):
        return ""  # the option itself is refused
    strange = re.sub(f"[{option['characters']}]", "", value) if option["characters"] else ""
    return f"The character “{strange[0]}” is not allowed in this text." if strange else ""
