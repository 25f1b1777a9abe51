"""A part of the catalog that an open work order takes is not deleted; nothing is lost."""

import pytest
from django.test import Client

from configurator.catalog.models import Part
from orders.factory.models import WorkOrder
from tests.factory import kit
from tests.factory.conftest import signed_in


@pytest.mark.parametrize("way", ["one by one", "by the list's action"])
def test_a_part_in_use_is_not_deleted(way: str, work_order: WorkOrder) -> None:
    admin = signed_in("superuser")
    part = Part.objects.get(code=work_order.parts.values_list("code", flat=True)[0])
    assert "finish or cancel it first" in _delete(admin, part, way)
    assert work_order.number in _delete(admin, part, way)
    assert Part.objects.filter(pk=part.pk).exists()
    kit.bring(work_order, "finished")
    assert "finish or cancel it first" not in _delete(admin, part, way)
    assert not Part.objects.filter(pk=part.pk).exists()
    assert work_order.parts.filter(code=part.code).exists()


def _delete(admin: Client, part: Part, way: str) -> str:
    if way == "one by one":
        return admin.post(f"/admin/catalog/part/{part.pk}/delete/", {"post": "yes"}).text
    sent = {"action": "delete_selected", "_selected_action": part.pk, "post": "yes"}
    return admin.post("/admin/catalog/part/", sent).text


def test_a_tap_that_is_not_allowed_is_told_as_one(operator: Client, work_order: WorkOrder) -> None:
    json = {"Accept": "application/json"}
    answer = operator.post(f"/factory/{work_order}/scrap/", {"cause": "damage"}, headers=json)
    assert (answer.status_code, answer.json()["told"]) == (
        403,
        "You may not do this. Ask the lead.",
    )
