"""What others chose, in the wizard: hints with counted reasons, and whole designs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog import queries
from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Product
from configurator.catalog.publishing import revive
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services as wizard
from configurator.wizard.answers import answer_of
from configurator.wizard.models import Design
from orders.models import Job, Order
from personalization.recommending import services
from personalization.recommending.advising import ADVISER, advised, finished
from personalization.recommending.artifacts import Learned, load, store
from personalization.recommending.gathering import history_of
from personalization.recommending.models import Knowledge
from personalization.recommending.voting import Votes
from tests.orders import kit


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing is remembered from one test to the next."""
    ADVISER.forget()
    yield
    ADVISER.forget()


@pytest.fixture
def lamp(db: None, settings: Any, tmp_path: Any) -> ReleasedProduct:
    settings.DATA_DIR = tmp_path
    kit.import_lamp()
    return queries.live_release("desk-lamp")


def learned_of(lamp: ReleasedProduct, chosen: list[dict[str, Any]]) -> Learned:
    """As if this had been ordered, by one customer each."""
    product = Product.objects.get(slug="desk-lamp")
    columns = history_of(product.pk, lamp).columns
    codes = [
        [c.values.index(row[c.variable.name]) if c.variable.name in row else -1 for c in columns]
        for row in chosen
    ]
    import numpy as np

    names, values = zip(*((c.variable.name, c.values) for c in columns), strict=True)
    return Learned(names, values, Votes.of(np.array(codes), [c.size for c in columns]))


def known(lamp: ReleasedProduct, chosen: list[dict[str, Any]]) -> Knowledge:
    product = Product.objects.get(slug="desk-lamp")
    sha = store(learned_of(lamp, chosen))
    return Knowledge.objects.create(product=product, artifact=sha, customers=len(chosen))


GLASS = {"shade": "glass", "height": 450, "dimmer": True, "engraved": False}
LINEN = {"shade": "linen", "height": 300, "dimmer": False, "engraved": False}


def page(design: Design, client: Client) -> str:
    return client.get(reverse("wizard:design", args=[design.pk])).content.decode()


def test_an_open_option_says_what_others_with_the_same_choice_chose(
    lamp: ReleasedProduct, client: Client
) -> None:
    known(lamp, [GLASS] * 6 + [{**GLASS, "dimmer": False}] * 2 + [LINEN] * 8)
    shown = page(kit.started({"shade": "glass"}), client)
    assert "75% of 8 customers with “Shade: Glass” chose it" in shown
    assert 'value="dimmer:yes" class="hint__take"' in shown


def test_numbers_are_counted(lamp: ReleasedProduct) -> None:
    learned = learned_of(lamp, [GLASS] * 6 + [{**GLASS, "dimmer": False}] * 2 + [LINEN] * 8)
    advice = advised(learned, {"shade": "glass"}, "dimmer", [True, False])
    assert advice is not None
    assert (advice.value, advice.share, advice.among) == (True, 75, 8)
    assert (advice.option, advice.chosen) == ("shade", "glass")
    advice = advised(learned, {}, "shade", ["glass", "linen"])
    assert advice is not None
    assert (advice.share, advice.among, advice.option) == (50, 16, "")


def test_four_are_too_few_to_speak_of(lamp: ReleasedProduct) -> None:
    learned = learned_of(lamp, [GLASS] * 4 + [LINEN] * 4)
    assert advised(learned, {"shade": "glass"}, "dimmer", [True, False]) is None
    learned = learned_of(lamp, [GLASS] * 5 + [LINEN] * 4)
    advice = advised(learned, {"shade": "glass"}, "dimmer", [True, False])
    assert advice is not None
    assert advice.among >= 5


def test_only_values_that_can_be_chosen_are_told(lamp: ReleasedProduct) -> None:
    learned = learned_of(lamp, [GLASS] * 9 + [LINEN] * 5)
    advice = advised(learned, {}, "shade", ["linen"])
    assert advice is None or advice.value == "linen"


def test_nothing_is_claimed_without_history(lamp: ReleasedProduct, client: Client) -> None:
    shown = page(kit.started({}), client)
    assert 'class="hint"' not in shown
    assert "finish-others" not in shown


def test_switched_off_nothing_is_told(lamp: ReleasedProduct, client: Client) -> None:
    row = known(lamp, [GLASS] * 9)
    services.switch(product=row.product, on=False)
    shown = page(kit.started({}), client)
    assert 'class="hint"' not in shown


