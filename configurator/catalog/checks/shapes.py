"""The free-form parts of a content (tables, layers, attributes) have the shape of the schema.

A product file has been validated as a whole; rows that were edited have not.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from configurator.catalog.content import GUIDE, Content, Path
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
    yield content["product"]["showcase"], "showcase", ("product", "showcase")
    yield content["product"].get("guide", []), "guide", GUIDE
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            path: Path = ("steps", s, "options", o)
            if option["kind"] == "file":
                yield option["accept"], "accept", (*path, "accept")
            for c, choice in enumerate(option["choices"]):
                if choice["attributes"] != {}:  # asking the schema takes time
                    yield choice["attributes"], "attributes", (*path, "choices", c, "attributes")
    for i, rule in enumerate(content["rules"]):
        for form in ("allow", "forbid"):
            if rule[form] is not None and not _is_table(rule[form]):
                yield rule[form], "table", ("rules", i, form)
    for i, operation in enumerate(content["operations"]):
        yield operation["checks"], "checks", ("operations", i, "checks")
        yield operation["pictures"], "pictures", ("operations", i, "pictures")
        if operation["after"] is not None:
            yield operation["after"], "after", ("operations", i, "after")
    yield content["coverage"], "coverage", ("coverage",)
    if content["picture"]:
        yield content["picture"], "picture", ("picture",)


def _is_table(table: Any) -> bool:
    """Whether a table is in order at first sight; the schema takes seconds for large ones."""
    if not isinstance(table, dict) or table.keys() != {"options", "rows"}:
        return False
    options, rows = table["options"], table["rows"]
    return (
        isinstance(options, list)
        and isinstance(rows, list)
        and bool(options)
        and all(isinstance(option, str) for option in options)
        and all(isinstance(row, list) and row for row in rows)
        and all(type(cell) in (str, int, bool) for row in rows for cell in row)
    )
