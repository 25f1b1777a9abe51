"""What differs between two frozen specifications, as the people who build it need to know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from orders.factory.wording import cut_text, minutes_text, quantity_text
from orders.papers.content import spoken

Json = Mapping[str, Any]
NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """`kind` is choice, text, file, part or operation; `before` and `now` are in words."""

    kind: str
    what: str
    before: str
    now: str


def between(before: Json, now: Json, language: str) -> list[Change]:
    """Choices, texts, files, parts and operations that are not alike; new ones last of each."""
    found: list[Change] = []
    for kind, key, code, tell in KINDS:
        told_before = _told(before.get(key) or (), code, tell, language)
        told_now = _told(now.get(key) or (), code, tell, language)
        names = {item[code]: spoken(item.get("name", ""), language) for item in before.get(key, ())}
        names |= {item[code]: spoken(item.get("name", ""), language) for item in now.get(key, ())}
        found += [
            Change(kind, names[one] or one, old, new)
            for one in dict.fromkeys([*told_before, *told_now])
            if (old := told_before.get(one, NOTHING)) != (new := told_now.get(one, NOTHING))
        ]
    return found


def _told(
    items: Iterable[Json], code: str, tell: Callable[[Json, str], str], language: str
) -> dict[str, str]:
    return {item[code]: tell(item, language) for item in items}


def _choice(item: Json, language: str) -> str:
    return spoken(item.get("label", ""), language) or NOTHING


def _text(item: Json, _language: str) -> str:
    return spoken(item.get("text", ""), "") or NOTHING


def _file(item: Json, _language: str) -> str:
    facts = {"width": item.get("width", 0), "height": item.get("height", 0)}
    told = _("picture %(width)s × %(height)s px") % facts + f", {str(item.get('sha', ''))[:8]}"
    placed = str(item.get("reference") or "").partition("@")[2]
    return f"{told} ({placed})" if placed else told


def _part(item: Json, language: str) -> str:
    sides = [None if side is None else Decimal(str(side)) for side in item.get("cut") or ()]
    words = [
        quantity_text(Decimal(str(item["quantity"])), item["unit"], language),
        cut_text(sides, language),
        spoken(item.get("material", ""), language),
        item.get("number", ""),
        item.get("bin", ""),
    ]
    return ", ".join(word for word in words if word)


def _operation(item: Json, language: str) -> str:
    center = spoken(item.get("work_center_name", ""), language) or item.get("work_center", "")
    setup, run = (Decimal(str(item.get(f"{kind}_minutes", 0))) for kind in ("setup", "run"))
    words = [
        center,
        minutes_text(setup, run, language),
        spoken(item.get("instructions", ""), language),
        "; ".join(spoken(check, language) for check in item.get("checks") or ()),
        spoken(item.get("tooling", ""), language),
    ]
    return " · ".join(word for word in words if word)


KINDS: tuple[tuple[str, str, str, Callable[[Json, str], str]], ...] = (
    ("choice", "choices", "option", _choice),
    ("text", "texts", "option", _text),
    ("file", "files", "option", _file),
    ("part", "parts", "code", _part),
    ("operation", "operations", "code", _operation),
)
