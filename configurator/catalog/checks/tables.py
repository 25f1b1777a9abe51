"""Tables of combinations: known options, known values, as many as there are columns."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from configurator.catalog.configuration import value_from_json
from configurator.catalog.content import Content, Path, options_of
from configurator.catalog.modeling import SPACE_KINDS, number_values, table_cell, variable_of
from configurator.catalog.problems import Problem, meant, short
from configurator.engine import NONE, cells
from configurator.engine.words import Words as _

MOST_TOLD = 20


def table_problems(content: Content) -> list[Problem]:
    """Everything that is wrong with the tables of rules."""
    options = {option["code"]: option for option in options_of(content)}
    values = {code: allowed_values(option) for code, option in options.items()}
    problems: list[Problem] = []
    for index, rule in enumerate(content["rules"]):
        for form in ("allow", "forbid"):
            if rule[form] is not None:
                path: Path = ("rules", index, form)
                columns = list(_columns(rule[form]["options"], options, path))
                problems += columns or list(_table(rule[form], options, values, path))[:MOST_TOLD]
    return problems


def allowed_values(option: Content) -> set[Any]:
    """What a table may say about the option."""
    kind = option["kind"]
    if kind == "toggle":
        return {True, False}
    own: set[Any] = {choice["code"] for choice in option["choices"]}
    if kind == "number":
        own = set(number_values(option))
    return own | ({NONE} if option["when"] else set())


def _columns(columns: list[str], options: dict[str, Content], path: Path) -> Iterator[Problem]:
    for index, column in enumerate(columns):
        here = (*path, "options", index)
        if column not in options:
            hint = meant(column, options)
            yield Problem(
                here, _("There is no option called “%(column)s”.%(hint)s", column=column, hint=hint)
            )
        elif options[column]["kind"] not in SPACE_KINDS:
            kind = options[column]["kind"]
            yield Problem(
                here,
                _(
                    "“%(column)s” is a %(kind)s; a table cannot speak of it.",
                    column=column,
                    kind=kind,
                ),
            )
        elif column in columns[:index]:
            yield Problem(here, _("“%(column)s” is listed twice.", column=column))


def _table(
    table: Content, options: dict[str, Content], values: dict[str, set[Any]], path: Path
) -> Iterator[Problem]:
    wrong = list(_rows(table, options, values, path))
    yield from wrong
    if not wrong and _stands_for_many(table, values):
        variables = [variable_of(options[column]) for column in table["options"]]
        rows = [
            [table_cell(v, options[c]["kind"]) for c, v in zip(table["options"], row, strict=True)]
            for row in table["rows"]
        ]
        if count := cells.is_too_large(rows, variables):
            message = _(
                "These %(rows)s rows stand for %(count)s combinations; %(most)s at most where "
                "there are more than %(lines)s rows. Join rows that differ in one option "
                "(oak | ash, 300..600), or write a rule instead.",
                rows=f"{len(rows):,}",
                count=f"{count:,}",
                most=f"{cells.MOST_WRITTEN_OUT:,}",
                lines=cells.MOST_LINES,
            )
            yield Problem((*path, "rows"), message)


def _stands_for_many(table: Content, values: dict[str, set[Any]]) -> bool:
    own = [values[column] for column in table["options"]]
    return any(
        isinstance(value, str) and value not in known
        for row in table["rows"]
        for value, known in zip(row, own, strict=True)
    )


def _rows(
    table: Content, options: dict[str, Content], values: dict[str, set[Any]], path: Path
) -> Iterator[Problem]:
    columns = table["options"]
    if not table["rows"] and path[-1] == "allow":
        yield Problem((*path, "rows"), _("Nothing is allowed here; list at least one combination."))
    for number, row in enumerate(table["rows"]):
        here = (*path, "rows", number)
        if len(row) != len(columns):
            yield Problem(
                here,
                _(
                    "This row has %(count)s values for %(columns_count)s options (%(columns)s).",
                    count=len(row),
                    columns_count=len(columns),
                    columns=", ".join(columns),
                ),
            )
            continue
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            if reason := _wrong(value, column, options, values[column]):
                yield Problem((*here, index), reason)


def _wrong(value: Any, column: str, options: dict[str, Content], allowed: set[Any]) -> str:
    """Why a cell means no values, or ""."""
    if fits(value, options[column]["kind"], allowed):
        return ""
    if not isinstance(value, str) or not any(sign in value for sign in SIGNS):
        return unknown(column, value, options, allowed)
    try:
        cells.meant(value, variable_of(options[column]))
    except cells.CellError as error:
        return str(error) if error.empty else unknown(column, value, options, allowed)
    return ""


SIGNS = ("*", "any", "|", "..", "…", "–", "—", "-", "<", ">", "≤", "≥")
"""One of these is in a cell that stands for several values."""


def fits(value: Any, kind: str, allowed: set[Any]) -> bool:
    if isinstance(value, str) or kind == "choice":
        return isinstance(value, str) and value in allowed
    return isinstance(value, bool) == (kind == "toggle") and value_from_json(value) in allowed


def unknown(column: str, value: Any, options: dict[str, Content], allowed: set[Any]) -> str:
    option = options[column]
    if option["kind"] == "toggle":
        return _("“%(column)s” is yes or no, not “%(value)s”.", column=column, value=short(value))
    if option["kind"] == "number":
        low, high, step = (Decimal(option[field]) for field in ("minimum", "maximum", "step"))
        return _(
            "“%(value)s” is not a value of %(column)s: %(low)s to %(high)s in steps of %(step)s.",
            value=short(value),
            column=column,
            low=low,
            high=high,
            step=step,
        )
    return _(
        "%(column)s has no choice “%(value)s”.%(hint)s",
        column=column,
        value=short(value),
        hint=meant(str(value), map(str, allowed)),
    )
