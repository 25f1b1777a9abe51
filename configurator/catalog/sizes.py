"""How large a model is, in words, and what would make it smaller."""

from collections import Counter
from math import log10

from configurator.engine import Model, Schema, Table, parse
from configurator.engine.words import Words as _

HINT = _(
    "To make it fit, split tables over fewer options, give numbers larger steps, "
    "or remove rules that join many options."
)
NAMED = 3
"""So many of the most entangled options are named."""


def size_words(model: Model) -> str:
    """The size of a model, and the options that most rules join."""
    values = sum(len(variable.values) for variable in model.variables)
    power = sum(log10(len(variable.values)) for variable in model.variables)
    words = _(
        "It has %(count)s options with %(values)s values (about 10^%(power)s "
        "combinations) and %(rules)s rules.",
        count=f"{len(model.variables):,}",
        values=f"{values:,}",
        power=f"{power:.0f}",
        rules=f"{len(model.rules):,}",
    )
    joined = _joined(model)
    return (
        _("%(words)s Most rules join %(joined)s.", words=words, joined=joined) if joined else words
    )


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
