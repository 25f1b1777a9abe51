"""Mails laid out: with the pictures of what was designed, and nothing from elsewhere."""

import re
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.queries import released
from configurator.wizard.models import Design
from orders import chapters, confirmations, mailing, pages, services
from orders.models import Job, Order, OrderEvent
from orders.papers.pictures import product_picture
from orders.paying import bills
from orders.voices import services as voices
from tests.factory.test_one_picture import PICTURE
from tests.orders import kit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def papers(settings: Any, tmp_path: Any) -> None:
    settings.PAPERS_DIR = tmp_path


@pytest.fixture
def design(db: None, tmp_path: Path) -> Design:
    """Of a lamp that has a picture."""
    file = tmp_path / "lamp.yaml"
    file.write_text(kit.LAMP.read_text() + PICTURE)
    import_product(file=file, publish=True, by="test")
    return kit.whole_design()


@pytest.fixture
def order(design: Design) -> Order:
    return kit.order(design, name="Zofia <b>Núñez</b>")


def html_of(letter: Any) -> str:
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    return str(html)


def shipped(order: Order) -> list[Job]:
    for kind in (OrderEvent.Kind.STARTED, OrderEvent.Kind.FINISHED, OrderEvent.Kind.SHIPPED):
        services.record(order_id=order.pk, kind=kind)
    return list(Job.objects.filter(kind="orders.send_shipped"))


def letters(order: Order) -> list[mailing.Letter]:
    made: list[Any] = [
        confirmations.mail_of(order, b"%PDF"),
        confirmations.change_mail_of(order, b"%PDF", 1),
        confirmations.cancellation_of(order),
        confirmations.shipped_mail_of(order),
        voices.mail_of(order),
    ]
    bills._print_and_mail(Job(payload={"order": str(order.pk)}))
    return [*made, mail.outbox[-1]]


def test_the_picture_is_the_one_of_the_page(order: Order, client: Client) -> None:
    letter = confirmations.mail_of(order, b"%PDF")
    (picture,) = letter.pictures
    assert picture.data == client.get(f"/o/{order.token}/picture/1.jpg").content
    assert f'src="cid:{picture.name}"' in html_of(letter)
    assert "Glass" in picture.words
    drawn = picture_page(order)
    assert picture.data == drawn


def picture_page(order: Order) -> bytes:
    """What the papers print."""
    content = order.lines.get().specification.content
    product = released(order.lines.get().specification.release_id)
    printed = product_picture(product, Configuration.from_json(content["configuration"]))
    assert printed is not None
    return printed


def test_pictures_lie_with_the_words_and_papers_beside(order: Order) -> None:
    whole: Message = confirmations.mail_of(order, b"%PDF").message()
    kinds = [part.get_content_type() for part in whole.walk()]
    assert kinds == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "multipart/related"),
        *("text/html", "image/jpeg", "application/pdf"),
    ]
    image = next(part for part in whole.walk() if part.get_content_type() == "image/jpeg")
    assert f"cid:{image['Content-ID'].strip('<>')}" in html_of(confirmations.mail_of(order, b""))


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_nothing_is_fetched_and_no_name_is_markup(order: Order, language: str) -> None:
    Order.objects.update(language=language)
    order.refresh_from_db()
    for letter in letters(order):
        html = html_of(letter)
        assert f'lang="{language}"' in html
        assert f"/o/{order.token}/" in html  # the button
        assert "<b>" not in html
        assert not re.search(r"<(script|link|iframe)|url\(|@import", html)
        assert all(source.startswith("cid:") for source in re.findall(r'src="([^"]*)"', html))


def test_the_mail_says_price_day_and_every_choice(order: Order) -> None:
    html = html_of(confirmations.mail_of(order, b"%PDF"))
    said = day_of(order)
    for words in ("Desk lamp", "Glass", "€139.47", said, "Zażółć 1 Ñ"):
        assert words in html


def day_of(order: Order) -> str:
    with override("en"):
        return pages.when(order).ready


def test_what_has_left_is_told_once_with_its_parcels(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel = chapters.Tracking("DHL", "0034", "https://dhl.example/0034")
    monkeypatch.setattr(chapters, "told", lambda _order: chapters.Told(parcels=[parcel]))
    (job,) = shipped(order)
    services.record(order_id=order.pk, kind=OrderEvent.Kind.SHIPPED)
    assert Job.objects.filter(kind="orders.send_shipped").count() == 1
    assert confirmations.send_shipped(job.pk)
    assert not confirmations.send_shipped(job.pk)
    (sent,) = mail.outbox
    assert sent.subject == "It is on its way"
    for text in (sent.body, html_of(sent)):
        assert "0034" in text
        assert "https://dhl.example/0034" in text


def test_what_is_picked_up_is_not_on_its_way(order: Order) -> None:
    order.shipping = {"code": "1", "name": {"en": "Pick up"}, "pickup": True}
    sent = confirmations.shipped_mail_of(order)
    assert sent.subject == "It is ready for you"
    assert "pick up" in sent.body
    assert "on its way" not in sent.body + html_of(sent)


def test_a_mail_that_never_left_is_not_told(order: Order) -> None:
    with transaction.atomic():
        shipped(order)
        transaction.set_rollback(True)
    assert not Job.objects.filter(kind="orders.send_shipped").exists()


def test_plain_words_are_laid_out() -> None:
    body = "Hello,\n\nyour code:\n\nAB12-CD34\n\nhttps://shop.example/x/?a=1&b=2\n<b>us</b>\n"
    letter = mailing.plain_letter(to="a@example.com", subject="A code", body=body, key="x")
    html = html_of(letter)
    assert ">AB12-CD34</strong>" in html
    assert 'href="https://shop.example/x/?a=1&amp;b=2"' in html
    assert "&lt;b&gt;us&lt;/b&gt;" in html
    assert letter.body == body
