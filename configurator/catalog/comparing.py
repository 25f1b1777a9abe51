"""The difference between two contents of a product, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.content import Content
from configurator.catalog.texts import FALLBACK, languages, say

GROUPS: tuple[tuple[str, str | Promise], ...] = (
    ("product", gettext_lazy("The product")),
    ("options", gettext_lazy("Options and choices")),
    ("rules", gettext_lazy("Rules")),
    ("prices", gettext_lazy("Price rules")),
    ("parts", gettext_lazy("Parts")),
    ("operations", gettext_lazy("Operations")),
    ("coverage", gettext_lazy("Coverage")),
    ("inspirations", gettext_lazy("Inspirations")),
    ("layers", gettext_lazy("Pictures")),
    ("cases", gettext_lazy("Test cases")),
)
LONGEST = 90
MOST_ROWS = 6
"""So many rows of a table are told."""
QUIET = ("code", "options", "choices", "layers", "work_center_name")


@dataclass(frozen=True)
class Group:
    """What differs in one respect."""

    name: str | Promise
    lines: tuple[str, ...]


def compare(old: Content, new: Content) -> list[Group]:
    """What is new, gone or changed in `new`, in the active language; [] if nothing is."""
    before, after = _things(old), _things(new)
    groups = []
    for kind, name in GROUPS:
        lines = tuple(_lines(before.get(kind, {}), after.get(kind, {})))
        if lines:
            groups.append(Group(name, lines))
    return groups


Things = dict[str, dict[str, tuple[str, Mapping[str, Any]]]]
"""By kind and key: what a thing is called, and its fields."""


def _things(content: Content) -> Things:
    product = {**content["product"], "picture": _without_layers(content["picture"])}
    things: Things = {"product": {"": (say(product["name"], FALLBACK), product)}}
    options: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for step in content["steps"]:
        options[f"step {step['code']}"] = (_named(step), step)
        for option in step["options"]:
            key = option["code"]
            options[key] = (_named(option), {**option, "step_code": step["code"]})
            for choice in option["choices"]:
                name = f"{_named(option)}: {_named(choice)}"
                options[f"{key}.{choice['code']}"] = (name, choice)
    things["options"] = options
    for kind in ("rules", "prices", "parts", "operations", "coverage"):
        things[kind] = {str(row["code"]): (_named(row), row) for row in content[kind]}
    for row in content.get("inspirations", ()):
        flat = {key: row[key] for key in ("name", "text")} | row["design"]
        things.setdefault("inspirations", {})[str(row["code"])] = (_named(row), flat)
    cases = content.get("cases", ())
    things["cases"] = {case["name"]: (case["name"], _flat(case)) for case in cases}
    layers = {layer.get("code", str(i)): layer for i, layer in _layers(content)}
    things["layers"] = {
        **{code: (str(code), {"layer": layer}) for code, layer in layers.items()},
        **{path: (path, {"file": place}) for path, place in content["files"].items()},
    }
    return things


def _flat(case: Content) -> Content:
    """A test case's fields, each value of its own; what is false or 0 is said as well."""
    parts = case["parts"]
    return {
        "possible": _told(case["possible"]),
        "price": case["price"],
        **{code: _told(value) for code, value in case["choices"].items()},
        **{f"text {code}": words for code, words in case["texts"].items()},
        **({} if parts is None else {"parts": _("none") if not parts else ""}),
        **{f"part {code}": much for code, much in (parts or {}).items()},
    }


def _layers(content: Content) -> Iterator[tuple[int, Content]]:
    return enumerate((content["picture"] or {}).get("layers", ()))


def _without_layers(picture: Any) -> Any:
    return {key: value for key, value in (picture or {}).items() if key != "layers"}


def _named(row: Content) -> str:
    text = row.get("name") or row.get("label")
    return say(text, FALLBACK) if isinstance(text, dict) and text else str(row["code"])


def _lines(
    before: Mapping[str, tuple[str, Mapping[str, Any]]],
    after: Mapping[str, tuple[str, Mapping[str, Any]]],
) -> Iterator[str]:
    for key, (name, fields) in after.items():
        if key not in before:
            said = _told(fields.get("rule") or fields.get("amount"))
            new = _("“%(name)s” is new: %(said)s") if said else _("“%(name)s” is new.")
            yield new % {"name": name, "said": said}
            continue
        for change in _changes(before[key][1], fields):
            yield _("“%(name)s”: %(change)s") % {"name": name, "change": change}
    for key, (name, _fields) in before.items():
        if key not in after:
            yield _("“%(name)s” is gone.") % {"name": name}
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        yield _("The order has changed.")


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for field in dict.fromkeys((*old, *new)):
        one, other = old.get(field), new.get(field)
        if field in QUIET or one == other or (not one and not other):
            continue
        if field == "file" and one and other:
            yield _("it is another picture now")
        elif field in ("allow", "forbid") and one and other and one["options"] == other["options"]:
            yield from _row_changes(one["rows"], other["rows"])
        elif _is_text(one) or _is_text(other):
            yield from _text_changes(field, one or {}, other or {})
        else:
            yield _changed(_field(field), _told(one), _told(other))


def _text_changes(field: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for language in languages():
        one, other = old.get(language, ""), new.get(language, "")
        if one != other:
            yield _changed(f"{_field(field)} [{language}]", _told(one), _told(other))


def _row_changes(old: list[list[Any]], new: list[list[Any]]) -> Iterator[str]:
    """Combinations of a table that are new or gone."""
    before, after = (dict.fromkeys(map(_row, rows)) for rows in (old, new))
    added = [row for row in after if row not in before]
    gone = [row for row in before if row not in after]
    if added:
        yield _("new combinations: %(rows)s") % {"rows": _listed(added)}
    if gone:
        yield _("combinations that are gone: %(rows)s") % {"rows": _listed(gone)}
    if not added and not gone:
        yield _("its combinations stand in another order")


def _row(row: list[Any]) -> str:
    return " + ".join(_told(value) or "—" for value in row)


def _listed(rows: list[str]) -> str:
    more = len(rows) - MOST_ROWS
    return "; ".join(rows[:MOST_ROWS]) + (f" … (+{more})" if more > 0 else "")


def _changed(field: str, one: str, other: str) -> str:
    parts = {"field": field, "old": one, "new": other}
    if not one:
        return _("%(field)s is now %(new)s") % parts
    if not other:
        return _("%(field)s is empty now, was %(old)s") % parts
    return _("%(field)s is now %(new)s, was %(old)s") % parts


def _field(name: str) -> str:
    return name.replace("_", " ")


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= set(languages())


def _told(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
