"""Sums of an attribute over all options that have it."""

from __future__ import annotations

import pytest

from configurator.engine import Model, Rule, Schema, Value, Variable, compile_model, parse
from configurator.engine.errors import ExpressionError

VARIABLES = (
    Variable("body", ("oak", "pine"), attributes={"weight_kg": {"oak": 20, "pine": 9}}),
    Variable("foot", (False, True), "toggle", attributes={"weight_g": {True: 1500}}),
    Variable("lock", ("brass",), attributes={"maker": {"brass": "Abloy"}}),
)
VALUES: dict[str, Value] = {"body": "oak", "foot": True, "lock": "brass"}


def total(text: str, values: dict[str, Value] = VALUES) -> object:
    return parse(text, Schema(VARIABLES)).evaluate(values)


def test_names_with_units_are_summed_in_base_units() -> None:
    assert parse("total weight", Schema(VARIABLES)).references == {"body", "foot"}
    assert total("total weight") == 21_500
    assert total("total weight <= 21.5 kg") is True
    assert total("total weight < 21.5 kg") is False
    assert total("total weight < 20 kg", {**VALUES, "body": "pine"}) is True
    assert total("2 * total weight - 3000") == 40_000


def test_an_exact_name_is_summed_as_it_is() -> None:
    assert total("total weight_kg + 1") == 21
    assert total("total weight_g") == 1500


def test_designs_of_a_total() -> None:
    rule = Rule("light", "total weight <= 20 kg")
    space = compile_model(Model(VARIABLES, (rule,)))
    assert space.count() == 3
    assert space.explain({"body": "oak"}, "foot", True).rules == ("light",)


def test_an_option_may_be_called_total() -> None:
    variables = (Variable("total", (1, 2), kind="number"), Variable("a", (False, True), "toggle"))
    for text in ("total = 2 and a", "a or total in {2}", "if total > 1 then a", "2 = total"):
        found = parse(text, Schema(variables), want="condition")
        assert found.evaluate({"total": 2, "a": True}) is True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("total wieght_g <= 25 kg", "No option has an attribute “wieght_g”"),
        ("total maker = 2", "“lock.maker” is not a number"),
    ],
)
def test_what_cannot_be_summed_is_told(text: str, words: str) -> None:
    with pytest.raises(ExpressionError, match=words) as caught:
        parse(text, Schema(VARIABLES))
    assert (caught.value.line, caught.value.column) == (1, 1)
