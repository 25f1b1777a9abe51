"""Telling webhooks: signed, again and again until it arrives, and then no more."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from orders.erp import webhooks
from orders.erp.models import Delivery, Webhook
from orders.erp.tasks import deliver, tell
from orders.factory.models import WorkOrder
from orders.factory.services import release_work_orders, start
from orders.models import Job, Listener, Order

pytestmark = pytest.mark.django_db


@dataclass
class Receiver:
    """A server on this machine that keeps what it is sent and answers with `status`."""

    status: int = 200
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(kept.status)
            if kept.status == 302:
                self.send_header("location", f"{kept.url}elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


def run_due() -> int:
    """Perform every ERP job that is due now, as Celery would; how many."""
    due = Job.objects.filter(state="due", queue="hooks", due_at__lte=timezone.now())
    found = list(due.order_by("due_at"))
    for job in found:
        {"erp.tell": tell, "erp.deliver": deliver}[job.kind](str(job.pk))
    return len(found)


def settle() -> None:
    while run_due():
        pass


def released(order: Order) -> WorkOrder:
    """The order's work order, made now."""
    return release_work_orders(order_id=order.pk)[0]


def test_a_move_reaches_who_wants_it(receiver: Receiver, order: Order) -> None:
    hook = webhooks.add_webhook(url=receiver.url, events=["work_order.started"])
    work_order = released(order)
    settle()
    assert receiver.got == []
    start(work_order_id=work_order.pk, by=None)
    settle()
    ((headers, body),) = receiver.got
    told = json.loads(body)
    assert told["type"] == "work_order.started"
    assert told["work_order"]["number"] == work_order.number
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.answer) == ("delivered", 1, "200")


def test_the_first_event_tells_the_parts(receiver: Receiver, order: Order) -> None:
    webhooks.add_webhook(url=receiver.url)
    work_order = released(order)
    settle()
    told = json.loads(receiver.got[0][1])
    assert told["type"] == "work_order.released"
    assert len(told["work_order"]["parts"]) == work_order.parts.count()


@pytest.mark.parametrize("status", [500, 404, 302])
def test_it_is_tried_again_later_with_the_same_bytes(
    status: int, receiver: Receiver, order: Order
) -> None:
    webhooks.add_webhook(url=receiver.url)
    released(order)
    receiver.status = status
    settle()
    assert len(receiver.got) == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("due", 1)
    receiver.status = 204
    with time_machine.travel(timezone.now() + webhooks.PAUSES[0] + timedelta(seconds=1)):
        settle()
    first, second = receiver.got
    assert first[1] == second[1]
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 2)


def test_nobody_listens(order: Order) -> None:
    """It is given up after three days, and can be set going again."""
    webhooks.add_webhook(url="http://127.0.0.1:9/")
    released(order)
    now = timezone.now()
    settle()
    for pause in webhooks.PAUSES:
        now += pause + timedelta(seconds=1)
        with time_machine.travel(now):
            settle()
    delivery = Delivery.objects.get()
    assert delivery.state == "failed"
    assert "refused" in delivery.answer
    assert webhooks.try_again([delivery]) == 1
    with time_machine.travel(now):
        settle()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("due", 1)


def test_who_is_gone_is_told_no_more(receiver: Receiver, order: Order) -> None:
    hook = webhooks.add_webhook(url=receiver.url)
    work_order = released(order)
    receiver.status = 410
    settle()
    hook.refresh_from_db()
    assert not hook.active
    start(work_order_id=work_order.pk, by=None)
    settle()
    assert len(receiver.got) == 1


def test_a_job_that_comes_twice_tells_once(receiver: Receiver, order: Order) -> None:
    webhooks.add_webhook(url=receiver.url)
    released(order)
    for job in Job.objects.filter(queue="hooks"):
        tell(str(job.pk))
        Job.objects.filter(pk=job.pk).update(state="due")
        tell(str(job.pk))
    assert Delivery.objects.count() == 1
    settle()
    assert len(receiver.got) == 1


def test_one_dead_receiver_keeps_none_waiting(receiver: Receiver, order: Order) -> None:
    webhooks.add_webhook(url="http://127.0.0.1:9/")
    webhooks.add_webhook(url=receiver.url)
    released(order)
    settle()
    assert len(receiver.got) == 1


def test_where_nobody_listens_nothing_is_written(order: Order) -> None:
    released(order)
    assert not Job.objects.filter(queue="hooks").exists()


def test_the_admin_begins_and_ends_the_telling(order: Order) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    form = {"url": "http://127.0.0.1:9/", "events": "[]", "active": "on"}
    assert client.post("/admin/erp/webhook/add/", form).status_code == 302
    assert Listener.objects.filter(pk="erp.tell").exists()
    hook = Webhook.objects.get()
    client.post(f"/admin/erp/webhook/{hook.pk}/delete/", {"post": "yes"})
    assert not Listener.objects.exists()


@pytest.mark.parametrize("url", ["", "ftp://x/", "javascript:alert(1)", "http://", "file:///etc"])
def test_addresses_that_are_none(url: str) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    form = {"url": url, "events": "[]", "active": "on"}
    assert client.post("/admin/erp/webhook/add/", form).status_code == 200
    assert not Webhook.objects.exists()
