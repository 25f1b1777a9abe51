"""The recommender, tried on histories of which the truth is known."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from configurator.engine import Model, Rule, Value, Variable, compile_model
from configurator.engine.formats.yaml import write_yaml
from personalization.recommending import weighing
from personalization.recommending.histories import HistoryError, Table, of_model, read_table
from personalization.recommending.protocol import Judge, best, evaluate
from personalization.recommending.voting import WEIGHT, Votes
from personalization.recommending.weighing import School, _preferred, learned

MODEL = Model(
    variables=(
        Variable("style", ("road", "city", "tour")),
        Variable("bars", ("drop", "flat", "moth")),
        Variable("rack", (False, True), kind="toggle"),
        Variable("color", ("red", "blue", "green", "white")),
        Variable("width", (38, 40, 42), kind="number", unit="mm"),
        Variable("bell", ("none-yet", "brass")),  # in no history
    ),
    rules=(
        Rule("drop", "bars = drop excludes rack"),
        Rule("moth", "bars = moth requires style = tour"),
    ),
)
NAMES = ("style", "bars", "rack", "color", "width")


def sold(count: int, seed: int, noise: float = 0.1) -> list[list[str]]:
    """Bars, rack and width follow from the style; the color is anybody's taste."""
    lots = np.random.default_rng(seed)
    usual = {
        "road": ("drop", "false", "38"),
        "city": ("flat", "true", "42"),
        "tour": ("moth", "true", "40"),
    }
    rows: list[list[str]] = []
    while len(rows) < count:
        style = str(lots.choice(["road", "city", "tour"]))
        bars, rack, width = usual[style]
        if lots.random() < noise:
            width = str(lots.choice(["38", "40", "42"]))
        color = str(lots.choice(["red", "blue", "green", "white"]))
        rows.append([style, bars, rack, color, width])
    return rows


def table(rows: Sequence[Sequence[str]], names: Sequence[str] = NAMES) -> Table:
    return Table("history.csv", tuple(names), rows)


def test_what_follows_is_foretold_and_taste_is_not() -> None:
    histories = of_model(MODEL.variables, [table(sold(300, 1)), table(sold(300, 2))])
    report = evaluate(compile_model(MODEL), histories, seed=4)
    # the last of five: three follow surely, the width in 93 of 100, the color in one of four
    truth = (3 + 0.933 + 0.25) / 5
    assert report.success.rates[4] == pytest.approx(truth, abs=0.04)
    assert report.success.mean > report.popular.mean + 0.1
    assert report.cars == report.cars_allowed == 600
    assert report.outside == 0
    assert report.success.made.tolist() == [600] * 5


def test_the_same_seed_finds_the_same() -> None:
    histories = of_model(MODEL.variables, [table(sold(60, 1)), table(sold(60, 2))])
    space = compile_model(MODEL)
    first, again = (evaluate(space, histories, seed=7) for _ in range(2))
    assert first.success.right.tolist() == again.success.right.tolist()
    other = evaluate(space, histories, seed=8)
    assert first.success.right.tolist() != other.success.right.tolist()


def test_a_color_is_learned_to_say_little() -> None:
    codes = of_model(MODEL.variables, [table(sold(600, 3))]).codes[0]
    sizes = [3, 3, 2, 4, 3]
    weights = learned(codes, sizes, steps=120, refining=0)[0]
    assert weights[3] < min(weights[0], weights[1], weights[2]) / 2
    again = learned(codes, sizes, steps=120, refining=0)[0]
    assert weights.tolist() == again.tolist()


def test_votes_of_the_nearest_count_most() -> None:
    codes = np.array([[0, 0], [0, 0], [0, 1], [1, 1], [1, 1], [1, 1], [1, -1]])
    votes = Votes.of(codes, [2, 3])
    assert votes.orders == 7
    assert votes.walk().scores(1).argmax() == 1
    scores = votes.walk({0: 0}).scores(1)
    assert scores.argmax() == 0
    assert scores[2] == 0
    assert votes.walk({1: 1}).scores(0).argmax() == 1


