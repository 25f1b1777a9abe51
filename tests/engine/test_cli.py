"""The command line: JSON on standard output, one clear line and status 2 on bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from configurator.engine import Model, compile_model
from configurator.engine.backend import Opened
from configurator.engine.cli import answer, joined, parser
from configurator.engine.guard import guarded
from configurator.engine.model import Budget

MODEL = """
format: 1
variables:
  - {name: frame, values: [steel, titanium, carbon]}
  - {name: brakes, values: [rim, disc, drum]}
  - {name: rack, kind: toggle}
  - {name: bag, kind: toggle}
rules:
  - {name: light-needs-disc, rule: frame = titanium requires brakes = disc}
  - {name: again, rule: frame = titanium excludes brakes = rim}
  - {name: bag-needs-rack, rule: bag requires rack}
  - {name: no-carbon, columns: [frame], rows: [[carbon]], allowed: false}
"""
PRICES = "name,value,price\nframe,titanium,900\nbrakes,disc,80\nbrakes,drum,50\nrack,true,40\n"
CONTRADICTION = """
variables: [{name: a, kind: toggle}, {name: b, kind: toggle}]
rules:
  - {name: one, rule: a}
  - {name: two, rule: a implies b}
  - {name: three, rule: not b}
  - {name: idle, rule: a or b}
"""


@pytest.fixture(autouse=True)
def compiled_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a child process for every answer; `run` and test_artifact start real ones."""

    def compiled(model: Model, budget: Budget) -> Opened:
        return Opened(compile_model(model, budget=budget), 0.1, 20.0)

    monkeypatch.setattr("configurator.engine.backend.compile_in_child", compiled)


@pytest.fixture
def model(tmp_path: Path) -> str:
    (tmp_path / "bike.yaml").write_text(MODEL)
    (tmp_path / "prices.csv").write_text(PRICES)
    return str(tmp_path / "bike.yaml")


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert answer(parser().parse_args(words)) == 0
    return json.loads(capsys.readouterr().out)


BACKENDS = pytest.mark.parametrize("backend", ["auto", "sat"])


@BACKENDS
def test_info(capsys: pytest.CaptureFixture[str], model: str, backend: str) -> None:
    found = ask(capsys, "info", model, "--backend", backend)
    assert (found["variables"], found["values"], found["rules"]) == (4, 10, 4)
    if backend == "auto":
        assert found["solutions"] == "12"
        assert found["backend"] == "diagram"
        assert found["nodes"] > 0
        assert found["edges"] > 0
    else:
        assert found["solutions"] is None
        assert found["backend"] == "sat"
    assert found["compile_seconds"] >= 0
    assert found["peak_memory_mb"] > 10


@BACKENDS
def test_domains(capsys: pytest.CaptureFixture[str], model: str, backend: str) -> None:
    words = ("domains", model, "--choose", "frame=titanium", "--choose", "bag=true")
    found = ask(capsys, *words, "--backend", backend)
    assert found["domains"] == {
        "frame": ["titanium"],
        "brakes": ["disc"],
        "rack": ["true"],
        "bag": ["true"],
    }
    assert found["solutions"] == ("1" if backend == "auto" else None)


def test_domains_with_prices_and_a_budget(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path
) -> None:
    words = ("domains", model, "--prices", str(tmp_path / "prices.csv"), "--choose", "bag=true")
    found = ask(capsys, *words)
    assert found["cheapest"]["total"] == 40
    assert found["cheapest"]["values"]["frame"] == {"steel": 40, "titanium": 1020}
    fewer = ask(capsys, *words, "--budget", "100")
    assert fewer["domains"]["frame"] == ["steel"]
    assert fewer["domains"]["brakes"] == ["rim", "drum"]


@BACKENDS
def test_explain(capsys: pytest.CaptureFixture[str], model: str, backend: str) -> None:
    words = ("explain", model, "--choose", "rack=true", "--choose", "brakes=drum")
    found = ask(capsys, *words, "--want", "frame=titanium", "--backend", backend)
    assert found == {"blocked": True, "choices": ["brakes"], "rules": ["light-needs-disc"]}
    found = ask(capsys, "explain", model, "--want", "frame=carbon", "--backend", backend)
    assert found == {"blocked": True, "choices": [], "rules": ["no-carbon"]}
    found = ask(capsys, "explain", model, "--want", "frame=steel", "--backend", backend)
    assert found == {"blocked": False, "choices": [], "rules": []}


