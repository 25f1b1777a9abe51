"""The solver: a product line compiled once, every question afterwards a sweep over it."""

from configurator.engine.errors import (
    ArtifactError,
    BudgetError,
    ContradictionError,
    EngineError,
    ExpressionError,
    FormatError,
    ModelError,
    UnavailableError,
)
from configurator.engine.language import Expression, Schema, parse
from configurator.engine.model import (
    NONE,
    Budget,
    Choices,
    Model,
    Rule,
    Table,
    Term,
    Value,
    Variable,
)

__all__ = [
    "NONE",
    "ArtifactError",
    "Budget",
    "BudgetError",
    "Choices",
    "ContradictionError",
    "EngineError",
    "Expression",
    "ExpressionError",
    "FormatError",
    "Model",
    "ModelError",
    "Rule",
    "Schema",
    "Table",
    "Term",
    "UnavailableError",
    "Value",
    "Variable",
    "parse",
]