def test_finished_as_others_did_and_undone(lamp: ReleasedProduct, client: Client) -> None:
    known(lamp, [GLASS] * 6 + [LINEN] * 5)
    design = kit.started({"shade": "glass"})
    assert "finish-others" in page(design, client)
    form = {"revision": design.revision, "tab": "", "by": "others"}
    assert client.post(reverse("wizard:finish", args=[design.pk]), form).status_code == 303
    design.refresh_from_db()
    choices = Configuration.from_json(design.state).choices
    assert choices["dimmer"] is True
    assert choices["height"] == 450
    assert lamp.space.is_valid(choices)
    wizard.undo(edit=wizard.Edit(design.pk, design.revision))
    design.refresh_from_db()
    assert Configuration.from_json(design.state).choices == {"shade": "glass"}


def test_a_design_is_finished_within_its_budget(lamp: ReleasedProduct) -> None:
    learned = learned_of(lamp, [GLASS] * 9)
    now = Configuration({})
    cheapest = answer_of(lamp, now).total
    assert cheapest is not None
    free = finished(learned, lamp, now, (None, None))
    assert free is not None
    assert free.choices["shade"] == "glass"
    bounded = finished(learned, lamp, now, (cheapest, None))
    assert bounded is not None
    assert sum(lamp.space.term_amounts(bounded.choices).values()) <= cheapest


def test_what_one_customer_chose_is_nobodys_advice(lamp: ReleasedProduct) -> None:
    learned = learned_of(lamp, [{**GLASS, "height": 500}] + [LINEN] * 5)
    whole = finished(learned, lamp, Configuration({"shade": "glass"}), (None, None))
    assert whole is not None
    assert whole.choices["height"] != 500


def ordered(*emails: str) -> list[Order]:
    return [kit.order(kit.whole_design(), email=email) for email in emails]


def test_orders_are_learned_from_once_for_each_customer(lamp: ReleasedProduct) -> None:
    ordered("c0@example.com", "c1@example.com", "often@example.com", "Often@example.com")
    product = Product.objects.get(slug="desk-lamp")
    job = Job.objects.get(kind=services.LEARN)
    assert Knowledge.objects.get().waiting
    services.perform(str(job.pk))
    row = Knowledge.objects.get(product=product)
    assert (row.customers, row.waiting) == (3, False)
    found = load(row.artifact)
    assert found is not None
    assert found.votes.orders == 3
    assert found.known({"shade": "glass", "unknown": 1}).keys() == {found.column_of["shade"]}
    ordered("new@example.com")
    assert Job.objects.filter(kind=services.LEARN).count() == 2


def test_what_was_canceled_is_not_learned_from(lamp: ReleasedProduct) -> None:
    first, second = ordered("c0@example.com", "c1@example.com")
    Order.objects.filter(pk=first.pk).update(state=Order.State.CANCELED)
    assert len(history_of(Product.objects.get(slug="desk-lamp").pk, lamp).codes) == 1
    assert second.state == Order.State.PLACED


def test_a_damaged_file_is_no_knowledge(lamp: ReleasedProduct, settings: Any) -> None:
    sha = store(learned_of(lamp, [GLASS] * 9))
    (settings.DATA_DIR / "recommending" / f"{sha}.npz").write_bytes(b"PK")
    assert load(sha) is None


def test_the_admin_sees_how_well_it_does_and_switches_it(
    lamp: ReleasedProduct, admin_client: Client
) -> None:
    row = known(lamp, [GLASS] * 9)
    steps = [[0, 0.5, 0.4], [1, 0.75, 0.4]]
    row.success = {"tried": 40, "mean": 0.625, "popular": 0.4, "steps": steps}
    row.save()
    url = reverse("admin:catalog_product_recommending", args=[row.product_id])
    shown = admin_client.get(url).content.decode()
    assert "62.5% of their choices were foretold" in shown
    assert "75%" in shown
    assert admin_client.post(url, {"do": "off"}).status_code == 303
    row.refresh_from_db()
    assert not row.on
    admin_client.post(url, {"do": "learn"})
    assert Job.objects.filter(kind=services.LEARN).count() == 1
    assert admin_client.post(url, {"do": "nonsense"}).status_code == 303


def test_a_release_has_what_is_known_learned_anew(lamp: ReleasedProduct) -> None:
    product = Product.objects.get(slug="desk-lamp")
    release = product.releases.get(live=True)
    revive(release_id=release.pk)
    assert not Job.objects.filter(kind=services.LEARN).exists()
    Knowledge.objects.create(product=product, customers=9)
    revive(release_id=release.pk)
    revive(release_id=release.pk)
    assert Job.objects.get(kind=services.LEARN).payload == {"product": product.pk}
