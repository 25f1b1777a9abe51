"""The order's page: its story, its paper, its picture; for whoever has its address."""

import pytest
from django.core import mail
from django.test import Client

from configurator.wizard.models import Design
from orders import confirmations, services
from orders.models import Job, Order, OrderEvent, Paper
from tests.orders import kit

HTMX = {"hx-request": "true"}


@pytest.fixture
def placed(design: Design) -> Order:
    return kit.order(design)


def confirm(placed: Order) -> bool:
    return confirmations.send_confirmation(Job.objects.get(kind="orders.send_confirmation").pk)


def test_it_tells_what_was_ordered(client: Client, placed: Order) -> None:
    page = client.get(f"/o/{placed.token}/").content.decode()
    for told in (placed.number, "Zofia Núñez", "Kraków", "Poland", "€139.47", kit.TEXT, "Glass"):
        assert told in page


@pytest.mark.parametrize("path", ["", "confirmation.pdf", "picture/1.jpg"])
def test_a_wrong_token_opens_nothing(client: Client, placed: Order, path: str) -> None:
    wrong = placed.token[:-1] + ("y" if placed.token.endswith("x") else "x")
    assert client.get(f"/o/{wrong}/{path}").status_code == 404


def test_the_story_is_polled_until_it_is_over(client: Client, placed: Order) -> None:
    first = client.get(f"/o/{placed.token}/").content.decode()
    asks = first.split('hx-get="', 1)[1].split('"', 1)[0]
    assert client.get(asks, headers=HTMX).status_code == 204

    services.record(order_id=placed.pk, kind=OrderEvent.Kind.STARTED)
    changed = client.get(asks, headers=HTMX)
    assert changed.status_code == 200
    assert "We are building it" in changed.content.decode()
    assert "<html" not in changed.content.decode()

    services.record(order_id=placed.pk, kind=OrderEvent.Kind.FINISHED)
    assert "It is on its way" in client.get(asks, headers=HTMX).content.decode()  # to come
    services.record(order_id=placed.pk, kind=OrderEvent.Kind.SHIPPED)
    over = client.get(asks, headers=HTMX)
    assert over.status_code == 286
    assert "hx-get" not in over.content.decode()


def test_a_canceled_order_promises_nothing_more(client: Client, placed: Order) -> None:
    services.record(order_id=placed.pk, kind=OrderEvent.Kind.CANCELED)
    page = client.get(f"/o/{placed.token}/").content.decode()
    assert "canceled" in page
    assert "still to come" not in page
    assert "Ready on" not in page


def test_the_confirmation_is_printed_and_mailed_once(client: Client, placed: Order) -> None:
    url = f"/o/{placed.token}/confirmation.pdf"
    assert client.get(url).status_code == 404
    assert confirm(placed)
    assert not confirm(placed)
    paper = client.get(url)
    assert paper.content.startswith(b"%PDF-")
    assert paper.headers["Content-Type"] == "application/pdf"
    (sent,) = mail.outbox
    assert sent.to == ["zofia@example.com"]
    assert placed.number in sent.subject
    assert f"/o/{placed.token}/" in sent.body
    assert sent.attachments[0][1] == paper.content
    assert url in client.get(f"/o/{placed.token}/").content.decode()


def test_the_mail_speaks_the_language_of_the_order(placed: Order) -> None:
    Order.objects.update(language="pl")
    assert confirm(placed)
    assert "Szkło" in str(mail.outbox[0].body)


def test_a_job_that_is_repeated_after_the_mail_sends_no_other(placed: Order) -> None:
    """The worker died between the record and the end of the job."""
    services.record(order_id=placed.pk, kind=OrderEvent.Kind.CONFIRMATION_SENT)
    assert confirm(placed)
    assert not mail.outbox
    assert Paper.objects.filter(order=placed).count() == 1


def test_a_mail_server_that_is_away_loses_no_paper(
    placed: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object, *_args: object) -> int:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert not confirm(placed)
    monkeypatch.undo()
    job = Job.objects.get(kind="orders.send_confirmation")
    assert "no mail server" in job.error
    assert Paper.objects.filter(order=placed).count() == 1
    assert confirm(placed)
    assert len(mail.outbox) == 1


def test_a_disk_that_is_full_leaves_no_paper(
    placed: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    from orders.papers import confirmation, store

    sha = confirmation.name_of(placed, confirmation.size_for(placed), "en")
    monkeypatch.setattr("orders.papers.store.os.fsync", full)
    assert not confirm(placed)
    assert not store.has(sha)
    assert not list(store.path(sha).parent.glob(f".{sha[:12]}*"))
    assert not Paper.objects.exists()
    monkeypatch.undo()
    assert confirm(placed)
    assert store.has(sha)


def test_the_terms_are_there(client: Client, db: None) -> None:
    page = client.get("/terms/").content.decode()
    assert "2026-11" in page
