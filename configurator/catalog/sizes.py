"""How large a model is, in words, and what would make it smaller."""

from collections import Counter
from math import log10

from configurator.engine import Model, Schema, Table, parse

HINT = (
    "To make it fit, split tables over fewer options, give numbers larger steps, or remove rules "
    "that join many options."
)
NAMED = 3
"""So many of the most entangled options are named."""


def size_words(model: Model) -> str:
    """The size of a model, and the options that most rules join."""
    values = sum(len(variable.values) for variable in model.variables)
    power = sum(log10(len(variable.values)) for variable in model.variables)
    words = (
        f"It has {len(model.variables):,} options with {values:,} values "
        f"(about 10^{power:.0f} combinations) and {len(model.rules):,} rules."
    )
    joined = _joined(model)
    return f"{words} Most rules join {joined}." if joined else words


def _joined(model: Model) -> str:
    schema = Schema(model.variables, model.texts)
    counts = Counter[str]()
    for rule in model.rules:
        if isinstance(rule, Table):
            counts.update(rule.columns)
        else:
            counts.update(parse(rule.text, schema, want="condition").references)
    return ", ".join(
        f"“{name}” ({count})" for name, count in counts.most_common(NAMED) if count > 1
    )
