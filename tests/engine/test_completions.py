"""The design that each value would lead to, all at once: those that are found one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.oracle import Oracle, choices, examples, models
from tests.engine.test_space import TEXTS, compiled


@examples(60)
@given(st.data())
def test_every_value_leads_where_choosing_it_does(data: st.DataObject) -> None:
    model, texts = data.draw(models()), data.draw(TEXTS)
    chosen, deadline = data.draw(choices(model)), data.draw(st.none() | st.integers(0, 8))
    space = compiled(model, Oracle(model, texts))
    if space is None:
        return
    answer = space.answer(chosen, texts, deadline=deadline)
    found = space.completions(chosen, texts, deadline=deadline)
    for variable in model.variables:
        columns = found.columns([variable.name])[:, 0]
        for value in variable.values:
            row = found.row(variable.name, value)
            assert bool(found.known[row]) == answer.possible[variable.name][value]
            if found.known[row]:
                after = {**chosen, variable.name: value}
                alone = space.answer(after, texts, deadline=deadline)
                assert found.design(row) == alone.completion
                assert found.value(variable.name, int(columns[row])) == value
