"""Saving translations: what has changed, all of it or nothing, each with who and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from configurator.catalog.braces import NAMED
from configurator.catalog.editing.changes import changing
from configurator.catalog.importing.loader import forbidden
from configurator.catalog.models import Operation, Product
from configurator.catalog.problems import meant
from configurator.catalog.schema import problems_with
from configurator.catalog.texts import FALLBACK
from configurator.catalog.translating.kinds import KINDS, rows_of
from configurator.catalog.translating.texts import Text, mark_of, option_codes, plain, put, texts_of


@dataclass(frozen=True)
class Edit:
    """What a text shall say in some languages. `seen` are the marks of what the editor saw."""

    words: Mapping[str, str]
    seen: Mapping[str, str]


class Refused(Exception):
    """Nothing was saved; `texts` have the errors, and what was typed."""

    def __init__(self, texts: list[Text]) -> None:
        self.texts = texts
        super().__init__()


def texts_by_id(product: Product, ids: Collection[str]) -> dict[str, Text]:
    """Texts of the product by the ids of forms; what is not there (anymore) is left out."""
    wanted: dict[str, set[int]] = {}
    for each in ids:
        name, _dash, rest = each.partition("-")
        key = rest.partition("-")[0]
        if name in KINDS and key.isdecimal() and len(key) < 19:
            wanted.setdefault(name, set()).add(int(key))
    codes, asked = option_codes(product), frozenset(ids)
    return {
        text.id: text
        for name, keys in wanted.items()
        for row in rows_of(KINDS[name], product).filter(pk__in=keys)
        for text in texts_of(KINDS[name], row, codes)
        if text.id in asked
    }


def save_texts(*, product: Product, edits: Mapping[str, Edit], user: User | AnonymousUser) -> int:
    """Save what differs; how many texts, each in one language. Raises Refused."""
    with changing(user=user, note=gettext_noop("translated")) as change:
        texts = texts_by_id(product, edits)
        changes = checked(product, texts, edits, user)
        if any(text.errors for text in texts.values()):
            raise Refused(list(texts.values()))
        rows: dict[tuple[str, int], Any] = {}
        for id, text in texts.items():
            if changes[id]:
                text.row = rows.setdefault((text.kind.name, text.row.pk), text.row)
                put(text, changes[id])
        for name in {name for name, _pk in rows}:
            change.save_all(row for (kind, _pk), row in rows.items() if kind == name)
    return sum(map(len, changes.values()))


def checked(
    product: Product,
    texts: Mapping[str, Text],
    edits: Mapping[str, Edit],
    user: User | AnonymousUser,
) -> dict[str, dict[str, str]]:
    """What would change, by id and language; the texts know what is wrong with it."""
    codes = option_codes(product)
    changes = {}
    for id, text in texts.items():
        changes[id] = _changes(text, edits[id])
        if changes[id]:
            text.typed = changes[id]
            text.errors |= _errors(text, changes[id], codes, user)
    return changes


def _changes(text: Text, edit: Edit) -> dict[str, str]:
    """What the editor has changed, also where somebody else has meanwhile."""
    found = {}
    for code, words in edit.words.items():
        words = plain(words)
        now = text.said.get(code, "")
        if words == now or mark_of(words) == edit.seen.get(code):
            continue
        found[code] = words
        if edit.seen.get(code, mark_of(now)) != mark_of(now):
            other = _(
                "Somebody has changed this meanwhile, to “%(words)s”. Save again to replace it."
            )
            text.errors[code] = other % {"words": now[:200]}
    return found


def _errors(
    text: Text, changes: Mapping[str, str], codes: frozenset[str], user: User | AnonymousUser
) -> dict[str, str]:
    """What is wrong, by language."""
    if not user.has_perm(text.kind.permission):
        return dict.fromkeys(changes, _("You may not change this."))
    errors = {
        code: _("The character %(sign)s cannot be in a catalog.") % {"sign": sign}
        for code, words in changes.items()
        if (sign := forbidden(words))
    }
    said = {code: words for code, words in {**text.said, **changes}.items() if words}
    if not said:
        return {next(iter(changes)): _("A text is needed here.")} if text.field.required else errors
    if FALLBACK not in said:
        told = _("Write it in English first: the other languages fall back to it.")
        return errors | {FALLBACK if FALLBACK in changes else next(iter(changes)): told}
    for problem in problems_with(said, text.field.definition):
        code = str(problem.path[0]) if problem.path else FALLBACK
        if code in changes:
            errors.setdefault(code, problem.message)
    if isinstance(text.row, Operation):
        for code, words in changes.items():
            for name in NAMED.findall(words):
                if name not in codes:
                    told = _("There is no option “%(name)s” for its braces.") % {"name": name}
                    errors.setdefault(code, f"{told}{meant(name, codes)}")
    return errors
