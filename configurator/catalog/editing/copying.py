"""Copies: a row with all that it holds, under the next free code; a whole product."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from configurator.catalog.drafts import read_content, write_content
from configurator.catalog.editing.changes import Change
from configurator.catalog.editing.kinds import namesakes, siblings
from configurator.catalog.editing.moving import put_before
from configurator.catalog.editing.states import row_of, state_of
from configurator.catalog.models import Choice, Option, Product, Step
from configurator.catalog.texts import languages


def duplicate(change: Change, row: Any) -> Any:
    """A copy right after the row: of a step with its options, of an option with its choices."""
    rows = list(_after(row))
    copy = _copied(change, row, {})
    put_before(change, copy, rows[0] if rows else None)
    if isinstance(row, Step):
        for option in row.options.all():
            _with_choices(change, option, {"step_id": copy.pk})
    if isinstance(row, Option):
        _choices(change, row, copy)
    return copy


def _after(row: Any) -> Any:
    """What comes after a row among its own."""
    rows = list(siblings(row))
    place = [each.pk for each in rows].index(row.pk)
    return rows[place + 1 :]


def _with_choices(change: Change, option: Option, changed: dict[str, Any]) -> None:
    _choices(change, option, _copied(change, option, changed))


def _choices(change: Change, option: Option, copy: Option) -> None:
    copies = list(option.choices.all())
    for choice in copies:
        choice.pk, choice.option = None, copy
    change.add_all(copies, tell=False)


def _copied(change: Change, row: Any, changed: dict[str, Any]) -> Any:
    """The row once more, with a code (and a name, beside its own) that are free."""
    state = {**state_of(row), **changed}
    taken = set(namesakes(row).values_list("code", flat=True))
    longest = type(row)._meta.get_field("code").max_length
    state["code"] = free_code(state["code"], taken, longest)
    if "step_id" not in changed:
        state |= _renamed(row, state)
    copy = _new(type(row), state)
    change.add(copy)
    return copy


def _new(model: type[Model], state: dict[str, Any]) -> Any:
    row = row_of(model, 0, state)
    row.pk = None
    return row


def _renamed(row: Any, state: dict[str, Any]) -> dict[str, Any]:
    """Names of customers' things with a number, since two beside each other must differ."""
    if not isinstance(row, Step | Option | Choice):
        return {}
    taken = {str(name) for name in namesakes(row).values_list("name_en", flat=True)}
    longest = type(row)._meta.get_field("name").max_length or 120
    number = next(n for n in range(2, len(taken) + 3) if f"{state['name_en']} {n}" not in taken)
    return {
        f"name_{code}": f"{state[f'name_{code}'][: longest - 6]} {number}"
        for code in languages()
        if state.get(f"name_{code}")
    }


def free_code(code: str, taken: Collection[str], longest: int = 60, sign: str = "_") -> str:
    """The code itself if it is free, else with the next number that is."""
    if code not in taken:
        return code
    stem = re.sub(rf"{re.escape(sign)}\d+\Z", "", code)
    for number in range(2, len(taken) + 3):
        tail = f"{sign}{number}"
        if (found := f"{stem[: longest - len(tail)]}{tail}") not in taken:
            return found
    raise AssertionError("There are more numbers than codes.")


def duplicate_product(change: Change, product: Product, *, slug: str, name: str) -> Product:
    """A whole product once more, as a draft at another address, with its test cases."""
    slug = slugify(slug)[:60]
    if not slug:
        raise ValidationError({"slug": _("Write letters or digits for the address.")})
    if Product.objects.filter(slug=slug).exists():
        raise ValidationError({"slug": _("There is a product at this address already.")})
    content = read_content(product)
    content["product"] = {**content["product"], "slug": slug}
    if name:
        content["product"]["name"] = {**content["product"]["name"], "en": name[:120]}
    files = dict(product.layer_files.values_list("path", "sha"))
    copy = write_content(content=content, files=files, by=change.by)
    for case in product.cases.all():
        case.pk, case.product = None, copy
        case.save(force_insert=True)
    return copy
