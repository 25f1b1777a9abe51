"""Ready sooner by another choice: true days, where hours are free, and what is given for it."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from configurator.capacity.models import CapacityState, Closure
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import WorkCenter
from configurator.wizard import sooner
from configurator.wizard.models import Design
from configurator.wizard.screen import Screen
from orders.deals import Wish, promo_of
from orders.models import Order
from orders.offers import offer as offered
from orders.services import Changed
from personalization.offering.models import Grant
from personalization.people.models import Person
from tests.orders import kit
from tests.personalization.offering.kit import offer
from tests.promo.test_codes import seen_with

GLASS = {**kit.CHOICES, "height": 450}


def touch() -> None:
    """The plan has changed."""
    CapacityState.objects.update_or_create(pk=1, defaults={"version": uuid4()})


@pytest.fixture
def lamp(db: Any, tmp_path: Path) -> None:
    """The lamp of which glass is blown in a kiln that is shut for a fortnight."""
    data = yaml.safe_load(kit.LAMP.read_text())
    shade = data["steps"][0]["options"][0]
    del shade["choices"][1]["lead_days"]
    blow = {"code": "blow", "name": "Blow", "work_center": "kiln", "when": "shade = glass"}
    data["operations"].insert(0, {**blow, "run_minutes": "30"})
    data["work_centers"].append({"code": "kiln", "name": "Kiln"})
    file = tmp_path / "lamp.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True))
    import_product(file=file)
    today = timezone.localdate()
    kiln = WorkCenter.objects.get(code="kiln")
    Closure.objects.create(work_center=kiln, first_day=today, last_day=today + timedelta(days=14))
    touch()


def told(design: Design) -> sooner.Sooner | None:
    return sooner.suggested(Screen(Design.objects.get(pk=design.pk)))


def test_the_choice_that_waits_for_nothing_is_told_with_its_true_day(lamp: None) -> None:
    design = kit.started(GLASS, kit.TEXT)
    found = told(design)
    assert found is not None
    assert (found.option, found.value, found.more) == ("shade", "linen", -1255)
    assert found.days >= 9
    assert offered(design).ready_on == found.now
    other = kit.started({**GLASS, "shade": "linen"}, kit.TEXT)
    assert offered(other).ready_on == found.ready
    assert told(other) is None


def test_nothing_is_told_that_other_choices_exclude(lamp: None) -> None:
    assert told(kit.started({**GLASS, "height": 600}, kit.TEXT)) is None


def test_nothing_is_told_where_it_is_not_worth_it(lamp: None) -> None:
    Closure.objects.all().delete()
    touch()
    assert told(kit.started(GLASS, kit.TEXT)) is None


def test_wizard_and_review_tell_it(client: Client, lamp: None) -> None:
    design = kit.started(GLASS, kit.TEXT)
    for page in (f"/d/{design.pk}/", f"/d/{design.pk}/review/"):
        shown = client.get(page).text
        assert "sooner with Shade: Linen" in shown
        assert "€15.44 less" in shown
        assert "With a code" not in shown


def take(client: Client, design: Design, said: str = "shade:linen", **more: Any) -> Any:
    sent = {"set": said, "revision": design.revision, **more}
    return client.post(f"/d/{design.pk}/sooner/", sent, follow=True)


def test_a_code_is_given_for_it_and_good_for_that_choice(client: Client, lamp: None) -> None:
    deal = offer(sooner=3, reached=False)
    offer(sooner=200, reached=False)
    design = kit.started(GLASS, kit.TEXT)
    assert "With a code: 10% off" in client.get(f"/d/{design.pk}/").text.replace(" %", "%")
    shown = take(client, design).text
    grant = Grant.objects.get()
    assert grant.code.grouped in shown
    assert (grant.offer, grant.steered["days"] >= 9, grant.source) == (deal, True, "sooner")
    design.refresh_from_db()
    assert design.state["choices"]["shade"] == "linen"
    code = grant.code.code
    assert promo_of([Wish(offered(design), 1)], [code]).told[0].why == ""
    other = kit.started(GLASS, kit.TEXT)
    (refused,) = promo_of([Wish(offered(other), 1)], [code]).told
    assert "for designs with Shade: Linen" in refused.why
    with pytest.raises(Changed):
        kit.order(other, seen_with(design, code))
    take(client, other)
    assert Grant.objects.count() == 1


def test_what_is_no_longer_sooner_is_not_taken(client: Client, lamp: None) -> None:
    offer(sooner=3, reached=False)
    design = kit.started(GLASS, kit.TEXT)
    Closure.objects.all().delete()
    touch()
    assert "no longer sooner" in take(client, design).text
    design.refresh_from_db()
    assert design.state["choices"]["shade"] == "glass"
    assert not Grant.objects.exists()


@pytest.mark.parametrize("said", ["", "shade", "shade:oak", "nothing:1", "height:450", "\x00:\x00"])
def test_what_is_no_choice_is_refused_kindly(client: Client, lamp: None, said: str) -> None:
    offer(sooner=3, reached=False)
    design = kit.started(GLASS, kit.TEXT)
    assert "no longer sooner" in take(client, design, said).text
    assert "no longer sooner" in take(client, design, revision="x").text
    assert not Grant.objects.exists()


def test_it_is_not_promised_to_whom_it_is_not_for(client: Client, lamp: None) -> None:
    offer("orders at least 1", sooner=3, reached=False)
    offer(sooner=3)
    design = kit.started(GLASS, kit.TEXT)
    shown = client.get(f"/d/{design.pk}/").text
    assert "sooner with Shade: Linen" in shown
    assert "With a code" not in shown
    assert "It is ready sooner now." in take(client, design).text
    assert not Grant.objects.exists()
    assert not Order.objects.exists()
    assert Person.objects.count() <= 1
