"""Designs as somebody with a taste makes them, by the wizard's services."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from dataclasses import replace

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Value
from configurator.wizard import services as wizard
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.errors import Refused
from configurator.wizard.limits import Limits
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.services import Change, Edit
from orders.offers import Offer, offer
from personalization.simulating.crowd import Somebody, dice

Advise = Callable[
    [Somebody, ReleasedProduct, Configuration, OptionInfo, Collection[Value]], Value | None
]
TRUE_TO_TASTE = 0.75
"""So often people of one taste choose alike."""
NAMES = ("Ana", "ANA", "A", "1")


def begin(who: Somebody, slug: str, lot: random.Random, advise: Advise | None = None) -> Design:
    """A design with some choices made, and the rest left open; what is advised is looked at."""
    design = wizard.start_design(slug=slug, language=who.language)
    product = catalog.released(design.release_id)
    asked = [option for option in product.options.values() if option.kind == "choice"]
    for option in lot.sample(asked, min(len(asked), lot.randint(2, 5))):
        design = _choose(who, design, product, option, lot, advise)
    return design


def _choose(
    who: Somebody,
    design: Design,
    product: ReleasedProduct,
    option: OptionInfo,
    lot: random.Random,
    advise: Advise | None,
) -> Design:
    now = Configuration.from_json(design.state)
    possible = answer_of(product, now).possible
    values = [v for v, yes in possible.get(option.code, {}).items() if yes and v != NONE]
    if not values:
        return design
    if advise is not None and option.code not in now.choices:
        advise(who, product, now, option, values)
    wanted = liked(who.habits.taste, product.slug, option)
    value = wanted if wanted in values and lot.random() < TRUE_TO_TASTE else lot.choice(values)
    try:
        chosen = wizard.choose(edit=_edit(design), option=option.code, value=value).design
    except Refused:
        return design
    if _wants_file(product, Configuration.from_json(chosen.state)):
        return wizard.undo(edit=_edit(chosen)).design
    return chosen


def whole(who: Somebody, slug: str, lot: random.Random) -> Design:
    """A design as somebody likes it, as if begun with one that they had seen."""
    state = _as_liked(who, catalog.live_release(slug), Configuration(), lot)
    return wizard.start_design(slug=slug, language=who.language, state=state)


def _as_liked(
    who: Somebody, product: ReleasedProduct, now: Configuration, lot: random.Random
) -> Configuration:
    """What is open is chosen as they like it, most of it; the rest stays open."""
    for option in product.options.values():
        closed = option.kind != "choice" or option.code in now.choices
        if closed or lot.random() >= TRUE_TO_TASTE:
            continue
        value = liked(who.habits.taste, product.slug, option)
        if answer_of(product, now).possible.get(option.code, {}).get(value):
            more = replace(now, choices={**now.choices, option.code: value})
            now = now if _wants_file(product, more) else more
    return now


def _wants_file(product: ReleasedProduct, now: Configuration) -> bool:
    """Whether it needs a picture of their own; nobody here has one."""
    choices = completed(product, now).choices
    return any(
        option.kind == "file" and option.required and product.applies(option.code, choices)
        for option in product.options.values()
    )


def liked(taste: int, slug: str, option: OptionInfo) -> Value:
    """What people of a taste like best of an option."""
    codes: list[Value] = [choice.code for choice in option.choices]
    return dice(0, "taste", taste, slug, option.code).choice(codes)


def ripen(who: Somebody, design: Design, lot: random.Random) -> Design:
    """Who is to order a design that they began decides the rest as they like it, too: what is
    ordered tells of a taste in all its choices, as sales do."""

    def make(product: ReleasedProduct, now: Configuration, _limits: Limits) -> Change:
        return Change(_as_liked(who, product, now, lot), DesignEvent.Kind.FINISH)

    return wizard.change(_edit(design), make, "", None).design


def finish(who: Somebody, design: Design) -> Offer | None:
    """Everything decided and written, so that it can be ordered; None if that does not go."""
    design = wizard.finish(edit=_edit(design)).design
    offered = offer(design)
    for option in offered.missing:
        if option.kind == "text":
            design = _write(design, option)
    offered = offer(design)
    return offered if offered.complete else None


def _write(design: Design, option: OptionInfo) -> Design:
    """The first name that the option takes."""
    for name in NAMES:
        try:
            return wizard.write_text(edit=_edit(design), option=option.code, text=name).design
        except Refused:
            continue
    return design


def _edit(design: Design) -> Edit:
    return Edit(design.pk, design.revision)
