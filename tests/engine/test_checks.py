"""What is wrong with a model, and which rules cause it: against brute force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import Model, Rule, Variable
from configurator.engine.checks import check
from tests.engine.oracle import Design, Oracle, examples, models


def designs(model: Model, rules: Sequence[str]) -> list[Design]:
    """The designs under some of the rules only."""
    kept = tuple(rule for rule in model.rules if rule.name in rules)
    return Oracle(replace(model, rules=kept, terms=())).designs


def is_minimal(rules: Sequence[str], holds: Callable[[list[str]], bool]) -> bool:
    """Whether the rules cause something, and none of them can be left out."""
    fewer = [[other for other in rules if other != rule] for rule in rules]
    return holds(list(rules)) and not any(holds(some) for some in fewer)


@examples(24)
@given(st.data())
def test_checks_find_all_that_enumeration_finds_with_minimal_causes(data: st.DataObject) -> None:
    model = data.draw(models(terms=False))
    names = [rule.name for rule in model.rules]
    found, all_designs = check(model), designs(model, names)
    if not all_designs:
        assert found.contradiction is not None
        assert is_minimal(found.contradiction, lambda rules: not designs(model, rules))
        return
    assert found.contradiction is None

    def values(name: str, rules: Sequence[str]) -> set[object]:
        return {design[name] for design in designs(model, rules)}

    dead = {(item.name, item.value): item.rules for item in found.dead}
    single = {item.name: item for item in found.single}
    for variable in model.variables:
        name, alive = variable.name, values(variable.name, names)
        assert {value for option, value in dead if option == name} == set(variable.values) - alive
        assert (name in single) == (len(alive) == 1 < len(variable.values))
    for (name, value), rules in dead.items():
        assert is_minimal(rules, lambda some, n=name, v=value: v not in values(n, some))  # type: ignore[misc]
    for name, item in single.items():
        assert is_minimal(item.rules, lambda some, n=name, v=item.value: values(n, some) <= {v})  # type: ignore[misc]
    _check_redundant(model, names, len(all_designs), {i.rule: i.rules for i in found.redundant})


def _check_redundant(
    model: Model, names: list[str], count: int, found: dict[str, tuple[str, ...]]
) -> None:
    for name in names:
        others = [other for other in names if other != name]
        assert (name in found) == (len(designs(model, others)) == count)
        if name in found:
            assert name not in found[name]
            assert is_minimal(
                found[name],
                lambda rules, name=name: (  # type: ignore[misc]
                    len(designs(model, rules)) == len(designs(model, [*rules, name]))
                ),
            )


def test_rules_that_fix_an_option_are_fewer_than_those_that_exclude_its_other_values() -> None:
    rules = (
        Rule("not-b", "v != b"),
        Rule("only-a", "v = a"),
        Rule("not-c", "v != c"),
    )
    (single,) = check(Model((Variable("v", ("a", "b", "c")),), rules)).single
    assert single.rules in (("only-a",), ("not-b", "not-c"))
