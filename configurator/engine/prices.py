"""Prices from a file: CSV lines `name,value,price` with whole numbers, one a value."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

from configurator.engine.errors import FormatError, ModelError
from configurator.engine.model import Value, Variable, whole
from configurator.engine.numbering import Numbering
from configurator.engine.space import Space

LARGEST = 10_000_000
MOST = 1 << 40


def written(value: Value) -> str:
    """A value as it is written on the command line and in JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def value_of(variable: Variable, text: str) -> Value:
    """The value which is written so; ModelError if there is none."""
    for value in variable.values:
        if written(value) == text:
            return value
    if variable.kind == "toggle" and text.lower() in ("yes", "true", "1"):
        return True
    if variable.kind == "toggle" and text.lower() in ("no", "false", "0"):
        return False
    shown = ", ".join(map(written, variable.values[:20]))
    raise ModelError(f"“{variable.name}” has no value “{text[:80]}”; its values are {shown}.")


def read_prices(path: Path, numbering: Numbering) -> dict[int, int]:
    """Value number -> price; FormatError with the line for anything that does not fit."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise FormatError(f"{path} is not UTF-8 text (byte {error.start + 1}).") from None
    if len(data) > LARGEST:
        raise FormatError(f"{path.name} is larger than {LARGEST:,} bytes.")
    variables = {variable.name: variable for variable in numbering.layers.variables}
    prices: dict[int, int] = {}
    try:
        rows = list(csv.reader(lines))
    except csv.Error as error:
        raise FormatError(f"{path.name} is not a CSV file: {error}.") from None
    begun = False
    for place, row in enumerate(rows, start=1):
        words = [word.strip().lower() for word in row]
        first, begun = not begun, begun or any(words)
        if not any(words) or (first and words == ["name", "value", "price"]):
            continue
        try:
            number, price = _price(row, variables, numbering)
        except (FormatError, ModelError) as error:
            raise FormatError(f"{path.name}, line {place}: {error}") from None
        if number in prices:
            raise FormatError(f"{path.name}, line {place}: this value has a price already.")
        prices[number] = price
    return prices


def _price(row: list[str], variables: dict[str, Variable], numbering: Numbering) -> tuple[int, int]:
    if len(row) != 3:
        raise FormatError("a line has the three fields name,value,price.")
    name, text, amount = (field.strip() for field in row)
    if name not in variables:
        raise FormatError(f"there is no option called “{name[:80]}”.")
    number = numbering.number(name, value_of(variables[name], text))
    try:
        price = whole(amount) if len(amount) < 20 else MOST
    except ValueError:
        raise FormatError(f"“{amount[:40]}” is not a whole number.") from None
    if abs(price) >= MOST:
        raise FormatError(f"the price {amount[:40]} is too large.")
    return number, price


def with_prices(space: Space, prices: dict[int, int]) -> Space:
    """The same space with these amounts added to its values."""
    compiled = space.compiled
    weights = compiled.terms.weights.copy()
    for number, price in prices.items():
        weights[number] += price
    if int(np.abs(weights).sum()) >= 1 << 50:
        raise FormatError("the prices are too large to add up exactly.")
    terms = replace(compiled.terms, weights=weights)
    return Space(space.model, replace(compiled, terms=terms))
