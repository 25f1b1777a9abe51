"""Many questions at once have the answers that they have one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine.together import Together
from tests.engine.oracle import Oracle, choices, examples, models
from tests.engine.test_space import compiled


@examples(60)
@given(st.data())
def test_many_questions_have_the_answers_of_each(data: st.DataObject) -> None:
    model = data.draw(models())
    oracle = Oracle(model)
    space = compiled(model, oracle)
    if space is None:
        return
    asked = [data.draw(choices(model)) for _ in range(data.draw(st.integers(1, 70)))]
    masks = np.array([space.numbering.allowed(chosen) for chosen in asked])
    found = Together(space).possible(masks)
    for chosen, row in zip(asked, found, strict=True):
        designs = [d for d in oracle.designs if all(d[n] == v for n, v in chosen.items())]
        possible = {(name, value) for design in designs for name, value in design.items()}
        for variable in model.variables:
            for value in variable.values:
                number = space.numbering.number(variable.name, value)
                assert bool(row[number]) == ((variable.name, value) in possible)
