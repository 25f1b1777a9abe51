"""Paying by card: nothing is built before, whatever is repeated, lost, late or forged."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from configurator.capacity.models import Reservation
from configurator.wizard.models import Design
from orders import services as ordering
from orders.changes.canceling import cancel_order
from orders.models import Job, Order, OrderEvent
from orders.paying import services
from orders.paying.card import signature
from orders.paying.models import Notice, Payment, Refund, SandboxSession
from orders.paying.returning import settle_difference
from orders.paying.sandbox import service as pretended
from tests.orders import kit

State = Payment.State


def ordered(design: Design, paying: str = "card") -> Order:
    return ordering.place_order(
        design_id=design.pk,
        seen=kit.seen_now(design),
        quantity=1,
        contact=kit.CONTACT,
        language="en",
        browser="the browser",
        paying=paying,
    )


def session_of(order: Order) -> SandboxSession:
    """The hosted page, opened."""
    services.page_of(order.payments.get())
    return SandboxSession.objects.get()


def pay(order: Order) -> None:
    """The customer pays, and the provider tells."""
    tell(session_of(order))


def tell(session: SandboxSession) -> str:
    signed, body = pretended.message(pretended.pay(session.pk), "session.paid")
    return services.hear("card", {"Signature": signed}, body)


def jobs_of(kind: str) -> list[Job]:
    return list(Job.objects.filter(kind=kind))


def run(kind: str) -> None:
    perform = {"paying.expire": services.expire, "paying.refund": services.refund}[kind]
    for job in jobs_of(kind):
        perform(job.pk)


def test_nothing_is_built_before_it_is_paid(design: Design) -> None:
    order = ordered(design)
    assert order.state == Order.State.AWAITING
    assert not jobs_of("factory.release_work_orders")
    assert not jobs_of("orders.send_confirmation")
    assert Reservation.objects.exists()  # its place is kept
    pay(order)
    order.refresh_from_db()
    assert order.state == Order.State.PLACED
    assert len(jobs_of("factory.release_work_orders")) == 1
    assert len(jobs_of("orders.send_confirmation")) == 1


def test_an_invoice_is_built_first(design: Design) -> None:
    order = ordered(design, "invoice")
    assert order.state == Order.State.PLACED
    assert len(jobs_of("factory.release_work_orders")) == 1
    payment = order.payments.get()
    assert payment.state == State.OPEN
    assert payment.amount == order.total
    assert services.record_transfer(payment_id=payment.pk) == "paid"
    assert services.record_transfer(payment_id=payment.pk) == "nothing new"
    assert len(jobs_of("factory.release_work_orders")) == 1


def test_the_page_is_the_same_however_often_it_is_asked_for(design: Design) -> None:
    order = ordered(design)
    assert services.page_of(order.payments.get()) == services.page_of(order.payments.get())
    assert SandboxSession.objects.count() == 1


def test_what_is_told_twice_happens_once(design: Design) -> None:
    order = ordered(design)
    signed, body = pretended.message(pretended.pay(session_of(order).pk), "session.paid")
    assert services.hear("card", {"Signature": signed}, body) == "paid"
    assert services.hear("card", {"Signature": signed}, body) == "repeated"
    assert tell(SandboxSession.objects.get()) == "nothing new"  # another message of the same
    assert order.events.filter(kind=OrderEvent.Kind.PAID).count() == 1
    assert len(jobs_of("factory.release_work_orders")) == 1


def test_a_lost_message_is_found_on_the_way_back(design: Design, client: Client) -> None:
    order = ordered(design)
    pretended.pay(session_of(order).pk)
    assert client.get(f"/o/{order.token}/paid/").url == f"/o/{order.token}/"  # type: ignore[attr-defined]
    order.refresh_from_db()
    assert order.state == Order.State.PLACED


def test_a_lost_message_and_a_lost_way_back_are_found_in_the_end(design: Design) -> None:
    order = ordered(design)
    pretended.pay(session_of(order).pk)
    run("paying.expire")
    order.refresh_from_db()
    assert order.state == Order.State.PLACED


@pytest.mark.parametrize("opened", [True, False])
def test_who_does_not_pay_gives_the_place_back(design: Design, opened: bool) -> None:
    order = ordered(design)
    if opened:
        session_of(order)
    run("paying.expire")
    order.refresh_from_db()
    assert order.state == Order.State.CANCELED
    assert not Reservation.objects.exclude(state=Reservation.State.RELEASED).exists()
    assert order.payments.get().state == State.EXPIRED
    if opened:
        assert SandboxSession.objects.get().state == "expired"  # nobody can pay any more


def test_money_that_comes_too_late_goes_back(design: Design) -> None:
    order = ordered(design)
    session = session_of(order)
    pretended.pay(session.pk)
    cancel_order(order_id=order.pk)
    assert tell(session) == "too late"
    run("paying.refund")
    assert sum(SandboxSession.objects.get().refunds.values()) == order.total * 100
    run("paying.refund")
    assert len(SandboxSession.objects.get().refunds) == 1


def test_what_is_canceled_goes_back_once(design: Design) -> None:
    order = ordered(design)
    pay(order)
    cancel_order(order_id=order.pk)
    cancel_order(order_id=order.pk)
    run("paying.refund")
    refund = Refund.objects.get()
    assert (refund.amount, refund.state) == (order.total, Refund.State.DONE)
    assert order.events.filter(kind=OrderEvent.Kind.REFUNDED).count() == 1


def test_a_change_asks_for_more_or_gives_back(design: Design) -> None:
    order = ordered(design)
    pay(order)
    settle_difference(order, Decimal("10.00"), 2)
    assert order.payments.get(reason="change-2").amount == 10
    settle_difference(order, Decimal("-4.00"), 3)  # less is asked for, nothing goes back
    assert order.payments.get(state=State.OPEN).amount == 6
    assert not Refund.objects.exists()
    with transaction.atomic():
        settle_difference(order, Decimal("-16.00"), 4)
    assert not order.payments.filter(state=State.OPEN).exists()
    assert Refund.objects.get().amount == 10


def test_a_change_before_the_transfer_asks_for_the_new_total(design: Design) -> None:
    order = ordered(design, "invoice")
    order.total += 5
    settle_difference(order, Decimal("5.00"), 2)
    assert order.payments.get().amount == order.total


def forged(order: Order) -> list[tuple[str, bytes]]:
    """Messages that nobody should believe, or that are not ours."""
    session = session_of(order)
    signed, body = pretended.message(pretended.pay(session.pk), "session.paid")
    long_ago = int(timezone.now().timestamp()) - 3600
    return [
        ("", body),
        (signed, body.replace(b'"paid"', b'"open"')),
        (signed[:-1] + ("0" if signed[-1] != "0" else "1"), body),
        (signature(body, long_ago), body),
        ("t=x,v1=y", body),
        ("t=" + "9" * 500, body),
        ("ż", body),
        (signature(b"[1]", int(timezone.now().timestamp())), b"[1]"),
        (signature(b"{", int(timezone.now().timestamp())), b"{"),
    ]


def test_forged_messages_change_nothing(design: Design, client: Client) -> None:
    order = ordered(design)
    for header, body in forged(order):
        response = client.post(
            "/payments/card/messages/", body, "application/json", headers={"signature": header}
        )
        assert response.status_code == 400, header
    assert not Notice.objects.exists()
    assert order.payments.get().state == State.OPEN
    url = "/payments/cheque/messages/"
    assert client.post(url, b"{}", "application/json").status_code == 404


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"amount": 1}, "another amount"),
        ({"currency": "USD"}, "another amount"),
        ({"id": "cs_of_another_shop"}, "unknown"),
    ],
)
def test_another_amount_settles_nothing(
    design: Design, change: dict[str, object], outcome: str
) -> None:
    order = ordered(design)
    session = session_of(order)
    told = {**pretended.told(pretended.pay(session.pk)), **change}
    body = json.dumps({"id": "evt_1", "kind": "session.paid", "session": told}).encode()
    signed = signature(body, int(timezone.now().timestamp()))
    assert services.hear("card", {"Signature": signed}, body) == outcome
    assert order.payments.get().state == State.OPEN


def test_the_way_from_the_form_to_the_page_and_back(design: Design, client: Client) -> None:
    posted = client.post(kit.place_url(design.pk), kit.form_of(design, paying="card"))
    order = Order.objects.get()
    assert posted.url == f"/o/{order.token}/pay/"  # type: ignore[attr-defined]
    page = client.get(f"/o/{order.token}/pay/").content.decode()
    session = SandboxSession.objects.get()
    assert f'content="0;url=/sandbox/card/{session.pk}/"' in page
    hosted = client.get(f"/sandbox/card/{session.pk}/").content.decode()
    assert "only pretends" in hosted
    assert order.number in hosted
    paid = client.post(f"/sandbox/card/{session.pk}/", {"pay": "1"})
    assert paid.url.endswith(f"/o/{order.token}/paid/")  # type: ignore[attr-defined]
    story = client.get(f"/o/{order.token}/").content.decode()
    assert "We have your payment" in story
    assert client.get(f"/o/{order.token}/pay/").url == f"/o/{order.token}/"  # type: ignore[attr-defined]


def test_an_unknown_way_is_refused_at_its_field(design: Design, client: Client) -> None:
    posted = client.post(kit.place_url(design.pk), kit.form_of(design, paying="gold"))
    assert posted.status_code == 422
    assert "Choose one of these ways to pay." in posted.content.decode()
    assert not Order.objects.exists()


def test_a_provider_out_of_reach_keeps_the_order(
    design: Design, client: Client, settings: Any
) -> None:
    order = ordered(design)
    settings.CARD_URL = "http://127.0.0.1:9/"
    page = client.get(f"/o/{order.token}/pay/")
    assert page.status_code == 503
    assert "Your order and its place in the workshop are kept" in page.content.decode()
    assert Order.objects.get().state == Order.State.AWAITING


def test_the_time_for_paying_is_kept_by_the_provider(design: Design) -> None:
    order = ordered(design)
    session = session_of(order)
    SandboxSession.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert pretended.pay(session.pk).state == "expired"
    services.look(order.payments.get())
    order.refresh_from_db()
    assert order.state == Order.State.AWAITING


def test_without_a_provider_there_is_nothing_to_choose(
    design: Design, client: Client, settings: Any
) -> None:
    settings.CARD_SANDBOX = False
    assert "How you pay" not in client.get(f"/d/{design.pk}/review/").content.decode()
    assert client.get("/sandbox/card/x/").status_code == 404
