"""A design in words, as an admin reads it."""

from configurator.catalog.configuration import number_text
from configurator.catalog.content import Content, options_of
from configurator.engine import NONE, Choices, Value
from configurator.engine.sat.lengths import length_of
from configurator.engine.words import Words, joined
from configurator.engine.words import Words as _


def told_design(content: Content, design: Choices, first: list[str]) -> str:
    """The whole design in labels; those of the options in `first` before the others.

    Lengths of texts stand in the design under `len(code)`.
    """
    matters: list[str] = []
    others: list[str] = []
    for option in options_of(content):
        name = length_of(option["code"]) if option["kind"] == "text" else option["code"]
        if name in design and (told := _told(option, design[name], name in first)):
            (matters if name in first else others).append(told)
    if not matters:
        return _("For example: %(others)s.", others=joined(", ", others))
    rest = _(" (with %(others)s)", others=joined(", ", others)) if others else ""
    return _("For example: %(matters)s%(rest)s.", matters=joined(", ", matters), rest=rest)


def _told(option: Content, value: Value, matters: bool) -> str:
    """An option and its value; "" for what does not apply, unless just that matters."""
    name = option["name"]
    if value == NONE:
        return _("%(name)s: does not apply", name=name) if matters else ""
    if option["kind"] == "text":
        if value:
            return _("%(name)s: %(value)s letters", name=name, value=value)
        return _("%(name)s: empty", name=name) if matters else ""
    return _("%(name)s: %(value)s", name=name, value=told_value(option, value))


def told_value(option: Content, value: Value) -> str:
    """A value of an option in words."""
    if value == NONE:
        return _("does not apply")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        labels = {choice["code"]: choice["name"] for choice in option["choices"]}
        return Words("%(name)s", name=labels.get(value, value))
    return f"{number_text(value)} {option['unit']}".rstrip()
