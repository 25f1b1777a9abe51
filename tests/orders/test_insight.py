"""What customers do with a product: choices, where they leave, what rules turned away."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from configurator.catalog.drafts import read_content
from configurator.catalog.models import Choice, Product, Rule
from configurator.wizard.models import Design, Wanted
from orders.factory.figures.period import Period, latest
from orders.insight import reading
from orders.insight.pages import Figures
from tests.orders import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    kit.import_lamp()
    return Product.objects.get()


def page(client: Client, product: Product, **asked: str) -> str:
    answer = client.get(reverse("admin:catalog_product_insight", args=[product.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(client: Client, product: Product, table: str, **asked: str) -> list[str]:
    address = reverse("admin:catalog_product_insight_table", args=[product.pk, table])
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode("utf-8-sig").splitlines()


def idle(design: Design, days: int = 1) -> None:
    """As if nobody had touched it for so long."""
    at = timezone.now() - timedelta(days=days)
    Design.objects.filter(pk=design.pk).update(updated_at=at)


def wanted(product: Product, value: str, rules: str, asked: int, made: int, **more: Any) -> None:
    fields = {"day": timezone.localdate(), "option": "shade", **more}
    release = product.releases.get()
    Wanted.objects.create(
        release=release, value=value, rules=rules, asked=asked, made_room=made, **fields
    )


def test_choices_are_counted_in_designs_and_in_orders(
    admin_client: Client, product: Product
) -> None:
    kit.started({"shade": "glass"})
    kit.started({"shade": "glass", "height": 450})
    kit.started({"shade": "linen"})
    kit.started()  # begun, and nothing decided
    kit.order(kit.whole_design())
    table = lines(admin_client, product, "choices")
    assert "Shade,Glass,3,75.0,1,100.0" in table
    assert "Shade,Linen,1,25.0,0,0.0" in table
    assert "Dimmer,Yes,1,100.0,1,100.0" in table
    html = page(admin_client, product)
    assert "<dd>4</dd>" in html
    assert "Glass: 3 · 75\N{NO-BREAK SPACE}%" in html


def test_designs_are_left_where_something_was_changed_last(
    admin_client: Client, product: Product
) -> None:
    for _again in range(2):
        idle(kit.started({"shade": "glass"}))
    idle(kit.started({"shade": "glass", "dimmer": True}))
    kit.started({"shade": "glass"})  # still at it
    idle(kit.order(kit.whole_design()).lines.get().design)
    table = lines(admin_client, product, "leaving")
    steps = {row.split(",")[0]: row.split(",")[1] for row in table[1:]}
    first, *others = [step.name for step in product.steps.all()]
    dimmer = product.options.get(code="dimmer").step.name
    shade = product.options.get(code="shade").step.name
    expected = dict.fromkeys((first, *others), "0")
    expected[shade] = "2" if shade != dimmer else "3"
    if shade != dimmer:
        expected[dimmer] = "1"
    assert steps == expected


def test_a_period_leaves_out_what_was_before(product: Product) -> None:
    idle(kit.started({"shade": "glass"}), days=40)
    assert reading.chosen(product.pk, latest(30)).designs == 0
    assert reading.chosen(product.pk, latest(60)).designs == 1
    wanted(product, "linen", "r", 3, 0, day=date(2026, 1, 5))
    assert reading.demand(product.pk, Period(date(2026, 1, 6), date(2026, 2, 1))) == []
    assert len(reading.demand(product.pk, Period(date(2026, 1, 5), date(2026, 1, 5)))) == 1


def test_demand_is_told_by_value_and_rule_with_a_link_to_it(
    admin_client: Client, product: Product
) -> None:
    rule = Rule.objects.filter(product=product).first()
    assert rule is not None
    wanted(product, "linen", rule.code, 5, 2)
    wanted(product, "linen", f"gone\n{rule.code}", 4, 0)
    wanted(product, "glass", "gone", 1, 1)
    html = page(admin_client, product)
    assert reverse("admin:catalog_rule_change", args=[rule.pk]) in html
    assert lines(admin_client, product, "wanted")[1:] == [
        f'Shade,Linen,"gone, {rule.code}",4,0,4',
        f"Shade,Linen,{rule.code},5,2,3",
        "Shade,Glass,gone,1,1,0",
    ]
    assert f"{rule.code}: 9" in html
    narrowed = page(admin_client, product, rule=rule.code)
    assert "Only what the rule" in narrowed
    assert "Shade: Glass" not in narrowed.split('id="leaving"')[0]
    change = admin_client.get(reverse("admin:catalog_rule_change", args=[rule.pk]))
    assert f"insight/?rule={rule.code}#wanted" in change.content.decode()


def test_a_file_runs_no_formulas(admin_client: Client, product: Product) -> None:
    wanted(product, "=1+1", "", 1, 0, option="=cmd")
    assert lines(admin_client, product, "wanted")[1] == "'=cmd,'=1+1,,1,0,1"


def test_a_period_that_is_none_is_told_at_its_field(admin_client: Client, product: Product) -> None:
    address = reverse("admin:catalog_product_insight", args=[product.pk])
    answer = admin_client.get(address, {"from": "soon"})
    assert answer.status_code == 422
    assert 'id="from-error"' in answer.content.decode()
    table = reverse("admin:catalog_product_insight_table", args=[product.pk, "wanted"])
    assert admin_client.get(table, {"to": "soon"}).status_code == 422
    other = reverse("admin:catalog_product_insight_table", args=[product.pk, "other"])
    assert admin_client.get(other).status_code == 404


def test_without_anything_every_figure_says_so(admin_client: Client, product: Product) -> None:
    assert page(admin_client, product).count("Nothing in this period.") == 3


def test_what_is_gone_is_called_by_its_last_name(product: Product) -> None:
    kit.started({"shade": "linen"})
    Choice.objects.filter(option__product=product, code="linen").delete()
    figures = Figures(product, read_content(product), latest(30))
    assert figures.value("shade", "linen") == "Linen"
    assert figures.value("shade", "never-was") == "never-was"
