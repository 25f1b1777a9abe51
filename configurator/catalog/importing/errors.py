"""Why a file is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from configurator.catalog.wording import told

SHOWN = 40


@dataclass(frozen=True, order=True)
class FileProblem:
    """One thing to mend; `line` 0 is the file as a whole.

    `place` names the place in files without lines (Options!C4, layers/oak.png); then `line` only
    orders the problems.
    """

    line: int
    message: str
    place: str = ""

    @property
    def where(self) -> str:
        """The place, in short."""
        return self.place or (_("line %(line)s") % {"line": self.line} if self.line else "")

    @property
    def said(self) -> str:
        """The message in the language of whoever reads it."""
        return told(self.message)

    def told(self, file: Path) -> str:
        if self.place:
            return f"{file}: {self.place}: {self.message}"
        return f"{file}:{self.line}: {self.message}" if self.line else f"{file}: {self.message}"


class ImportRefused(Exception):
    """The file is refused, nothing is imported. `messages` has a line for each problem."""

    def __init__(self, file: Path, problems: Iterable[FileProblem]) -> None:
        self.file = file
        self.problems = sorted(set(problems))
        self.messages = [problem.told(file) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            self.messages.append(f"{file}: … and {len(self.problems) - SHOWN} more.")
        super().__init__("\n".join(self.messages))


def refuse(file: Path, message: str, line: int = 0, place: str = "") -> ImportRefused:
    """A refusal with a single reason."""
    return ImportRefused(file, [FileProblem(line, message, place)])
