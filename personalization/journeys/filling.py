"""Texts with named fields, like “{price}”: checked where they are written, filled when they are
said. Nothing else in them is more than words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.journeys.plan import PRICE, WATCHED, Trigger

ANY, DESIGN, ORDER, CHANGE, BEFORE, CODE = "", "design", "order", "change", "before", "code"
FIELDS: Mapping[str, tuple[str, str | Promise]] = {
    "firm": (ANY, gettext_lazy("the firm’s name")),
    "product": (ANY, gettext_lazy("the product’s name")),
    "link": (ANY, gettext_lazy("where to go on: the design, the order, or the shop")),
    "design": (DESIGN, gettext_lazy("what they call the design")),
    "price": (DESIGN, gettext_lazy("what the design costs today")),
    "ready": (
        DESIGN,
        gettext_lazy("the day on which the design would be ready, asked as it is sent"),
    ),
    "order": (ORDER, gettext_lazy("the order’s number")),
    "before": (BEFORE, gettext_lazy("what the design cost before")),
    "days": (CHANGE, gettext_lazy("by how many days it is ready sooner or later")),
    "code": (CODE, gettext_lazy("a code of their own")),
    "worth": (CODE, gettext_lazy("what the code takes off")),
    "until": (CODE, gettext_lazy("until when the code holds")),
}
"""What may be named, and of what there must be something to tell."""
BRACED = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a text, in words, and where."""

    said: str
    line: int
    column: int

    def __str__(self) -> str:
        place = {"line": self.line, "column": self.column, "said": self.said}
        return _("Line %(line)s, character %(column)s: %(said)s") % place


def known(trigger: Trigger, has_code: bool) -> list[str]:
    """The fields that have something to tell after such a beginning."""
    given = {ANY}
    given |= {DESIGN} if trigger.has_design else set()
    given |= {ORDER} if trigger.has_order else set()
    given |= {CHANGE} if trigger.kind in WATCHED - {PRICE} else set()
    given |= {BEFORE} if trigger.kind == PRICE else set()
    given |= {CODE} if has_code else set()
    return [name for name, (of, _said) in FIELDS.items() if of in given]


def wrongs(text: str, names: list[str]) -> list[Wrong]:
    """Every field that there is not, and every brace that belongs to none."""
    found = []
    for match in BRACED.finditer(text):
        if match.group() in ("{{", "}}") or (match.group(1) or "").strip() in names:
            continue
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        found.append(Wrong(_told(match, names), line, column))
    return found


def _told(match: re.Match[str], names: list[str]) -> str:
    name = (match.group(1) or "").strip()
    if match.group(1) is None:
        return _("Write “{{” or “}}” for a brace that is meant as it is.")
    if name in FIELDS:
        return _("“{%(name)s}” has nothing to tell in this journey.") % {"name": name}
    near = get_close_matches(name, names, 1)
    hint = _(" Did you mean “{%(word)s}”?") % {"word": near[0]} if near else ""
    return _("There is no field “{%(name)s}”.") % {"name": name[:40]} + hint


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields. A paragraph that names something of which there is nothing to tell
    is left out."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip())
    kept = [_filled(block, values) for block in blocks if _has_all(block, values)]
    return "\n\n".join(block for block in kept if block.strip())


def _names(text: str) -> list[str]:
    found = (match.group(1) for match in BRACED.finditer(text))
    return [name.strip() for name in found if name is not None]


def _has_all(block: str, values: Mapping[str, str]) -> bool:
    return all(values.get(name) for name in _names(block))


def _filled(block: str, values: Mapping[str, str]) -> str:
    def put(match: re.Match[str]) -> str:
        if match.group() in ("{{", "}}"):
            return match.group()[0]
        name = match.group(1)
        return match.group() if name is None else values.get(name.strip(), "")

    return BRACED.sub(put, block)
