"""The solver: a product line compiled once, every question afterwards a sweep over it."""

from configurator.engine.answer import Answer
from configurator.engine.completions import Completions
from configurator.engine.delays import with_delays
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
from configurator.engine.language import Expression, Schema, delays_of, parse
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
from configurator.engine.space import Space, compile_model

__all__ = [
    "NONE",
    "Answer",
    "ArtifactError",
    "Budget",
    "BudgetError",
    "Choices",
    "Completions",
    "ContradictionError",
    "EngineError",
    "Expression",
    "ExpressionError",
    "FormatError",
    "Model",
    "ModelError",
    "Rule",
    "Schema",
    "Space",
    "Table",
    "Term",
    "UnavailableError",
    "Value",
    "Variable",
    "compile_model",
    "delays_of",
    "parse",
    "with_delays",
]
