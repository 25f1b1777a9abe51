"""What is kept about somebody, gone. A canary finds what was forgotten."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import CharField, Field, JSONField, Model, TextField
from django.test import Client
from PIL import Image

from accounts import erasing
from accounts.models import DataRequest
from accounts.person import person_of, rows_of
from configurator.wizard.models import Artwork, Design
from configurator.wizard.preview import artwork_path
from orders.models import Job
from tests.accounts.hands import ANA, design_begun, post_mails, sign_up
from tests.accounts.keeping import archive, close, confirmed, erase, holders, perform, whole_life

pytestmark = pytest.mark.usefixtures("folders", "lamp")
CANARY = "Żółw"


def texts_of(row: Model) -> "Iterator[Field[Any, Any]]":
    """The fields of a row that can hold what somebody wrote: found, not listed."""
    for field in row._meta.concrete_fields:
        if field.is_relation or field.primary_key or field.choices:
            continue
        if isinstance(field, JSONField) or _is_wide_text(field):
            yield field


def _is_wide_text(field: "Field[Any, Any]") -> bool:
    wide = field.max_length is None or field.max_length >= 10
    return isinstance(field, CharField | TextField) and not field.unique and wide


TECHNICAL = {"sha", "token", "kind", "option", "tab", "currency", "language", "subject", "password"}


def plant(row: Model) -> int:
    """Put the canary into every such field of a row."""
    changes: dict[str, Any] = {}
    for field in texts_of(row):
        if field.name in TECHNICAL:
            continue
        value = field.value_from_object(row)
        if isinstance(field, JSONField):
            if isinstance(value, dict):
                changes[field.name] = {**value, "canary": CANARY}
        elif "email" in field.name:
            continue  # by it the person is found; looked for by itself, below
        else:
            changes[field.name] = CANARY
    if changes:
        type(row)._default_manager.filter(pk=row.pk).update(**changes)
    return len(changes)


def kept(label: str, field: str) -> bool:
    """Whether it is declared that this stays."""
    if label == "orders.order":
        return field in erasing.KEPT_OF_ORDERS
    if label in erasing.KEPT_WITH_ORDERS | erasing.KEPT_BOOKS:
        return True
    return label == "wizard.design" and field in {"state", "charge"}


def test_a_canary_in_every_field_is_gone(client: Client) -> None:
    order, _design = whole_life(client)
    close(order)
    user = User.objects.get(email=ANA)
    planted = [plant(row) for row in rows_of(person_of(user))]
    assert sum(planted) > 25
    assert len(holders(CANARY)) > 15
    erase(confirmed(client))
    left = {(label, field) for label, field in holders(CANARY) if not kept(label, field)}
    assert left == set()
    post_mails()
    assert holders(ANA) == set()
    assert not User.objects.filter(pk=user.pk).exists()


def test_orders_stay_lawful(client: Client) -> None:
    order, _design = whole_life(client)
    close(order)
    before = {
        name: getattr(order, name) for name in (*erasing.KEPT_OF_ORDERS, "total", "net", "tax")
    }
    before["state"] = "shipped"
    papers = list(order.papers.values_list("sha", flat=True))
    address = f"/o/{order.token}/"
    erase(confirmed(client))
    order.refresh_from_db()
    assert {name: getattr(order, name) for name in before} == before
    assert order.lines.get().specification.content["texts"]
    assert list(order.papers.values_list("sha", flat=True)) == papers
    assert (order.email, order.note, order.browser, order.customer) == ("", "", "", None)
    assert Client().get(address).status_code == 404


def test_an_order_under_way_is_finished_first(client: Client) -> None:
    order, _design = whole_life(client)
    erase(confirmed(client))
    order.refresh_from_db()
    assert order.email == "zofia@example.com"
    perform(erasing.CLOSE)  # not yet
    close(order)
    perform(erasing.CLOSE)
    order.refresh_from_db()
    assert order.email == ""


def test_pictures_that_nobody_else_uses_are_deleted(client: Client) -> None:
    mine, friends = ("a" * 64), ("b" * 64)
    for sha in (mine, friends):
        Artwork.objects.create(sha=sha, width=1, height=1, media_type="image/png", size=1)
        path = artwork_path(sha)
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (1, 1)).save(path, "PNG")
    design, other = design_begun(client), design_begun(Client())
    files = {"a": mine, "b": friends}
    Design.objects.filter(pk=design.pk).update(state={**design.state, "files": files})
    Design.objects.filter(pk=other.pk).update(state={**other.state, "files": {"b": friends}})
    sign_up(client)
    client.post("/account/data/export/")
    assert f"artwork/{mine[:16]}.png" in archive(client).namelist()
    erase(confirmed(client))
    assert not artwork_path(mine).exists()
    assert artwork_path(friends).exists()
    assert list(Artwork.objects.values_list("pk", flat=True)) == [friends]


def test_a_friends_design_stays_the_friends(client: Client) -> None:
    design = design_begun(client)
    sign_up(client)
    friend = Client()
    friend.get(f"/d/{design.pk}/")
    sign_up(friend, "bo@example.com")
    erase(confirmed(client))
    assert str(design.pk) in friend.get("/account/designs/").content.decode()


def test_every_browser_is_signed_out(client: Client) -> None:
    whole_life(client)
    other = confirmed(client)
    erase(confirmed(client))
    for browser in (client, other):
        assert "Signed in as" not in browser.get("/account/").content.decode()
        assert browser.get("/account/addresses/").status_code == 302


def test_one_confirms_who_one_is_and_that_one_means_it(client: Client) -> None:
    whole_life(client)
    unsure = confirmed(client).post("/account/data/erase/", {})
    assert unsure.status_code == 422
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    assert "/account/confirm" in client.get("/account/data/erase/").headers["Location"]
    assert not Job.objects.filter(kind=erasing.ERASE).exists()


def test_staff_are_not_erased_by_themselves(client: Client) -> None:
    client.force_login(User.objects.create_user("lead", is_staff=True))
    assert client.post("/account/data/erase/", {"sure": "1"}).status_code in (302, 403, 404)
    assert not DataRequest.objects.exists()
