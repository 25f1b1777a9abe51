"""The customer's confirmation, read as they get it."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from orders.models import Order
from orders.papers import confirmation
from orders.papers.pen import SIZES
from tests.factory import reading

pytestmark = pytest.mark.django_db


def test_it_says_what_was_ordered(order: Order) -> None:
    told = reading.text(confirmation.render(order, "A4", "en"))
    for words in ("Thank you, Zofia Núñez.", order.number, "2 × Desk lamp", "Zażółć 1 Ñ", "Glass"):
        assert words in told
    for words in ("ul. Świętego Ducha 7", "31-008 Kraków", "Poland", "zofia@example.com"):
        assert words in told
    assert f"€{order.total:,.2f}" in told
    assert f"€{order.tax:,.2f}" in told
    assert "Tax, 23 %" in told


def test_its_lines_add_up_to_the_net(order: Order) -> None:
    content = order.lines.get().specification.content
    told = reading.text(confirmation.render(order, "A4", "en"))
    amounts = [Decimal(line["amount"]) for line in content["prices"]]
    assert all(f"€{amount:,.2f}" in told for amount in amounts)
    assert sum(amounts) * 2 == order.net


def test_it_is_in_the_customer_s_language(order: Order) -> None:
    told = reading.text(confirmation.render(order, "A4", "pl"))
    for words in ("Lampka biurkowa", "Szkło", "Polska", "zł" if order.currency == "PLN" else "€"):
        assert words in told


@pytest.mark.parametrize(
    ("country", "size"), [("US", "letter"), ("CA", "letter"), ("MX", "letter"), ("PL", "A4")]
)
def test_it_fits_the_printer_of_the_country(country: str, size: str, order: Order) -> None:
    order.country = country
    page = PdfReader(BytesIO(confirmation.render(order))).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(SIZES[size])


def test_its_code_opens_the_order_s_page(order: Order, tmp_path: Path) -> None:
    page = reading.pictures(confirmation.render(order, "A4", "en"), tmp_path)[0]
    link = reading.scanned(page)["QR Code"]
    assert link.endswith(f"/o/{order.token}/")
    assert link.startswith("http")


def test_the_same_order_is_the_same_bytes(order: Order) -> None:
    again = Order.objects.get(pk=order.pk)
    assert confirmation.render(order, "A4", "es") == confirmation.render(again, "A4", "es")
    assert confirmation.name_of(order, "A4", "es") == confirmation.name_of(again, "A4", "es")


def test_another_address_is_another_paper(order: Order) -> None:
    name = confirmation.name_of(order, "A4", "en")
    order.city = "Gdańsk"
    assert confirmation.name_of(order, "A4", "en") != name


@pytest.mark.parametrize("words", ["<b>x</b>", "<img src=/etc/passwd>", "{{ 7 * 7 }}", "%(n)s"])
def test_markup_prints_literally(words: str, order: Order) -> None:
    order.name = order.note = words
    pdf = confirmation.render(order, "A4", "en")
    assert reading.squeezed(words) in reading.squeezed(reading.text(pdf))


def test_long_entries_wrap(order: Order) -> None:
    order.name, order.street, order.note = "N" * 120, "S" * 200, "word " * 199 + "end."
    told = reading.squeezed(reading.text(confirmation.render(order, "letter", "en")))
    assert "N" * 120 in told
    assert "S" * 200 in told
    assert told.count("word") == 199
