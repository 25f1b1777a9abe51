"""Customers are asked once how it is, some days after it arrived; what they say is theirs."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone
from PIL import Image

from orders import services as orders
from orders.models import Job, Order, OrderEvent
from orders.voices import services
from orders.voices.models import Invitation, Quiet, Voice
from project.roles import make_groups
from tests.orders import kit


@pytest.fixture
def shipped(db: None) -> Order:
    kit.import_lamp()
    order = kit.order(kit.whole_design(), may_ask=True)
    for kind in ("STARTED", "FINISHED", "SHIPPED"):
        orders.record(order_id=order.pk, kind=getattr(OrderEvent.Kind, kind))
    order.refresh_from_db()
    return order


def asking(order: Order) -> Job:
    return Job.objects.get(kind=services.INVITE, payload__order=str(order.pk))


def url_of(order: Order) -> str:
    return f"/o/{order.token}/1/voice/"


def test_nobody_is_asked_before_it_arrived(shipped: Order, settings: Any) -> None:
    arrives = max(shipped.arrives_on or timezone.localdate(), timezone.localdate())
    earliest = arrives + timedelta(days=settings.ASK_AFTER_DAYS)
    assert timezone.localdate(asking(shipped).due_at) >= earliest


def test_nobody_is_asked_who_has_not_said_so(shipped: Order) -> None:
    Order.objects.filter(pk=shipped.pk).update(may_ask=False)
    assert services.invite(asking(shipped).pk)
    assert not mail.outbox


def test_they_are_asked_once_in_their_language(shipped: Order) -> None:
    Order.objects.filter(pk=shipped.pk).update(language="pl")
    job = asking(shipped)
    assert services.invite(job.pk)
    (sent,) = mail.outbox
    assert sent.subject == "Jak się sprawuje?"
    assert url_of(shipped) in sent.body
    assert sent.extra_headers["List-Unsubscribe"].endswith(f"/o/{shipped.token}/quiet/>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    again = Job.objects.create(kind=services.INVITE, queue="mail", payload=job.payload)
    assert services.invite(again.pk)
    assert len(mail.outbox) == 1
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("why", ["quiet", "said", "canceled", "erased"])
def test_who_need_not_be_asked_is_not(client: Client, shipped: Order, why: str) -> None:
    if why == "quiet":
        client.post(f"/o/{shipped.token}/quiet/")
    elif why == "said":
        client.post(url_of(shipped), {"stars": "4"})
    elif why == "canceled":
        Order.objects.filter(pk=shipped.pk).update(state=Order.State.CANCELED)
    else:
        Order.objects.filter(pk=shipped.pk).update(email="")
    assert services.invite(asking(shipped).pk)
    assert mail.outbox == []


def test_leaving_is_one_click_without_a_cookie_and_looking_changes_nothing(shipped: Order) -> None:
    browser = Client(enforce_csrf_checks=True)
    url = f"/o/{shipped.token}/quiet/"
    assert browser.get(url).status_code == 200
    assert not Quiet.objects.exists()
    body = "List-Unsubscribe=One-Click"
    for _time in range(2):
        answer = browser.post(url, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
    assert shipped.email not in str(Quiet.objects.get().pk)


def test_stars_words_and_a_photo_are_kept_with_what_was_built(
    client: Client, shipped: Order, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "#8a5a3b").save(photo, "JPEG")
    photo.seek(0)
    photo.name = "lamp.jpg"
    data = {"stars": "5", "words": "Zażółć <b>!", "author": "Zofia", "photo": photo, "public": "1"}
    assert client.post(url_of(shipped), data).status_code == 302
    voice = Voice.objects.get()
    line = shipped.lines.get()
    assert (voice.specification_id, voice.revision) == (line.specification_id, line.design_revision)
    assert (voice.stars, voice.words, voice.public, voice.state) == (5, "Zażółć <b>!", True, "new")
    assert client.get(f"{url_of(shipped)}photo.jpg").status_code == 200
    page = client.get(url_of(shipped)).content.decode()
    assert "Zażółć &lt;b&gt;!" in page
    client.post(url_of(shipped), {"stars": "3"})  # said anew: one voice, its photo stays
    voice.refresh_from_db()
    assert (voice.stars, voice.words, bool(voice.photo)) == (3, "", True)
    client.post(f"{url_of(shipped)}delete/")
    assert not Voice.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("stars", value) for value in ("", "0", "6", "-1", "NaN", "5.0")),
        *(("words", value) for value in ("x" * 2001, "x" * 200_000, "a\x00b", "\u202eabc")),
        *(("author", value) for value in ("a\nb", "y" * 41)),
    ],
)
def test_what_can_not_stay_is_told_at_its_field_and_nothing_is_lost(
    client: Client, shipped: Order, field: str, value: str
) -> None:
    data = {"stars": "4", "words": "Kept words", "author": "Ana", field: value}
    answer = client.post(url_of(shipped), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}_error"' in page
    assert field == "words" or "Kept words" in page
    assert not Voice.objects.exists()


def test_a_broken_photo_is_told(client: Client, shipped: Order) -> None:
    broken = io.BytesIO(b"<svg onload=alert(1)>")
    broken.name = "x.jpg"
    answer = client.post(url_of(shipped), {"stars": "4", "photo": broken})
    assert answer.status_code == 422
    assert 'id="photo_error"' in answer.content.decode()


@pytest.mark.django_db
def test_before_it_left_nothing_is_asked(client: Client) -> None:
    kit.import_lamp()
    order = kit.order(kit.whole_design())
    assert client.post(url_of(order), {"stars": "5"}).status_code == 302
    assert not Voice.objects.exists()
    assert "/voice/" not in client.get(f"/o/{order.token}/").content.decode()


def test_a_marketer_looks_at_it_and_sees_nobodys_address(client: Client, shipped: Order) -> None:
    client.post(url_of(shipped), {"stars": "4", "words": "Good light"})
    make_groups()
    user = User.objects.create_user("mia", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client.force_login(user)
    voice = Voice.objects.get()
    listed = client.get("/admin/voices/voice/").content.decode()
    page = client.get(f"/admin/voices/voice/{voice.pk}/change/").content.decode()
    assert "Good light" in listed
    for secret in (shipped.email, shipped.token, shipped.street):
        assert secret not in listed + page
    data = {"action": "approve", "_selected_action": [voice.pk]}
    client.post("/admin/voices/voice/", data)
    voice.refresh_from_db()
    assert voice.state == Voice.State.APPROVED
