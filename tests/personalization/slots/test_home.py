"""The home page, composed for whoever looks at it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from configurator.catalog import places
from personalization.people import consent
from personalization.people.purposes import Channel, Purpose
from personalization.segments.models import Segment
from personalization.slots.models import Variant
from tests.personalization.slots.conftest import begun, person_of, variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]
WHY = "Why do I see this?"


def home(client: Client, **headers: str) -> str:
    return client.get("/", headers=headers).content.decode()


def order(page: str, *texts: str) -> list[str]:
    return sorted(texts, key=page.index)


def test_everybody_gets_the_default_where_nothing_fills_a_place(client: Client) -> None:
    page = home(client)
    assert "Designed by you, made for you." in page
    assert order(page, "/p/stool/", "/p/lamp/") == ["/p/lamp/", "/p/stool/"]
    assert WHY not in page


def test_words_for_everybody_stand_in_the_opening_and_explain_nothing(client: Client) -> None:
    Variant.objects.create(
        place=places.OPENING,
        name="spring",
        title={"en": "Light for <spring>", "pl": "Światło na wiosnę"},
        button={"en": "To the lamps"},
        link="lamp",
        picture="stool/bed",
    )
    page = home(client)
    assert "Light for &lt;spring&gt;" in page
    assert 'href="/p/lamp/">To the lamps' in page
    assert "/p/stool/1/designs/bed.webp?w=960" in page
    assert WHY not in page
    assert "Światło na wiosnę" in home(client, **{"accept-language": "pl"})


def test_products_and_designs_come_in_a_variants_order(client: Client) -> None:
    variant(places.PRODUCTS, items=["stool", "gone"])
    variant(places.DESIGNS, items=["stool/bed", "lamp/gone"])
    page = home(client)
    assert order(page, "/p/lamp/", "/p/stool/") == ["/p/stool/", "/p/lamp/"]
    assert 'class="opening__picture" href="/p/stool/#design-bed"' in page
    begins = client.get("/p/stool/").content.decode()
    assert order(begins, 'id="design-desk"', 'id="design-bed"')[0] == 'id="design-bed"'


def test_a_design_of_the_visit_needs_nobody_to_be_known(client: Client) -> None:
    variant(
        places.HOME,
        "Brass goes well",
        whom="visit",
        visit_product="lamp",
        visit_choice="shade = brass",
    )
    assert "Brass goes well" not in home(client)
    begun(client, shade="linen")
    assert "Brass goes well" not in home(client)
    begun(client, shade="brass")
    page = home(client, **{"sec-gpc": "1"})
    assert "Brass goes well" in page
    assert "Who you are plays no part." in page


def rule(**fields: Any) -> Variant:
    return variant(places.HOME, "Only for you", whom="rule", rule="designs at least 1", **fields)


def test_what_is_known_of_somebody_counts_until_they_object(client: Client) -> None:
    rule()
    assert "Only for you" not in home(client)
    begun(client, shade="brass")
    page = home(client)
    assert "Only for you" in page
    assert "Because this is true of you: Designs at least 1." in page
    assert "Only for you" not in home(client, **{"sec-gpc": "1"})
    consent.withdraw(
        person=person_of(client),
        purpose=Purpose.PERSONALIZATION,
        channel=Channel.SITE,
        where="/you/",
    )
    assert "Only for you" not in home(client)


def test_a_segment_decides_and_one_that_is_gone_is_nobodys(client: Client) -> None:
    segment = Segment.objects.create(slug="some", name="Some", rule="designs at least 1")
    variant(places.HOME, "For some", whom="segment", segment=segment)
    begun(client, shade="brass")
    assert "For some" in home(client)
    segment.delete()
    assert "For some" not in home(client)


def test_the_most_important_that_fits_and_whose_time_is_now_is_shown(client: Client) -> None:
    now, day = timezone.now(), timedelta(days=1)
    variant(places.HOME, "Least", priority=1)
    variant(places.HOME, "Over", priority=90, until=now)
    variant(places.HOME, "Later", priority=90, since=now + day)
    variant(places.HOME, "Off", priority=90, on=False)
    variant(places.HOME, "Now", priority=40, since=now - day, until=now + day)
    rule(priority=80)
    page = home(client)
    assert "Now" in page
    assert not any(word in page for word in ("Least", "Over", "Later", "Off"))
    begun(client, shade="brass")
    assert "Only for you" in home(client)


def test_a_rule_that_cannot_be_read_any_more_is_true_of_nobody(client: Client) -> None:
    variant(places.HOME, "Broken", whom="rule", rule="shoe_size > 40")
    begun(client, shade="brass")
    assert "Broken" not in home(client)
