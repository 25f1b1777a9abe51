"""What the engine says about a state of a design, asked once a request and remembered."""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Answer, Value

KEPT = 256
"""How many answers a process keeps; a page after a POST, undo and redo find theirs here."""

Key = tuple[UUID, frozenset[tuple[str, type, Value]], frozenset[tuple[str, str]]]
_kept: OrderedDict[Key, Answer] = OrderedDict()
_lock = Lock()


def answer_of(product: ReleasedProduct, configuration: Configuration) -> Answer:
    """The answer for a valid configuration; its texts count where they are given."""
    key = (
        product.release_id,
        frozenset((code, type(value), value) for code, value in configuration.choices.items()),
        frozenset(configuration.texts.items()),
    )
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    answer = _ask(product, configuration)
    with _lock:
        _kept[key] = answer
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return answer


def _ask(product: ReleasedProduct, configuration: Configuration) -> Answer:
    """A text counts only while its option applies in the completion, which it may change."""
    choices, texts = configuration.choices, configuration.texts
    answer = product.space.answer(choices, texts)
    if not texts:
        return answer
    whole = Configuration({**answer.completion}, texts)
    counting = product.texts_of(whole)
    return answer if counting == texts else product.space.answer(choices, counting)


def completed(product: ReleasedProduct, configuration: Configuration) -> Configuration:
    """The cheapest complete design that keeps the configuration, with the texts that apply."""
    answer = answer_of(product, configuration)
    whole = Configuration(dict(answer.completion), configuration.texts, configuration.files)
    return Configuration(whole.choices, product.texts_of(whole), product.files_of(whole))


def decided(product: ReleasedProduct, choices: dict[str, Value]) -> dict[str, Value]:
    """The choices of a complete design without those of options that do not apply."""
    return {
        code: value
        for code, value in choices.items()
        if value != NONE and product.applies(code, choices)
    }