def test_what_is_not_known_of_an_order_differs_half() -> None:
    votes = Votes.of(np.array([[-1, 0], [0, 1], [1, 2]]), [2, 3])
    scores = votes.walk({0: 0}).scores(1)
    assert scores[1] > scores[0] > scores[2] > 0


def test_only_what_the_constraints_allow_is_recommended() -> None:
    """Also where every vote is for something else."""
    rows = [["city", "flat", "false", "red", "42"]] * 5
    histories = of_model(MODEL.variables, [table(rows)])
    space = compile_model(MODEL)
    judge = Judge(space, histories.columns)
    votes = Votes.of(histories.codes[0], histories.sizes)
    lots = np.random.default_rng(0)
    for seed in range(20):
        design = space.random(seed)
        car = np.array([c.values.index(design[c.variable.name]) for c in histories.columns])
        order = lots.permutation(len(car))
        allowed, sound = judge.allowed(car[None], order[None])
        assert sound.all()
        walk = votes.walk()
        chosen: dict[str, Value] = {}
        for place, column in enumerate(order.tolist()):
            may = allowed[0, place, judge.first[column] : judge.first[column + 1]]
            found = best(walk.scores(column), may)
            option = histories.columns[column]
            name = option.variable.name
            assert space.is_valid({**chosen, name: option.values[found]})
            chosen[name] = option.values[car[column]]
            walk.choose(column, int(car[column]))


def test_a_model_that_is_searched_allows_the_same() -> None:
    from configurator.engine.sat.space import SatSpace

    histories = of_model(MODEL.variables, [table(sold(12, 5))])
    cars = histories.codes[0]
    orders = np.stack([np.random.default_rng(1).permutation(5) for _ in cars])
    found = Judge(compile_model(MODEL), histories.columns).allowed(cars, orders)
    searched = Judge(SatSpace(MODEL), histories.columns).allowed(cars, orders)
    assert (found[0] == searched[0]).all()
    assert (found[1] == searched[1]).all()


def test_rows_of_another_version_are_told_apart() -> None:
    rows = sold(40, 6)
    rows[0][1] = "riser"  # a value that the model does not have
    rows[1][:3] = ["road", "moth", "true"]  # what it does not allow
    histories = of_model(MODEL.variables, [table(rows), table(sold(40, 7))])
    assert histories.unknown == 1
    report = evaluate(compile_model(MODEL), histories)
    assert report.cars - report.cars_allowed == 2
    assert report.foreign.made.sum() == 10


def test_missing_cells_are_not_asked() -> None:
    rows = sold(40, 6)
    rows[0][3] = ""
    rows[1] = ["", "", "", "", "40"]
    histories = of_model(MODEL.variables, [table(rows), table(sold(40, 7))])
    report = evaluate(compile_model(MODEL), histories)
    assert report.recommendations == 80 * 5 - 5
    assert report.success.made[0] == 80


# files


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_usual_delimiter(tmp_path: Path, mark: str) -> None:
    text = "\ufeffstyle,bars\r\nroad, drop\r\n\r\ncity,flat\r\n".replace(",", mark)
    found = read_table(write(tmp_path / "a.csv", text))
    assert found.names == ("style", "bars")
    assert found.rows == [["road", "drop"], ["city", "flat"]]


