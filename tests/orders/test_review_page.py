"""The review page: everything to be seen, and a form that asks well."""

import pytest
from django.test import Client

from configurator.wizard.models import Design
from orders.models import Order, Specification
from tests.orders import kit


def url(design: Design) -> str:
    return f"/d/{design.pk}/review/"


def test_it_shows_every_choice_price_and_the_hash(client: Client, design: Design) -> None:
    page = client.get(url(design)).content.decode()
    for told in ("Glass", "450 mm", kit.TEXT, "€12.55", "€113.39", "€26.08", "€139.47", "Pole"):
        assert told in page
    frozen = Specification.objects.get()
    assert f'title="{frozen.sha}"' in page
    assert f">{frozen.sha[:12]}<" in page
    assert f"/d/{design.pk}/?step=look" in page


def test_it_speaks_the_customers_language(client: Client, design: Design) -> None:
    page = client.get(url(design), headers={"accept-language": "pl"}).content.decode()
    assert "Szkło" in page
    assert "139,47\xa0€" in page
    assert "Niemcy" in page


def test_countries_are_countries(client: Client, design: Design) -> None:
    page = client.get(url(design)).content.decode()
    assert '<option value="PL">Poland</option>' in page
    for code in ("EU", "ZZ", "UN", "001"):
        assert f'value="{code}"' not in page


def test_an_open_design_is_not_ordered_but_finished(client: Client, lamp: None) -> None:
    design = kit.started({"height": 450})
    page = client.get(url(design)).content.decode()
    assert "Accept all suggestions" in page
    assert 'name="specification"' not in page
    assert not Specification.objects.exists()

    answer = client.post(f"/d/{design.pk}/review/finish/")
    assert answer.headers["Location"] == url(design)
    page = client.get(url(design)).content.decode()
    assert "Accept all suggestions" not in page
    assert 'name="specification"' in page


def test_a_missing_text_is_asked_for(client: Client, lamp: None) -> None:
    page = client.get(url(kit.started(kit.CHOICES))).content.decode()
    assert "we need from you" in page
    assert "?step=words" in page
    assert 'name="specification"' not in page


def test_another_quantity_is_reckoned_without_ordering(client: Client, design: Design) -> None:
    form = kit.form_of(design, recalculate="1", quantity=3, email="")
    answer = client.post(kit.place_url(design.pk), form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "€418.41" in page
    assert 'value="Zofia Núñez"' in page
    assert "required" not in page.split("Where it goes")[1].split("</form>")[0].replace(
        " required", ""
    )
    assert not Order.objects.exists()


def test_an_unknown_design_is_not_found(client: Client, lamp: None) -> None:
    unknown = "11111111-1111-4111-8111-111111111111"
    assert client.get(f"/d/{unknown}/review/").status_code == 404
    assert client.post(kit.place_url(unknown), {}).status_code == 404  # type: ignore[arg-type]
    assert client.post(f"/d/{unknown}/review/finish/").status_code == 404


@pytest.mark.parametrize("path", ["order/", "review/finish/"])
def test_orders_are_posted(client: Client, design: Design, path: str) -> None:
    assert client.get(f"/d/{design.pk}/{path}").status_code == 405


def test_forms_need_their_token(design: Design) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(kit.place_url(design.pk), kit.form_of(design)).status_code == 403
    assert not Order.objects.exists()
