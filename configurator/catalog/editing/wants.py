"""Conditions to choose from where somebody says what an answer speaks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from configurator.catalog.content import Content
from configurator.catalog.modeling import quoted
from configurator.catalog.texts import say

MOST = 1_000
"""Values that are offered; a browser shows those that begin as what is typed."""


@dataclass(frozen=True)
class Want:
    """A condition, and what it is called."""

    when: str
    words: str


def wants_of(content: Content, locale: str) -> list[Want]:
    """A condition for each value of each option, in the product's order."""
    options = (option for step in content["steps"] for option in step["options"])
    found = [want for option in options for want in _of(option, locale)]
    return found[:MOST]


def _of(option: Content, locale: str) -> Iterator[Want]:
    code, name = option["code"], say(option["name"], locale)
    if option["kind"] == "toggle":
        yield Want(code, name)
        yield Want(f"not {code}", f"{name}: —")
    elif option["kind"] == "number" and option["maximum"] is not None:
        for sign, end in ((">=", option["minimum"]), ("<=", option["maximum"])):
            yield Want(f"{code} {sign} {end}", f"{name} {option['unit'] or ''}".strip())
    for choice in option["choices"]:
        yield Want(f"{code} = {quoted(choice['code'])}", f"{name}: {say(choice['name'], locale)}")
