"""Short signed words in addresses: a number and what shows that we wrote it.

Seventy-two bits of a keyed hash: too many to be tried, few enough for a text message.
"""

import base64

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LONGEST = 40


def sign(kind: str, pk: int) -> str:
    """The word for this row of this kind; no other kind takes it."""
    return f"{_base36(pk)}-{_mac(kind, pk, settings.SECRET_KEY)}"


def read(kind: str, word: str) -> int | None:
    """The number of the row; None for words that we did not write for this kind."""
    number, dash, mac = word.partition("-")
    if not dash or len(word) > LONGEST or not set(number) <= set(DIGITS) or not number:
        return None
    pk = int(number, 36)
    keys: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    known = [constant_time_compare(mac, _mac(kind, pk, key)) for key in keys]
    return pk if any(known) and number == _base36(pk) else None


def _mac(kind: str, pk: int, key: str) -> str:
    said = salted_hmac(f"messages.{kind}", str(pk), secret=key, algorithm="sha256")
    return base64.urlsafe_b64encode(said.digest()[:9]).decode()


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"
