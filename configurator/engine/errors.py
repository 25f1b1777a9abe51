"""Every way in which the engine says no. `str(error)` is a kind sentence for an admin."""

from __future__ import annotations

from configurator.engine.words import Words as _


class EngineError(Exception):
    """Base of all errors that the engine raises on purpose."""


class ModelError(EngineError):
    """A model that makes no sense by itself: a doubled name, an empty domain, an unknown column."""


class FormatError(EngineError):
    """A file that cannot be read as a model."""


class ArtifactError(EngineError):
    """A compiled file that is damaged, incomplete or of another version."""


class UnavailableError(EngineError):
    """A question which the search-based fallback cannot answer exactly."""


class ExpressionError(EngineError):
    """A text of the rule language that cannot be understood; line and column count from 1."""

    def __init__(
        self, message: str, line: int = 1, column: int = 1, suggestion: str = "", rule: str = ""
    ) -> None:
        self.message = message
        self.line = line
        self.column = column
        self.suggestion = suggestion
        self.rule = rule
        super().__init__(message)

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: "
        if self.rule:
            place = f"{self.rule}, {place}"
        hint = _(" Did you mean “%(word)s”?", word=self.suggestion) if self.suggestion else ""
        return f"{place}{self.message}{hint}"

    def within(self, rule: str) -> ExpressionError:
        """The same error, told as part of the rule `rule`."""
        return ExpressionError(self.message, self.line, self.column, self.suggestion, rule)


class ContradictionError(EngineError):
    """No product meets all rules; `rules` is a minimal set that already cannot be met."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        self.rules = rules
        listed = ", ".join(rules)
        super().__init__(_("No product can meet these rules together: %(listed)s.", listed=listed))


class BudgetError(EngineError):
    """The model, or one rule or price term (`name`) of it, is too large to compile."""

    def __init__(self, message: str, name: str = "", size: int = 0) -> None:
        self.name = name
        self.size = size
        super().__init__(message)
