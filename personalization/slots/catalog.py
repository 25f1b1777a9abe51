"""What of the catalog and of experiments a variant may name, as choices for a form."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language

from configurator.catalog.queries import storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.wizard.screen import is_pictured
from personalization.experiments.models import Experiment
from personalization.slots.known import ORDER, WORDS, Place

Choices = list[tuple[str, str]]


def products() -> Sequence[ReleasedProduct]:
    return storefront()


def product_choices() -> Choices:
    """Products by their code."""
    locale = get_language() or "en"
    return [(each.slug, say(each.name, locale)) for each in products()]


def design_choices() -> Choices:
    """Designs to begin with, as "product/code"."""
    locale = get_language() or "en"
    return [
        (f"{product.slug}/{each.code}", f"{say(product.name, locale)}: {say(each.name, locale)}")
        for product in products()
        for each in product.inspirations
    ]


def item_choices(place: Place) -> Choices:
    """What comes first at a place; in mails products and designs are told alike."""
    if place.kind == ORDER:
        return product_choices()
    return [*(product_choices() if place.kind == WORDS else []), *design_choices()]


def picture_choices() -> Choices:
    """What is pictured: products, and their designs to begin with."""
    pictured = {each.slug for each in products() if is_pictured(each)}
    every = [*product_choices(), *design_choices()]
    return [(code, name) for code, name in every if code.partition("/")[0] in pictured]


def arm_choices() -> Choices:
    """Arms of experiments that run or are planned, as "experiment/arm"."""
    planned = [Experiment.State.DRAFT, Experiment.State.RUNNING]
    found = Experiment.objects.filter(state__in=planned, kind=Experiment.Kind.TEST)
    return [
        (f"{each.code}/{arm.code}", f"{each.name}: {arm.name}")
        for each in found.prefetch_related("arms")
        for arm in each.arms.all()
    ]
