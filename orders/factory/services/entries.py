"""What people write with a move: cleaned, bounded, or refused at its field."""

import unicodedata
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from orders.factory.models import WorkOrder
from orders.factory.services.refusals import BadEntry
from orders.factory.wording import CAUSE_NAMES

LONGEST_REASON = 300
LONGEST_NOTE = 500
LONGEST_LOT = 60


def reason(text: str) -> str:
    """Why it is held; needed."""
    written = plain_line("reason", text, LONGEST_REASON)
    if not written:
        raise BadEntry("reason", _("Say what is wrong, so that it can be answered."))
    return written


def answerer(code: str) -> str:
    """Who must answer; needed."""
    if code not in WorkOrder.Answerer.values:
        raise BadEntry("answerer", _("Choose who must answer."))
    return code


def cause(code: str) -> str:
    """What went wrong; needed."""
    if code not in CAUSE_NAMES:
        raise BadEntry("cause", _("Choose what went wrong."))
    return code


def note(text: str) -> str:
    return plain_line("note", text, LONGEST_NOTE)


def lots(given: Mapping[str, str], parts: Sequence[str]) -> dict[str, str]:
    """The lots by the code of the part, those left empty aside."""
    used = {}
    for code, text in given.items():
        if lot := plain_line(f"lot-{code}", text, LONGEST_LOT):
            if code not in parts:
                raise BadEntry(f"lot-{code}", _("This operation does not use that part."))
            used[code] = lot
    return used


def plain_line(field: str, text: str, longest: int) -> str:
    """One line without control characters; BadEntry if it is too long."""
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    plain = " ".join(plain.split())
    if len(plain) > longest:
        message = _("At most %(most)d characters; these are %(count)d.")
        raise BadEntry(field, message % {"most": longest, "count": len(plain)})
    return plain
