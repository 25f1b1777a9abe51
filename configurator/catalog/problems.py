"""What is wrong with a content, said so that whoever wrote it can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from configurator.catalog.content import Path
from configurator.catalog.wording import told
from configurator.engine import ExpressionError
from configurator.engine.words import Words as _
from configurator.engine.words import joined


@dataclass(frozen=True)
class Problem:
    """`line` and `column` count from 1 within the text at `path`; 0 is the thing as a whole."""

    path: Path
    message: str
    line: int = 0
    column: int = 0
    also: tuple[Path, ...] = field(default=())  # what else is to blame

    @property
    def told(self) -> str:
        """The message in the language of whoever reads it."""
        return told(self.message)


def at_line(problem: Problem) -> str:
    """The message with its place in a longer text."""
    if not problem.line:
        return problem.message
    return _(
        "Line %(line)s, column %(column)s: %(message)s",
        line=problem.line,
        column=problem.column,
        message=problem.message,
    )


def of_expression(path: Path, error: ExpressionError) -> Problem:
    """A text of the rule language that cannot be understood."""
    hint = _(" Did you mean “%(word)s”?", word=error.suggestion) if error.suggestion else ""
    return Problem(path, joined("", [error.message, hint]), error.line, error.column)


def meant(word: str, known: Iterable[str]) -> str:
    """A hint: the known word that was probably meant, or the known words where they are few."""
    words = list(known)
    folded = {each.casefold(): each for each in words}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if near:
        return _(" Did you mean “%(word)s”?", word=folded[near[0]])
    return _(" There are: %(words)s.", words=", ".join(words)) if 0 < len(words) <= 12 else ""


def short(value: Any) -> str:
    """A value as it is quoted in a message."""
    text = str(value)
    return f"{text[:60]}…" if len(text) > 61 else text


def where(content: Any, path: Path) -> str:
    """The path in words: rules → titanium-needs-disc → rule.

    Nothing for test cases beside a content: what is told of them names them.
    """
    if path[:1] == ("cases",) and "cases" not in content:
        return ""
    words = []
    here = content
    for step in path:
        here = _step_into(here, step)
        code = here.get("code") if isinstance(here, dict) else None
        if isinstance(step, int):
            words.append(short(code) if isinstance(code, str | int) else f"no. {step + 1}")
        else:
            words.append(short(step))
    return " → ".join(words)


def _step_into(here: Any, step: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return here[step]
    return None