@BACKENDS
def test_repair(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path, backend: str
) -> None:
    words = ("repair", model, "--choose", "brakes=drum", "--choose", "bag=false")
    prices = ("--prices", str(tmp_path / "prices.csv"), "--backend", backend)
    found = ask(capsys, *words, "--want", "frame=titanium", "--limit", "2", *prices)
    one, two = found["repairs"]
    assert (one["changes"], one["count"]) == ({"brakes": "disc"}, 1)
    assert (two["changes"], two["count"]) == ({"brakes": "disc", "bag": "true"}, 2)
    assert [one["total"], two["total"]] == ([980, 1020] if backend == "auto" else [None, None])


def test_complete(capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path) -> None:
    words = ("complete", model, "--choose", "bag=true", "--prices", str(tmp_path / "prices.csv"))
    found = ask(capsys, *words)
    assert found["choices"] == {"frame": "steel", "brakes": "rim", "rack": "true", "bag": "true"}
    assert found["total"] == 40
    drawn = ask(capsys, *words, "--by", "random", "--seed", "4")
    assert drawn == ask(capsys, *words, "--by", "random", "--seed", "4")
    assert drawn["choices"]["bag"] == "true"


def test_check(capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path) -> None:
    found = ask(capsys, "check", model)
    assert found["contradiction"] is None
    assert found["dead_values"] == [{"name": "frame", "value": "carbon", "rules": ["no-carbon"]}]
    assert found["single_valued"] == []
    assert found["redundant_rules"] == [{"rule": "again", "because_of": ["light-needs-disc"]}]
    (tmp_path / "no.yaml").write_text(CONTRADICTION)
    found = ask(capsys, "check", str(tmp_path / "no.yaml"))
    assert found["contradiction"] == ["one", "two", "three"]


def test_a_contradiction_has_no_products(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "no.yaml").write_text(CONTRADICTION)
    path = str(tmp_path / "no.yaml")
    assert ask(capsys, "info", path)["solutions"] == "0"
    assert ask(capsys, "domains", path)["domains"] == {"a": [], "b": []}
    found = ask(capsys, "domains", path, "--prices", os.devnull)
    assert found["cheapest"] == {"total": None, "values": {"a": {}, "b": {}}}
    found = ask(capsys, "explain", path, "--want", "a=true")
    assert found == {"blocked": True, "choices": [], "rules": ["two", "three"]}
    found = ask(capsys, "explain", path, "--want", "a=false", "--backend", "sat")
    assert found == {"blocked": True, "choices": [], "rules": ["one"]}
    assert ask(capsys, "repair", path, "--want", "a=true") == {"repairs": []}
    assert answer(parser().parse_args(["complete", path])) == 2
    assert "one, two, three" in capsys.readouterr().err


@BACKENDS
def test_bench(capsys: pytest.CaptureFixture[str], model: str, backend: str) -> None:
    found = ask(capsys, "bench", model, "--clicks", "5", "--seed", "1", "--backend", backend)
    assert found["p50_ms"] > 0
    assert found["p99_ms"] >= found["p50_ms"]
    assert found["ratio"] >= 0  # rounded: a toy model is no work for a solver
    assert (found["load_ms"] is None) == (backend == "sat")


