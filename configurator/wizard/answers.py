"""What the engine says about a state of a design, asked once a request and remembered."""

from uuid import UUID

from configurator.catalog.configuration import Configuration
from configurator.catalog.recent import Recent
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Answer, Value
from configurator.wizard.limits import FREE, Bounds

KEPT = 256
"""How many answers a process keeps; a page after a POST, undo and redo find theirs here."""

Key = tuple[UUID, frozenset[tuple[str, type, Value]], frozenset[tuple[str, str]], Bounds]
_kept: Recent[Key, Answer] = Recent(KEPT)


def answer_of(
    product: ReleasedProduct, configuration: Configuration, bounds: Bounds = FREE
) -> Answer:
    """The answer for a valid configuration; its texts count where they are given.

    With bounds, only what a design within them can have is possible.
    """
    key = key_of(product, configuration, bounds)
    return _kept.get(key, lambda: _ask(product, configuration, bounds))


def key_of(product: ReleasedProduct, configuration: Configuration, bounds: Bounds) -> Key:
    """What an answer depends on."""
    return (
        product.release_id,
        frozenset((code, type(value), value) for code, value in configuration.choices.items()),
        frozenset(configuration.texts.items()),
        bounds,
    )


def _ask(product: ReleasedProduct, configuration: Configuration, bounds: Bounds = FREE) -> Answer:
    """A text counts only while its option applies in the completion, which it may change."""
    choices, texts = configuration.choices, configuration.texts
    budget, deadline = bounds
    answer = product.space.answer(choices, texts, budget=budget, deadline=deadline)
    if not texts:
        return answer
    whole = Configuration({**answer.completion}, texts)
    counting = product.texts_of(whole)
    if not answer.completion or counting == texts:
        return answer
    return product.space.answer(choices, counting, budget=budget, deadline=deadline)


def completed(
    product: ReleasedProduct, configuration: Configuration, bounds: Bounds = FREE
) -> Configuration:
    """The cheapest complete design that keeps the configuration, with the texts that apply.

    Within the bounds, if there is one.
    """
    answer = answer_of(product, configuration, bounds)
    found = answer.completion or answer_of(product, configuration).completion
    whole = Configuration(dict(found), configuration.texts, configuration.files)
    return Configuration(whole.choices, product.texts_of(whole), product.files_of(whole))


def decided(product: ReleasedProduct, choices: dict[str, Value]) -> dict[str, Value]:
    """The choices of a complete design without those of options that do not apply."""
    return {
        code: value
        for code, value in choices.items()
        if value != NONE and product.applies(code, choices)
    }
