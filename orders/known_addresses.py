"""Where somebody's orders have gone or may go; accounts, a room above, say so through a port."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

FIELDS = ("name", "company", "street", "postal_code", "city", "country")


@dataclass(frozen=True)
class Known:
    """An address that can be taken over into the form; `key` names it there."""

    key: str
    fields: Mapping[str, str]

    @property
    def line(self) -> str:
        """In one line, to choose by."""
        told = [self.fields[name] for name in ("name", "street", "postal_code", "city")]
        return ", ".join(text for text in told if text)


Teller = Callable[[HttpRequest], tuple[str, Sequence[Known]]]


def _nobody_is_known(_request: HttpRequest) -> tuple[str, Sequence[Known]]:
    return "", ()


_tell: Teller = _nobody_is_known


def told_by(teller: Teller) -> None:
    """Who knows the email and the addresses of whoever asks, the standard one first."""
    global _tell
    _tell = teller


def known(request: HttpRequest) -> Sequence[Known]:
    return _tell(request)[1]


def initial_of(request: HttpRequest) -> dict[str, str]:
    """What a form of who orders begins with."""
    email, addresses = _tell(request)
    first = dict(addresses[0].fields) if addresses else {}
    return {**first, **({"email": email} if email else {})}


def filled(request: HttpRequest, data: Mapping[str, str], key: str) -> dict[str, str]:
    """What was entered, with the address of this key in it."""
    email, addresses = _tell(request)
    chosen = next((each.fields for each in addresses if each.key == key), {})
    entered = {name: str(value) for name, value in data.items()}
    return {**entered, **chosen, "email": entered.get("email") or email}
