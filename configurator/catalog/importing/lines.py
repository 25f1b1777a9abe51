"""On which lines the variables and constraints of a model file stand."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from configurator.catalog.content import Path as Where
from configurator.engine import Model

MOST_BYTES = 60_000_000
KINDS = ("relation", "constraint", "domain", "variable")
ELEMENT = re.compile(rf"<({'|'.join(KINDS)})\s[^>]*?\bname=[\"']([^\"']*)[\"']")
NAMED = re.compile(rf"(?:\b({'|'.join(KINDS)}) )?“([^”]*)”")
FEATURE = re.compile(r"\s+(?:\"([^\"]+)\"|([^\s\"{]+))\s*(?:\{.*)?$")
LINE = re.compile(r"\bline (\d+)")


@dataclass
class Lines:
    """The lines of a model file, by what stands there; 0 is the file as a whole."""

    elements: dict[tuple[str, str], int] = field(default_factory=dict)  # XCSP: by tag and name
    texts: dict[str, int] = field(
        default_factory=dict
    )  # UVL: by the whole line; DIMACS: "clause 1"
    paths: dict[Where, int] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path) -> "Lines":
        """The lines of a file; none where it cannot be read, which others will tell."""
        try:
            if not file.is_file() or file.stat().st_size > MOST_BYTES:
                return cls()
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return cls()
        lines = cls()
        if file.suffix.lower() == ".xml":
            lines._find_elements(text)
        elif file.suffix.lower() == ".uvl":
            lines._find_features(text)
        else:
            lines._find_clauses(text)
        return lines

    def _find_elements(self, text: str) -> None:
        line, last = 1, 0
        for found in ELEMENT.finditer(text):
            line += text.count("\n", last, found.start())
            last = found.start()
            self.elements.setdefault((found[1], found[2]), line)

    def _find_features(self, text: str) -> None:
        for number, line in enumerate(text.splitlines(), start=1):
            self.texts.setdefault(" ".join(line.split()), number)
            if found := FEATURE.match(line):
                self.elements.setdefault(("variable", found[1] or found[2]), number)

    def _find_clauses(self, text: str) -> None:
        clauses = 0
        for number, line in enumerate(text.splitlines(), start=1):
            if line[:1] not in ("c", "p"):
                for _end in range(line.split().count("0")):
                    clauses += 1
                    self.texts[f"clause {clauses}"] = number

    def blamed(self, message: str) -> int:
        """The line that a message names, or on which what it names first stands."""
        if told := LINE.search(message):
            return int(told[1])
        for kind, name in NAMED.findall(message):
            for each in [kind] if kind else KINDS:
                if line := self.elements.get((each, name)):
                    return line
        return 0

    def of_variable(self, name: str) -> int:
        return self.elements.get(("variable", name), 0)

    def place(self, model: Model, step: int) -> None:
        """Know the content's paths too; its options are on pages of `step`."""
        for number, variable in enumerate(model.variables):
            where = ("steps", number // step, "options", number % step)
            self.paths[where] = self.of_variable(variable.name)
        for number, rule in enumerate(model.rules):
            line = self.elements.get(("constraint", rule.name)) or self.texts.get(rule.name, 0)
            self.paths["rules", number] = line

    def line(self, path: Where) -> int:
        """The line of the nearest thing to a path of the content."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.paths:
                return self.paths[path[:end]]
        return 0
