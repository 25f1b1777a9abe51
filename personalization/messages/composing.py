"""Who finds the words of a message, when it is due and not before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from orders.mailing import Letter
from personalization.messages.models import Message


@dataclass(frozen=True)
class Words:
    """What is said: `text` for every channel; a mail has a `subject` or is a whole `letter`; push
    and pages lead to `url`. `facts` are kept with the decision: what the words rest on. `told`
    names what the reader told about themselves that brought this about, for their receipt."""

    text: str
    subject: str = ""
    url: str = ""
    letter: Letter | None = None
    facts: dict[str, object] = field(default_factory=dict)
    told: tuple[str, ...] = ()


Composer = Callable[[Message, str], Words | None]
"""Of a message and the address it goes to, in the reader's language; None: nothing to say now.
It may be called again after a crash, so it leaves nothing that a second call would double."""

_composers: dict[str, Composer] = {}


def register(name: str, composer: Composer) -> None:
    """Say who finds the words of messages that name this composer."""
    _composers[name] = composer


def composers() -> Mapping[str, Composer]:
    """Who finds which words."""
    return _composers


def compose(message: Message, address: str) -> Words | None:
    """The words now. KeyError for a composer that nobody registered."""
    return _composers[message.composer](message, address)
