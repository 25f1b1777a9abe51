"""What is said to the crowd besides journeys, and who looks on while the words are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from personalization.messages import composing
from personalization.messages.composing import Composer, Words
from personalization.messages.models import Message

NEWS = "simulating.news"
Watcher = Callable[[Message], None]


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Within, somebody is told whenever the words of a message have been found and it is not sent
    yet: the worst moment."""
    composing.register(NEWS, _news)
    before = dict(composing.composers())
    for name, composer in before.items():
        composing.register(name, partial(_watched, composer, watcher))
    try:
        yield
    finally:
        for name, composer in before.items():
            composing.register(name, composer)


def _watched(composer: Composer, watcher: Watcher, message: Message, address: str) -> Words | None:
    words = composer(message, address)
    if words is not None:
        watcher(message)
    return words


def _news(_message: Message, _address: str) -> Words | None:
    return Words(text="There is something new.", subject="News", url="/")
