"""New steps, options and choices from their names, with codes and values to begin with."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from configurator.catalog.checks.names import RESERVED
from configurator.catalog.checks.options import problems_of_option
from configurator.catalog.content import CONTROLS, beginning
from configurator.catalog.drafts import option_content
from configurator.catalog.editing.changes import Change
from configurator.catalog.editing.copying import free_code
from configurator.catalog.editing.kinds import namesakes
from configurator.catalog.editing.moving import next_position
from configurator.catalog.models import Choice, Option, Product, Step
from configurator.catalog.rows import said
from configurator.catalog.texts import FALLBACK

MOST_CHOICES = 5_000
LONGEST_LABEL = 48
PLAIN = str.maketrans("łŁøØđĐæÆœŒ", "lLoOdDaAoO")


def code_from(name: str) -> str:
    """A code in the letters of a name: “Rose gold (18 k)” is rose_gold_18_k."""
    code = slugify(name.translate(PLAIN)).replace("-", "_")[:56].strip("_")
    return code if re.match(r"[a-z_]", code) else f"n{code}" if code else ""


def label_from(said: str) -> str:
    """A code of rules, parts and the like: “Saw & sand” is saw-sand. Cut between words."""
    words = slugify(said.translate(PLAIN).replace("_", "-"))
    if len(words) > LONGEST_LABEL:
        words = words[: LONGEST_LABEL + 1].rpartition("-")[0] or words[:LONGEST_LABEL]
    return words.strip("-_")


def own(code: str) -> str:
    """Not a word of the rule language."""
    return f"{code}_" if code in RESERVED else code


def add_step(change: Change, product: Product, *, name: str, code: str = "") -> Step:
    row = Step(product=product, **said("name", {FALLBACK: name.strip()}))
    _give(change, row, name, code, "step")
    return row


def add_option(change: Change, step: Step, *, name: str, code: str = "", **fields: Any) -> Option:
    """An option that can be shown at once; a number without bounds goes from 0 to 100."""
    kind = fields.pop("kind", "") or Option.Kind.CHOICE
    row = Option(product=step.product, step=step, kind=kind, **said("name", {FALLBACK: name}))
    begin(row)
    if kind == Option.Kind.NUMBER:
        bounds = {"minimum": Decimal(0), "maximum": Decimal(100), "step_size": Decimal(1)}
        for field, value in {**bounds, "unit": ""}.items():
            setattr(row, field, fields.get(field) or value)
    _give(change, row, name, code, "option")
    return row


def add_choices(change: Change, option: Option, names: list[str]) -> list[Choice]:
    """Choices of these names, at the end of the option."""
    names = [name.strip() for name in names if name.strip()]
    if not names:
        raise ValidationError({"name": _("Write a name.")})
    if option.choices.count() + len(names) > MOST_CHOICES:
        most = {"most": f"{MOST_CHOICES:,}"}
        raise ValidationError({"name": _("An option has %(most)s choices at most.") % most})
    taken = set(option.choices.values_list("code", flat=True))
    position = next_position(Choice(option=option))
    rows = []
    for number, name in enumerate(names):
        code = free_code(code_from(name) or "choice", taken)
        taken.add(code)
        row = Choice(option=option, code=code, position=position + number)
        for field, text in said("name", {FALLBACK: name}).items():
            setattr(row, field, text)
        _check(row)
        rows.append(row)
    return change.add_all(rows)


def begin(option: Option) -> None:
    """Give an option what its kind begins with, where nothing is said of it."""
    controls = CONTROLS.get(option.kind, ("cards",))
    option.control = option.control if option.control in controls else controls[0]
    for field, value in beginning(option.kind).items():
        if not getattr(option, field):
            setattr(option, field, value)


def _give(change: Change, row: Any, name: str, code: str, what: str) -> None:
    """Give a new row its code and place, and save it."""
    if not name.strip():
        raise ValidationError({"name": _("Write a name.")})
    taken = set(namesakes(row).values_list("code", flat=True))
    row.code = code.strip() or free_code(own(code_from(name) or what), taken)
    row.position = next_position(row)
    _check(row)
    if isinstance(row, Option):
        _check_option(row)
    change.add(row)


def _check(row: Any) -> None:
    row.full_clean(exclude=["name"])


def _check_option(row: Option) -> None:
    """Bounds that are none, and whatever else an option says in its own row."""
    found: dict[str, list[str]] = {}
    for problem in problems_of_option(option_content(row), ()):
        field = str(problem.path[0]) if problem.path else "name"
        found.setdefault("step_size" if field == "step" else field, []).append(problem.message)
    if found:
        raise ValidationError({**found})
