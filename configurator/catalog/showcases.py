"""The design that the shop shows of a product: what its maker named, completed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from configurator.catalog.configuration import Configuration, exact, value_from_json
from configurator.catalog.content import Content, Path, options_of
from configurator.catalog.modeling import schema_of
from configurator.catalog.problems import Problem
from configurator.engine import Choices, Value, parse
from configurator.engine.words import Words as _

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

SHOWCASE: Path = ("product", "showcase")


def named(content: Content) -> Configuration:
    """What the showcase says itself; releases from before there were showcases name nothing."""
    return read_design(content, content["product"].get("showcase") or {})


def read_design(content: Content, design: Content) -> Configuration:
    """Values and texts by option code as a configuration."""
    kinds = {option["code"]: option["kind"] for option in options_of(content)}
    choices = {c: value_from_json(v) for c, v in design.items() if kinds[c] != "text"}
    return Configuration(choices, {c: v for c, v in design.items() if kinds[c] == "text"})


def completed(content: Content, space: "AnySpace") -> Configuration:
    """The cheapest design with all that is named; where nothing is, one of a good size."""
    known = named(content)
    if known.choices or known.texts:
        return completed_design(known, space)
    middling = {
        option["code"]: _middling(option)
        for option in options_of(content)
        if option["kind"] == "number"
    }
    if not middling:
        return Configuration(dict(space.answer({}).completion))
    return Configuration(space.complete({}, prefer=middling))


def completed_design(known: Configuration, space: "AnySpace") -> Configuration:
    """The cheapest design with all that is named."""
    whole = space.answer(known.choices, known.texts).completion
    return Configuration(dict(whole), known.texts)


def _middling(option: Content) -> Value:
    low, high, step = (Decimal(option[field]) for field in ("minimum", "maximum", "step"))
    return exact(low + step * int((high - low) / step * 5 / 8))


def problems_of_showcase(content: Content, space: "AnySpace") -> Iterator[Problem]:
    """Values that no design can have together, and texts that nobody would see; in the designs
    of the inspirations, too."""
    showcase = content["product"].get("showcase") or {}
    yield from problems_of_design(content, space, showcase, SHOWCASE)
    for index, each in enumerate(content.get("inspirations", ())):
        path = ("inspirations", index, "design")
        yield from problems_of_design(content, space, each["design"], path)


def problems_of_design(
    content: Content, space: "AnySpace", design: Content, path: Path
) -> Iterator[Problem]:
    """The same of any design that is named in a content, at its path."""
    known = read_design(content, design)
    kept: dict[str, Value] = {}
    for code, value in known.choices.items():
        if not space.is_valid({**kept, code: value}):
            yield Problem((*path, code), _told_conflict(space, kept, code, value))
            return
        kept[code] = value
    if known.texts:
        whole = space.answer(kept, known.texts).completion
        yield from _hidden_texts(content, known.texts, whole, path)


def _told_conflict(space: "AnySpace", kept: Choices, code: str, value: Value) -> str:
    others = space.conflict(kept, code, value)
    if not others:
        return _("No design can have %(code)s = %(word)s.", code=code, word=_word(value))
    also = " and ".join(f"{other} = {_word(kept[other])}" for other in others)
    return _(
        "No design can have %(code)s = %(word)s together with %(also)s.",
        code=code,
        word=_word(value),
        also=also,
    )


def _word(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _hidden_texts(
    content: Content, texts: dict[str, str], whole: Choices, path: Path
) -> Iterator[Problem]:
    schema = schema_of(content)
    for option in options_of(content):
        code, when = option["code"], option["when"]
        if code in texts and when and not parse(when, schema).evaluate(whole):
            yield Problem(
                (*path, code),
                _(
                    "“%(code)s” does not apply in this design: it needs %(when)s.",
                    code=code,
                    when=when,
                ),
            )