def test_numbers_are_the_same_however_they_are_written() -> None:
    histories = of_model(MODEL.variables, [table([["38.0"], ["40"], ["41"]], ["width"])])
    assert histories.codes[0].ravel().tolist() == [0, 1, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("style,bars\n", "has no rows"),
        ("road,drop\ncity,flat\n", "none of its columns is an option"),
        ("style,style\nroad,road\n", "two columns are called “style”"),
        ("style,,bars\nroad,1,drop\n", "column 2 has no name"),
        ("style,bars\nroad,drop,extra\n", "line 2: 3 cells"),
        ('style,bars\n"road,drop\n', "line 2: no row of separated values"),
        ("style\0,bars\n", "is not text"),
    ],
)
def test_what_is_no_history_is_refused_kindly(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(HistoryError, match=said):
        of_model(MODEL.variables, [read_table(write(tmp_path / "a.csv", text))])


def test_a_table_of_unicode_text_and_cells_over_several_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('style\tnote\tbars\r\nroad\t"a\r\nb"\tdrop\r\n'.encode("utf-16"))
    assert read_table(path).rows == [["road", "a\nb", "drop"]]


def test_letters_of_another_code_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("style,color\nroad,red\ncity,żółty\n".encode("iso-8859-2"))
    with pytest.raises(HistoryError, match=r"line 3: this is not UTF-8 text \(byte 27\)"):
        read_table(path)


def test_chance_is_not_taken_for_taste() -> None:
    """Where learned weights foretell less than equal ones, they are not used."""
    codes = of_model(MODEL.variables, [table(sold(400, 3, noise=0))]).codes[0]
    school = School.of(codes, [3, 3, 2, 4, 3], np.random.default_rng(0))
    wrong = np.zeros((5, 5))
    wrong[:, 3] = WEIGHT  # the color alone counts
    assert (_preferred(school, wrong) > wrong).any()
    right = np.full((5, 5), WEIGHT)
    right[:, 3] = 0
    assert (_preferred(school, right) == right).all()


def test_a_wide_product_is_learned_within_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = of_model(MODEL.variables, [table(sold(400, 3))]).codes[0]
    monkeypatch.setattr(weighing, "WORK", 1e6)
    sizes: list[int] = []
    of = School.of.__func__  # type: ignore[attr-defined]

    def noted(kind: type[School], *given: Any) -> School:
        school = of(kind, *given)
        sizes.append(len(school.rows))
        return school  # type: ignore[no-any-return]

    monkeypatch.setattr(School, "of", classmethod(noted))
    weights = learned(codes, [3, 3, 2, 4, 3], steps=10, refining=10)
    assert sizes == [int(1e6 / (10 * weighing.BATCH * 20))]
    assert (weights == weights[0]).all()  # one for all: refining would cost too much


def run(tmp_path: Path, first: str, second: str, *more: str) -> str:
    (tmp_path / "model.yaml").write_bytes(write_yaml(MODEL))
    out = io.StringIO()
    call_command(
        "evaluate_recommender",
        *("--model", str(tmp_path / "model.yaml")),
        *("--history", str(write(tmp_path / "a.csv", first))),
        *("--history", str(write(tmp_path / "b.csv", second))),
        *more,
        stdout=out,
    )
    return out.getvalue()


def as_csv(rows: list[list[str]]) -> str:
    lines = [",".join(("id", *NAMES)), *(",".join((f"n{i}", *r)) for i, r in enumerate(rows))]
    return "\n".join(lines)


def test_the_command_prints_the_success_by_choices_known(tmp_path: Path) -> None:
    said = run(tmp_path, as_csv(sold(30, 1)), as_csv(sold(30, 2)), "--seed", "3")
    assert "Mean success: 0." in said
    assert "seed 3" in said
    assert "no such option: id" in said
    assert "Recommendations that the constraints forbid: 0" in said
    assert [line.split()[0] for line in said.splitlines() if line.endswith(" 60")] == list("01234")


def test_one_row_is_enough(tmp_path: Path) -> None:
    assert "Mean success: 1.0000" in run(tmp_path, as_csv(sold(1, 1)), as_csv(sold(1, 1)))


def test_the_command_refuses_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"b\.csv is empty"):
        run(tmp_path, as_csv(sold(3, 1)), "")
    with pytest.raises(CommandError, match=r"nothing\.csv cannot be read"):
        call_command(
            "evaluate_recommender",
            *("--model", "m.xml", "--history", "nothing.csv", "--history", "nothing.csv"),
        )
    with pytest.raises(CommandError, match="Two histories are needed"):
        call_command("evaluate_recommender", "--model", "m.xml", "--history", "a.csv")
