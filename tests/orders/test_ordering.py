"""Sending the order form: one order, or a clear answer with everything kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders.models import Job, Order
from tests.orders import kit


def send(client: Client, design: Design, **changes: Any) -> Any:
    return client.post(kit.place_url(design.pk), kit.form_of(design, **changes))


def test_it_orders(client: Client, design: Design) -> None:
    answer = send(client, design)
    placed = Order.objects.get()
    assert answer.headers["Location"] == f"/o/{placed.token}/"
    assert (placed.name, placed.city, placed.country) == ("Zofia Núñez", "Kraków", "PL")


def test_sent_twice_it_orders_once(client: Client, design: Design) -> None:
    form = kit.form_of(design)
    first, second = (client.post(kit.place_url(design.pk), form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.count() == 1


def test_the_same_browser_lands_on_its_order(design: Design) -> None:
    """Two tabs, another email in the second one."""
    client = Client()
    client.get(f"/d/{design.pk}/review/")
    first = send(client, design)
    second = send(client, design, email="other@example.com")
    assert second.headers["Location"] == first.headers["Location"]
    page = client.get(f"/d/{design.pk}/review/").content.decode()
    assert first.headers["Location"] in page


def test_a_stranger_with_the_link_sees_no_order(client: Client, design: Design) -> None:
    client.get(f"/d/{design.pk}/review/")
    token = send(client, design).headers["Location"]
    stranger = Client()
    stranger.get(f"/d/{design.pk}/review/")
    answer = send(stranger, design, email="eve@example.com")
    assert answer.status_code == 409
    assert token not in answer.content.decode()
    assert "Zofia" not in stranger.get(f"/d/{design.pk}/review/").content.decode()


def test_a_friend_who_knows_the_email_sees_no_order(client: Client, design: Design) -> None:
    client.get(f"/d/{design.pk}/review/")
    token = send(client, design).headers["Location"]
    friend = Client()
    friend.get(f"/d/{design.pk}/review/")
    answer = send(friend, design, street="A guess 1")
    assert answer.status_code == 409
    assert token not in answer.content.decode()


def test_a_browser_without_cookies_finds_its_order_by_the_same_form(design: Design) -> None:
    first = send(Client(), design)
    assert send(Client(), design).headers["Location"] == first.headers["Location"]


def test_a_change_in_another_tab_is_shown_and_asked(client: Client, design: Design) -> None:
    form = kit.form_of(design)
    edit = wizard.Edit(design.pk, design.revision)
    wizard.choose(edit=edit, option="shade", value="linen")
    answer = client.post(kit.place_url(design.pk), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing is ordered yet" in page
    for told in ("Glass", "Linen", "€139.47", "€124.03", 'value="Zofia Núñez"'):
        assert told in page
    assert not Order.objects.exists()

    design.refresh_from_db()
    assert send(client, design).status_code == 302


def test_another_quantity_than_the_total_shown_is_asked(client: Client, design: Design) -> None:
    answer = send(client, design, quantity=2)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "€139.47" in page
    assert "€278.94" in page


def test_a_later_day_is_asked(client: Client, design: Design) -> None:
    earlier = kit.seen_now(design).ready_on - timedelta(days=7)
    answer = send(client, design, ready_on=earlier.isoformat())
    assert answer.status_code == 409
    assert "You saw" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", "0.01"),
        ("total", "NaN"),
        ("total", "1e99"),
        ("total", ""),
        ("specification", "f" * 64),
        ("specification", "\x00"),
        ("specification", "x" * 100_000),
        ("revision", "-1"),
        ("revision", "99999999999999999999"),
        ("revision", "two"),
        ("ready_on", "tomorrow"),
        ("terms_version", "1999-01"),
    ],
)
def test_tampering_with_the_hidden_part_only_asks_again(
    client: Client, design: Design, field: str, value: str
) -> None:
    answer = send(client, design, **{field: value})
    assert answer.status_code == 409
    assert not Order.objects.exists()


def test_an_open_design_can_not_be_forced(client: Client, lamp: None) -> None:
    whole = kit.whole_design()
    form = kit.form_of(whole)
    open_design = kit.started({"height": 450})
    answer = client.post(kit.place_url(open_design.pk), form)
    assert answer.status_code == 409
    assert "Still open" in answer.content.decode()
    assert not Order.objects.exists()


BAD = [
    ("quantity", "0", "greater than or equal to 1"),
    ("quantity", "-1", "greater than or equal to 1"),
    ("quantity", "1000000000", "less than or equal to 99"),
    ("quantity", "NaN", "whole number"),
    ("quantity", "1.5", "whole number"),
    ("quantity", "", "required"),
    ("name", "", "required"),
    ("name", "   ", "required"),
    ("name", "...", "letters"),
    ("name", "Ann\nBcc: x@example.com", "one line"),
    ("name", "Ann\x00", "U+0000"),
    ("name", "Ann\u202egnp", "U+202E"),
    ("name", "a" + "\u0301" * 200, "too many marks"),
    ("name", "漢字", "漢"),
    ("name", "Ann 🦊", "🦊"),
    ("name", "x" * 121, "at most 120"),
    ("name", "x" * 200_000, "at most 120"),
    ("email", "no", "valid email"),
    ("email", "a@localhost", "valid email"),
    ("email", "a@example.com\nBcc: b@example.com", "valid email"),
    ("email", "a@exam\u202eple.com", "U+202E"),
    ("email", "a" * 300 + "@example.com", "at most 254"),
    ("street", "Main\rStreet", "one line"),
    ("postal_code", "<b>1</b>", "letters, digits"),
    ("postal_code", "1" * 21, "at most 20"),
    ("city", "Kra\x07ków", "U+0007"),
    ("country", "", "required"),
    ("country", "XX", "from the list"),
    ("country", "EU", "from the list"),
    ("note", "x" * 1001, "at most 1000"),
    ("note", "bell\x07", "U+0007"),
    ("terms", "", "accept the terms"),
]


@pytest.mark.parametrize(("field", "value", "told"), BAD)
def test_bad_input_is_told_at_its_field_and_the_rest_is_kept(
    client: Client, design: Design, field: str, value: str, told: str
) -> None:
    answer = send(client, design, **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    at_field = page.split(f'id="id_{field}_error"', 1)[1].split("</p>", 1)[0]
    assert told in at_field
    assert page.count(f'href="#id_{field}"') == 1, "each is listed once"
    assert "ul. Świętego Ducha 7" in page or field == "street"
    assert not Order.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "<b>Ann</b>",
        "Ann {{ settings.SECRET_KEY }}",
        "O'Neil & Söhne",
        "=cmd|' /C calc'!A0",
        "Ⅻ x<y>z",
    ],
)
def test_signs_are_only_signs(client: Client, design: Design, name: str) -> None:
    answer = send(client, design, name=name)
    assert answer.status_code == 302
    assert Order.objects.get().name == name
    page = client.get(answer.headers["Location"]).content.decode()
    assert "<b>Ann</b>" not in page


def test_names_are_composed_and_tidied(client: Client, design: Design) -> None:
    send(client, design, name="  Jose\u0301   N\u0303a ", note="one\r\ntwo")
    placed = Order.objects.get()
    assert placed.name == "José Ña"
    assert placed.note == "one\ntwo"