def test_export(capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path) -> None:
    target = str(tmp_path / "bike.uvl")
    assert ask(capsys, "export", model, "--to", target)["written"] == target
    assert ask(capsys, "info", target)["solutions"] == "12"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("info", "missing.yaml"), "No such file"),
        (("info", "missing.txt"), "are read from"),
        (("domains", "MODEL", "--choose", "frame"), "NAME=VALUE"),
        (("domains", "MODEL", "--choose", "frme=steel"), "Did you mean “frame”?"),
        (("domains", "MODEL", "--choose", "frame=wood"), "its values are steel"),
        (("domains", "MODEL", "--choose", "rack=true", "--choose", "rack=false"), "twice"),
        (("domains", "MODEL", "--budget", "3"), "needs prices"),
        (("domains", "MODEL", "--prices", "missing.csv"), "cannot be read"),
        (("complete", "MODEL", "--choose", "frame=carbon"), "No design"),
        (("export", "MODEL", "--to", "x.pdf"), "are written to"),
    ],
)
def test_bad_input_ends_with_one_line(
    capsys: pytest.CaptureFixture[str], model: str, words: tuple[str, ...], message: str
) -> None:
    given = [model if word == "MODEL" else word for word in words]
    assert answer(parser().parse_args(given)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err
    assert told.err.startswith("error: ")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("frame,wood,3", "line 1"),
        ("frame,steel,3\nfram,steel,3", "line 2: there is no option"),
        ("frame,steel,3.5", "not a whole number"),
        ("frame,steel", "three fields"),
        ("frame,steel,3\nframe,steel,4", "a price already"),
        ("frame,steel,99999999999999999999", "too large"),
        ("frame,steel,1_0", "not a whole number"),
        ("frame,steel,٣", "not a whole number"),
    ],
)
def test_bad_prices_are_refused_with_their_line(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path, lines: str, message: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(lines)
    assert answer(parser().parse_args(["domains", model, "--prices", str(path)])) == 2
    assert message in capsys.readouterr().err


def test_endless_prices_are_not_read_to_their_end(
    capsys: pytest.CaptureFixture[str], model: str
) -> None:
    assert answer(parser().parse_args(["domains", model, "--prices", "/dev/zero"])) == 2
    assert "larger than" in capsys.readouterr().err


def test_prices_are_read_with_blank_lines_and_any_header(
    capsys: pytest.CaptureFixture[str], model: str, tmp_path: Path
) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes("\ufeff\r\nName, Value, Price\r\n,,\r\nframe, steel, +7\r\n".encode())
    found = ask(capsys, "domains", model, "--prices", str(path))
    assert found["cheapest"]["values"]["frame"] == {"steel": 7, "titanium": 0}


def test_names_may_begin_with_a_dash(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "dash.yaml").write_text("variables: [{name: -3, values: [-1, -2]}]")
    words = joined(["domains", str(tmp_path / "dash.yaml"), "--choose", "-3=-1"])
    assert ask(capsys, *words)["domains"] == {"-3": ["-1"]}


def test_messages_of_several_lines_become_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "bytes.yaml").write_bytes(b"a: \x85\xff")
    assert answer(parser().parse_args(["info", str(tmp_path / "bytes.yaml")])) == 2
    assert capsys.readouterr().err.count("\n") == 1


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "configurator.engine", *words]
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_module_runs(model: str) -> None:
    done = run("info", model)
    assert done.returncode == 0
    assert json.loads(done.stdout)["solutions"] == "12"
    assert run("info").returncode == 2
    assert run("nonsense", model).returncode == 2
    assert run("info", model, "--seconds", "nan").returncode == 2


def pigeonholes(holes: int) -> str:
    lines = [
        " ".join(str(pigeon * holes + hole + 1) for hole in range(holes)) + " 0"
        for pigeon in range(holes + 1)
    ]
    for hole in range(1, holes + 1):
        for one in range(holes + 1):
            lines += [f"-{one * holes + hole} -{two * holes + hole} 0" for two in range(one)]
    return f"p cnf {holes * (holes + 1)} {len(lines)}\n" + "\n".join(lines) + "\n"


def test_exploding_models_end_in_time(tmp_path: Path) -> None:
    path = tmp_path / "pigeons.cnf"
    path.write_text(pigeonholes(25))
    started = time.monotonic()
    done = run("info", str(path), "--seconds", "2", "--compile-seconds", "1")
    assert done.returncode == 2
    assert "error: " in done.stderr
    assert time.monotonic() - started < 30


def test_the_guard_ends_what_takes_too_long_or_too_much(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def sleep() -> int:
        time.sleep(60)
        return 0

    def fill() -> int:
        return len(bytearray(8 << 30))

    assert guarded(sleep, 0.2, 4_000) == 2
    assert guarded(fill, 20, 4_000) == 2
    assert guarded(lambda: 0, 20, 4_000) == 0
    told = capfd.readouterr().err
    assert "longer than 0.2 seconds" in told
    assert "memory" in told


def test_unforeseen_errors_are_told_in_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise LookupError("two\nlines")

    def fill() -> int:
        raise OSError(28, "No space left on device")

    assert guarded(fail, 20, 4_000) == 2
    assert guarded(fill, 20, 4_000) == 2
    first, second = capfd.readouterr().err.splitlines()
    assert first.startswith("error: The engine failed: LookupError in test_cli.py:")
    assert first.endswith("two lines.")
    assert second == "error: No space left on device."


def _hears_interrupts() -> None:
    """As in a terminal, also where the tests run in the background, which ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_the_work_ends_with_the_command(tmp_path: Path, number: int, status: int) -> None:
    path = tmp_path / "pigeons.cnf"
    path.write_text(pigeonholes(25))
    command = [sys.executable, "-m", "configurator.engine", "check", str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_hears_interrupts
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not (found := children.read_text().split()):
            time.sleep(0.05)
        process.send_signal(number)
        assert process.wait() == status
        assert not Path(f"/proc/{found[0]}").exists()
