"""Quotes: asked for at the review or from the cart, held until a day, ordered once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from configurator.catalog import gate
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders.models import Job, Order
from orders.quotes import letters
from orders.quotes.models import Quote
from orders.selling.models import ShippingOption, TaxRate
from tests.cart import hands
from tests.factory import reading
from tests.orders import kit

D = Decimal


def asked(client: Client, design: Design, **changes: Any) -> Quote:
    sent = {**kit.form_of(design), **changes}
    del sent["terms"]
    answer = client.post(f"/d/{design.pk}/quote/", sent)
    quote = Quote.objects.latest("made_at")
    assert answer.headers["Location"] == f"/q/{quote.token}/"
    return quote


def page(client: Client, quote: Quote) -> Any:
    return client.get(f"/q/{quote.token}/")


def accepted(client: Client, quote: Quote, **changes: Any) -> Any:
    shown = page(client, quote).context
    days = (shown or {}).get("days", "")
    sent = {"terms": "on", "days": days, "terms_version": "2026-11", **changes}
    return client.post(f"/q/{quote.token}/accept/", sent)


def test_it_says_what_and_is_no_order(client: Client, design: Design) -> None:
    quote = asked(client, design, quantity=2)
    assert quote.number == f"Q{timezone.localdate().year}-00001"
    assert quote.net == D("226.78")
    shown = page(client, quote).text
    for said in ("2 × Desk lamp", "Glass", "€278.94", "This price is yours"):
        assert said in shown
    assert str(quote.lines.get().design_id) not in shown  # nobody edits what is quoted
    assert client.get(f"/q/{quote.token}/picture/1.jpg").content.startswith(b"\xff\xd8")
    assert not Order.objects.exists()
    assert not Job.objects.filter(kind="factory.release_work_orders").exists()


def test_the_mail_has_it_on_paper_the_same_each_time(client: Client, design: Design) -> None:
    quote = asked(client, design)
    assert letters.send(Job.objects.get(kind="quotes.send").pk)
    (sent,) = mail.outbox
    assert f"/q/{quote.token}/" in sent.body
    ((name, printed, _type),) = sent.attachments
    assert name == f"{quote.number}.pdf"
    assert printed == letters.printed(quote)
    told = reading.squeezed(reading.text(printed))
    for said in (f"Quote {quote.number}", "Glass", "€139.47", "Accept or decline"):
        assert reading.squeezed(said) in told


def test_prices_hold_whatever_changes(client: Client, design: Design) -> None:
    way = ShippingOption.objects.create(name_en="Parcel", net=D(9), days=3)
    quote = asked(client, design, shipping=str(way.pk))
    ShippingOption.objects.update(net=D(90))
    TaxRate.objects.create(country="PL", rate=D(50))
    edit = wizard.Edit(design.pk, design.revision)
    wizard.write_text(edit=edit, option="engraving", text="something else")
    assert accepted(client, quote).status_code == 302
    order = Order.objects.get()
    assert (order.total, order.shipping_net) == (quote.total, D(9))
    assert order.lines.get().specification == quote.lines.get().specification
    assert Job.objects.filter(kind="factory.release_work_orders").count() == 1


def test_accepted_twice_it_is_one_order(client: Client, design: Design) -> None:
    quote = asked(client, design)
    days = page(client, quote).context["days"]
    answers = {accepted(each, quote, days=days)["Location"] for each in (client, client, Client())}
    assert answers == {f"/o/{Order.objects.get().token}/"}
    quote.refresh_from_db()
    assert (quote.state, quote.order) == ("accepted", Order.objects.get())
    assert "You have accepted it" in page(client, quote).text


def test_a_day_that_was_not_seen_is_asked_about(client: Client, design: Design) -> None:
    quote = asked(client, design)
    for days in ("2026-01-01", "", "x", "2026-01-01 2026-01-02"):
        answer = accepted(client, quote, days=days)
        assert answer.status_code == 409
        assert "the day has changed" in answer.text
    assert "Please accept the terms" in accepted(client, quote, terms="").text
    assert not Order.objects.exists()


@pytest.mark.parametrize("over", ["expired", "declined"])
def test_what_is_over_is_told_and_asked_anew(client: Client, design: Design, over: str) -> None:
    quote = asked(client, design)
    if over == "declined":
        client.post(f"/q/{quote.token}/decline/")
    else:
        Quote.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert accepted(client, quote, days="2026-01-01").status_code == 409
    assert "Ask anew" in page(client, quote).text
    again = client.post(f"/q/{quote.token}/again/")
    new = Quote.objects.latest("made_at")
    assert again["Location"] == f"/q/{new.token}/"
    assert (new.pk != quote.pk, new.total) == (True, quote.total)
    assert accepted(client, new).status_code == 302
    assert not accepted(client, quote, days="2026-01-01").headers.get("Location")


def test_the_cart_is_quoted_together(client: Client, design: Design) -> None:
    hands.add(client, design)
    hands.add(client, kit.started({**kit.CHOICES, "shade": "linen"}, "two"), quantity=2)
    sent = hands.filled(client.get("/cart/checkout/").text)
    assert client.post("/cart/quote/", sent).status_code == 302
    quote = Quote.objects.get()
    assert [line.quantity for line in quote.lines.all()] == [1, 2]
    assert quote.total == D("387.54")
    assert accepted(client, quote).status_code == 302
    assert Order.objects.get().lines.count() == 2


def test_what_is_wrong_is_told_with_everything_kept(client: Client, design: Design) -> None:
    answer = client.post(f"/d/{design.pk}/quote/", kit.form_of(design, email="x", name="Ana B"))
    assert answer.status_code == 422
    assert 'value="Ana B"' in answer.text
    assert not Quote.objects.exists()


def test_the_reminder_is_only_for_who_has_not_answered(client: Client, design: Design) -> None:
    quote = asked(client, design)
    job = Job.objects.get(kind="quotes.remind")
    assert timezone.localdate(job.due_at) == quote.valid_until - timedelta(days=5)
    assert letters.remind(job.pk)
    assert not letters.remind(job.pk)
    assert len(mail.outbox) == 1
    other = asked(client, design)
    client.post(f"/q/{other.token}/decline/")
    letters.remind(Job.objects.get(kind="quotes.remind", state="due").pk)
    assert len(mail.outbox) == 1


def test_who_publishes_is_told_of_open_quotes(client: Client, design: Design) -> None:
    quote = asked(client, design)
    (kind,) = [kind for kind in gate.kinds() if kind.code == "quotes"]
    product = design.release.product_id
    assert [found.label for found in kind.open_of(product)] == [f"Quote {quote.number}"]
    client.post(f"/q/{quote.token}/decline/")
    assert kind.count(product) == 0
