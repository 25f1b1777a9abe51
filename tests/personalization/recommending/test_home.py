"""What a home page may show, from the designs of one visit."""

from __future__ import annotations

from typing import Any

from configurator.catalog.models import Product, Release
from configurator.catalog.released import ReleasedProduct
from orders.models import OrderLine, Specification
from personalization.recommending import home
from tests.orders import kit
from tests.personalization.recommending.test_designing import (
    GLASS,
    LINEN,
    fresh,
    known,
    lamp,
    ordered,
)

__all__ = ["fresh", "lamp"]


def test_designs_of_the_visit_are_finished_as_others_did(lamp: ReleasedProduct) -> None:
    known(lamp, [GLASS] * 6 + [LINEN] * 5)
    begun, empty = kit.started({"shade": "glass"}), kit.started({})
    (found,) = home.finished([empty, begun])
    assert found.design == begun
    assert found.configuration.choices["dimmer"] is True
    assert lamp.space.is_valid(found.configuration.choices)


def test_nothing_is_shown_without_history(lamp: ReleasedProduct) -> None:
    assert home.finished([kit.started({"shade": "glass"})]) == []


def also_ordered(count: int) -> int:
    """So many of those who ordered the lamp have a stool as well; its id."""
    emails = [f"c{number}@example.com" for number in range(count)]
    lamps = OrderLine.objects.filter(order__in=ordered(*emails))
    live = Release.objects.get(live=True)
    stool = Product.objects.create(slug="stool", name="Stool")
    fields: dict[str, Any] = {"number": 1, "sha": live.sha, "content": live.content}
    release = Release.objects.create(product=stool, space=live.space, **fields)
    specification = Specification.objects.create(sha="5" * 64, release=release, content={})
    for line in lamps:
        line.pk, line.specification, line.position = None, specification, 2
        line.design_revision += 1
        line.save()
    return stool.pk


def test_five_who_ordered_both_make_a_companion(lamp: ReleasedProduct) -> None:
    stool = also_ordered(5)
    product = Product.objects.get(slug="desk-lamp")
    assert home.companions([product.pk]) == [home.Companion(stool, 5)]
    assert home.companions([product.pk, stool]) == []


def test_four_are_too_few(lamp: ReleasedProduct) -> None:
    also_ordered(4)
    assert home.companions([Product.objects.get(slug="desk-lamp").pk]) == []
