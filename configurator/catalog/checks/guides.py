"""The guide asks each question once, and its wants speak of one option that they can tell."""

from collections.abc import Iterator
from typing import Any

from configurator.catalog.content import GUIDE, Content, Path, options_of, wants_of
from configurator.catalog.modeling import schema_of
from configurator.catalog.problems import Problem
from configurator.engine import ExpressionError, Schema, parse


def guide_problems(content: Content) -> list[Problem]:
    """Everything that is wrong with the guide, besides the grammar of its conditions."""
    questions = content["product"].get("guide", [])
    if not questions:
        return []
    found = list(_twice(questions, GUIDE, "question"))
    for i, question in enumerate(questions):
        found += _twice(question["answers"], (*GUIDE, i, "answers"), "answer")
    schema = schema_of(content)
    files = {option["code"] for option in options_of(content) if option["kind"] == "file"}
    for path, want in wants_of(content):
        found += _want_problems(want["when"], (*path, "when"), schema, files)
    return found


def _twice(things: list[Any], path: Path, kind: str) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for index, thing in enumerate(things):
        place: Path = (*path, index, "code")
        if thing["code"] in seen:
            message = f"The {kind} “{thing['code']}” is there twice."
            yield Problem(place, message, also=(seen[thing["code"]],))
        seen.setdefault(thing["code"], place)


def _want_problems(text: str, path: Path, schema: Schema, files: set[str]) -> Iterator[Problem]:
    try:
        condition = parse(text, schema, want="condition")
    except (ExpressionError, RecursionError):  # told with the other formulas
        return
    if condition.references & set(schema.texts):
        return
    if len(condition.references) != 1:
        message = "A want speaks of one option. Write one for each option, with points of its own."
        yield Problem(path, message)
        return
    (code,) = condition.references
    variable = schema.variable(code)
    values = variable.values if variable else ()
    if not any(condition.evaluate({code: value}) for value in values):
        yield Problem(path, f"No value of “{code}” is like that.")
