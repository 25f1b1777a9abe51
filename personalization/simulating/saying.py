"""What is said to the crowd, asked for as any other room would ask."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from orders.models import OrderLine
from personalization.messages import composing
from personalization.messages.composing import Words
from personalization.messages.models import Message

LEFT, NEWS = "simulating.left", "simulating.news"
Watcher = Callable[[Message], None]
_watchers: list[Watcher] = []


def watched_by(watcher: Watcher | None) -> None:
    """Have somebody told while the words of a message are being found: the worst moment."""
    _watchers[:] = [watcher] if watcher else []


def register() -> None:
    composing.register(LEFT, _left)
    composing.register(NEWS, _news)


def _left(message: Message, _address: str) -> Words | None:
    if OrderLine.objects.filter(design_id=UUID(message.data["design"])).exists():
        return None
    return _words(message, "Your design is waiting", "Go on where you stopped.")


def _news(message: Message, _address: str) -> Words | None:
    return _words(message, "News", "There is something new.")


def _words(message: Message, subject: str, text: str) -> Words:
    for watcher in _watchers:
        watcher(message)
    return Words(text=text, subject=subject, url="/")
