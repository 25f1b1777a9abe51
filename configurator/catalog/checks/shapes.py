"""The free-form parts of a content (tables, layers, attributes) have the shape of the schema.

A product file has been validated as a whole; rows that were edited have not.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from configurator.catalog.content import Content, Path
from configurator.catalog.problems import Problem
from configurator.catalog.schema import problems_with


def shape_problems(content: Content) -> list[Problem]:
    """What does not have the shape that the rest of the checks count on."""
    return [
        replace(problem, path=(*path, *problem.path))
        for value, definition, path in _parts(content)
        for problem in problems_with(value, definition)
    ]


def _parts(content: Content) -> Iterator[tuple[Any, str, Path]]:
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            path: Path = ("steps", s, "options", o)
            if option["kind"] == "file":
                yield option["accept"], "accept", (*path, "accept")
            for c, choice in enumerate(option["choices"]):
                yield choice["attributes"], "attributes", (*path, "choices", c, "attributes")
    for i, rule in enumerate(content["rules"]):
        for form in ("allow", "forbid"):
            if rule[form] is not None:
                yield rule[form], "table", ("rules", i, form)
    for i, operation in enumerate(content["operations"]):
        yield operation["checks"], "checks", ("operations", i, "checks")
    if content["picture"]:
        yield content["picture"], "picture", ("picture",)
