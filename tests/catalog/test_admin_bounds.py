"""The admin holds against addresses and forms that no browser sends."""

from typing import Any

import pytest
from django.test import Client

from configurator.catalog.models import Option, Product
from tests.orders import kit


@pytest.fixture
def option(db: Any) -> Option:
    kit.import_lamp()
    return Option.objects.get(code="shade")


@pytest.mark.parametrize("page", ["product", "step", "option", "workcenter"])
@pytest.mark.parametrize("key", ["x", "\x00", "9" * 40])
def test_rows_that_cannot_be_are_left_out(
    admin_client: Client, option: Option, page: str, key: str
) -> None:
    form = {"action": "delete_selected", "_selected_action": key, "post": "yes"}
    assert admin_client.post(f"/admin/catalog/{page}/", form).status_code == 302
    assert Product.objects.count() == 1


@pytest.mark.parametrize("path", ["option/add/?product=²", "option/²/change/", "option/?q=²"])
def test_only_digits_are_numbers(admin_client: Client, option: Option, path: str) -> None:
    assert admin_client.get(f"/admin/catalog/{path}").status_code in (200, 302)


def test_thousands_of_new_choices_are_refused(admin_client: Client, option: Option) -> None:
    """Drawing them all again would hold the database for half a minute."""
    form = {"choices-TOTAL_FORMS": "99999999", "choices-INITIAL_FORMS": "0"}
    answer = admin_client.post(f"/admin/catalog/option/{option.pk}/change/", form)
    assert answer.status_code == 200
    assert answer.content.count(b'name="choices-') < 102 * 20
    assert "at most 102" in answer.content.decode()
