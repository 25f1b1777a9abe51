"""Compiled files: the same answers after loading, and damage is noticed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import ArtifactError, Space, compile_model
from configurator.engine.artifact import MAGIC, content, store
from configurator.engine.backend import compile_in_child, open_space
from configurator.engine.errors import BudgetError, ContradictionError, ExpressionError
from configurator.engine.model import Budget, Model, Rule, Table, Term, Value, Variable
from tests.bench.engine_models import car_line, feature_model
from tests.engine.oracle import Oracle, choices, examples, models
from tests.engine.test_space import SMALL


@examples(12)
@given(st.data())
def test_a_loaded_space_answers_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    model = data.draw(models())
    chosen = data.draw(choices(model))
    if not Oracle(model).designs:
        return
    space = compile_model(model, budget=SMALL)
    path = tmp_path_factory.mktemp("spaces") / "a.space"
    space.save(path)
    again = Space.load(path)
    assert again.model == model
    for texts in ({}, {"note": "abc"}):
        one, two = space.answer(chosen, texts), again.answer(chosen, texts)
        assert (one.count, one.total, one.days) == (two.count, two.total, two.days)
        assert (one.totals, one.possible) == (two.totals, two.possible)
        assert one.completion == two.completion


def test_the_name_is_the_content(tmp_path: Path) -> None:
    model = feature_model(12, 3)
    one = store(compile_model(model, budget=SMALL), tmp_path)
    two = store(compile_model(model, budget=SMALL), tmp_path)
    assert one == two
    assert list(tmp_path.iterdir()) == [one]
    other = store(compile_model(feature_model(13, 3), budget=SMALL), tmp_path)
    assert other != one


@pytest.fixture(scope="module")
def compiled() -> bytes:
    return content(compile_model(feature_model(40, 10), budget=SMALL))


@pytest.mark.parametrize("place", [0, 20, 60, 2_000, -1])
def test_damage_is_noticed(tmp_path: Path, compiled: bytes, place: int) -> None:
    path = tmp_path / "a.space"
    data = bytearray(compiled)
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(ArtifactError):
        Space.load(path)


@pytest.mark.parametrize("data", [b"", b"x", MAGIC, MAGIC + bytes(10)])
def test_rubbish_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.space"
    path.write_bytes(data)
    with pytest.raises(ArtifactError):
        Space.load(path)
    with pytest.raises(ArtifactError):
        Space.load(tmp_path / "missing")


def test_truncated_and_old_files_are_refused(tmp_path: Path, compiled: bytes) -> None:
    path, data = tmp_path / "a.space", compiled
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ArtifactError, match="damaged"):
        Space.load(path)
    version = len(MAGIC)
    path.write_bytes(data[:version] + b"\x63\0\0\0" + data[version + 4 :])
    with pytest.raises(ArtifactError, match="Compile it again"):
        Space.load(path)


def test_loading_is_quick(tmp_path: Path) -> None:
    path = tmp_path / "a.space"
    compile_model(feature_model(600, 150)).save(path)
    best = min(_seconds(path) for _ in range(5))
    assert best < 0.05


def _seconds(path: Path) -> float:
    started = time.process_time()
    Space.load(path)
    return time.process_time() - started


def test_a_child_compiles_or_tells_why_not() -> None:
    model = car_line(30, 3_000)
    opened = compile_in_child(model, Budget())
    assert opened.space.count() == compile_model(model).count()
    assert opened.peak_memory_mb > 10
    with pytest.raises(BudgetError):
        compile_in_child(model, Budget(nodes=1_000))
    fallback = open_space(model, Budget(nodes=1_000))
    assert fallback.space.backend == "sat"
    assert "nodes" in fallback.reason
    toggle = Variable("a", (False, True), "toggle")
    with pytest.raises(ContradictionError) as caught:
        compile_in_child(Model((toggle,), (Rule("r", "a"), Rule("s", "not a"))), Budget())
    assert caught.value.rules == ("r", "s")
    with pytest.raises(ExpressionError) as wrong:
        compile_in_child(Model((toggle,), (Rule("r", "b"),)), Budget())
    assert wrong.value.rule == "r"


def test_a_rule_beyond_the_budget_is_refused_with_its_size() -> None:
    numbers = tuple(Variable(name, tuple(range(1, 151)), "number") for name in "abcd")
    with pytest.raises(BudgetError, match=r"“r” .*506,250,000 combinations"):
        compile_model(Model(numbers, (Rule("r", "a * b * c * d <= 5000"),)))
    space = compile_model(Model(numbers[:3], (Rule("r", "a * b * c <= 5000"),)))
    expected = sum(min(150, 5000 // (a * b)) for a in range(1, 151) for b in range(1, 151))
    assert space.count() == expected


def test_a_sum_over_many_options_is_small() -> None:
    weights: dict[Value, int] = {"s": 700, "m": 900, "l": 1_150}
    parts = tuple(Variable(f"p{n}", ("s", "m", "l"), attributes={"g": weights}) for n in range(24))
    total = " + ".join(f"p{n}.g" for n in range(24))
    space = compile_model(Model(parts, (Rule("r", f"{total} <= 20 kg"),)))
    ways = {0: 1}
    for _ in parts:
        further: dict[int, int] = {}
        for grams, count in ways.items():
            for more in weights.values():
                further[grams + more] = further.get(grams + more, 0) + count
        ways = further
    assert space.count() == sum(count for grams, count in ways.items() if grams <= 20_000)


def test_formulas_that_fail_for_some_text_are_refused_at_once() -> None:
    toggle = Variable("a", (False, True), "toggle")
    failing = Term("t", "1 / len(note)", when="a")
    with pytest.raises(ExpressionError, match=r"t, .*divides by zero"):
        compile_model(Model((toggle,), (), (failing,), ("note",)))
    guarded = Term("t", "if len(note) > 0 then 1 / len(note) else 0", when="a")
    space = compile_model(Model((toggle,), (), (guarded,), ("note",)))
    assert space.answer({"a": True}, {"note": "four"}).total == 25
    with pytest.raises(ExpressionError, match="free text"):
        compile_model(Model((toggle,), (Rule("r", 'note = ""'),), (), ("note",)))


def test_tables_and_models_are_checked() -> None:
    toggle = Variable("a", (False, True), "toggle")
    for rules in (
        (Table("t", ("b",), ()),),
        (Table("t", ("a", "a"), ()),),
        (Table("t", ("a",), ((False, True),)),),
        (Table("t", ("a",), (("x",),)),),
        (Rule("t", "a"), Rule("t", "not a")),
    ):
        with pytest.raises(Exception, match="“"):
            compile_model(Model((toggle,), rules))
