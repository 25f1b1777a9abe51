"""Codes that are one person's own. Whose they are is known above; the room there says it here.

To anybody else such a code is like one that there is not: the answer is always the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from orders.promo.models import PromoCode


@dataclass(frozen=True)
class Goods:
    """A line: all of it without tax, and the most that can be taken off it (None: all of it)."""

    product_id: int
    net: Decimal
    bearable: Decimal | None = None
    design_id: UUID | None = None
    quantity: int = 1


@dataclass(frozen=True)
class Asking:
    """Who asks for a code, as far as they have said, for what; no goods: only whose it is."""

    row: PromoCode
    email: str = ""
    goods: Sequence[Goods] = ()


Check = Callable[[Asking], str | None]
"""None: it is not theirs; else why it does not work, "" if it does."""

_checks: list[Check] = []


def checked_by(check: Check) -> None:
    """From now on this says whose codes are."""
    _checks[:] = [check]


def unknown() -> str:
    """What is said of codes that there are not, or that are somebody else's."""
    return _("We don’t know this code. Please check how it is written.")


def refused(asking: Asking) -> str:
    """Why it does not work for them; "" if it does, or is not a personal one."""
    if not asking.row.personal:
        return ""
    said = _checks[0](asking) if _checks else None
    return unknown() if said is None else said


def is_foreign(row: PromoCode) -> bool:
    """Whether it is a personal one of somebody who certainly is not the one who acts."""
    return row.personal and (not _checks or _checks[0](Asking(row)) is None)
