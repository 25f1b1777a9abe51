"""Questions about a model, answered as JSON on standard output; bad input ends with status 2."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from configurator.engine import commands
from configurator.engine.commands import Command, Data
from configurator.engine.errors import EngineError
from configurator.engine.guard import guarded

MEMORY_MB = 3_000
"""Address space of the process that answers; one that compiles has its own."""
Run = Callable[[Command], Data]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as everything else here does."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"error: {message} (--help shows how)\n")


def _whole(text: str) -> int:
    number = int(text)
    if not 0 < number <= 1_000_000:
        raise ValueError
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number <= 1_000_000:
        raise ValueError
    return number


_whole.__name__ = _seconds.__name__ = "number"


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = _Parser(prog="python -m configurator.engine", description=__doc__)
    names = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Run) -> argparse.ArgumentParser:
        command = names.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.add_argument("model", metavar="MODEL", help="XCSP, UVL, DIMACS or YAML file")
        command.set_defaults(run=run, choose=[], prices=None)
        command.add_argument("--backend", choices=("auto", "diagram", "sat"), default="auto")
        command.add_argument("--seconds", type=_seconds, default=45.0, help="most for everything")
        command.add_argument("--compile-seconds", type=_seconds, default=20.0)
        return command

    def choosing(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
        command.add_argument("--choose", metavar="NAME=VALUE", action="append", default=[])
        command.add_argument("--prices", metavar="FILE", help="CSV lines name,value,price")
        return command

    add("info", commands.info)
    command = choosing(add("domains", commands.domains))
    command.add_argument("--budget", type=int, metavar="N")
    command = choosing(add("explain", commands.explain))
    command.add_argument("--want", metavar="NAME=VALUE", required=True)
    command = choosing(add("repair", commands.repair))
    command.add_argument("--want", metavar="NAME=VALUE", required=True)
    command.add_argument("--limit", type=_whole, default=3)
    command = choosing(add("complete", commands.complete))
    command.add_argument("--by", choices=("cheapest", "fastest", "random"), default="cheapest")
    command.add_argument("--seed", type=int, default=0)
    add("check", commands.check_model)
    command = choosing(add("bench", commands.run_bench))
    command.add_argument("--clicks", type=_whole, default=200)
    command.add_argument("--seed", type=int, default=0)
    command = add("export", commands.export)
    command.add_argument("--to", metavar="FILE", required=True)
    return top


def answer(arguments: argparse.Namespace) -> int:
    """Run a command in this process; returns the exit status."""
    try:
        run: Run = arguments.run
        found = run(Command(arguments))
    except EngineError as error:
        sys.stderr.write(f"error: {' '.join(str(error).split())}\n")
        return 2
    except RecursionError:
        sys.stderr.write("error: The model is nested too deeply.\n")
        return 2
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return 0


def joined(words: Sequence[str]) -> list[str]:
    """`--choose` and its value as one word, since names may begin with a dash."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in ("--choose", "--want") and "=" in word:
            found[-1] += f"={word}"
        else:
            found.append(word)
    return found


def main(words: Sequence[str]) -> int:
    """Run one command within its time and memory; returns the exit status."""
    arguments = parser().parse_args(joined(words))
    return guarded(lambda: answer(arguments), arguments.seconds, MEMORY_MB)
