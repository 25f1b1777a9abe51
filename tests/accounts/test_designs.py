"""My designs: a name, and letting go."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from configurator.wizard.models import Design
from tests.accounts.hands import design_begun, sign_in, sign_up
from tests.orders import kit

pytestmark = pytest.mark.usefixtures("lamp")


def rename(client: Client, design: Design, name: str) -> tuple[int, str]:
    page = client.post(f"/account/designs/{design.pk}/name/", {"name": name})
    design.refresh_from_db()
    return page.status_code, page.content.decode()


def test_a_design_gets_a_name_and_loses_it(client: Client) -> None:
    design = design_begun(client)
    assert rename(client, design, "  Für  Łukasz ")[0] == 302
    assert design.name == "Für Łukasz"
    assert "Für Łukasz" in client.get("/account/designs/").content.decode()
    rename(client, design, "")
    assert design.name == ""


def test_what_was_made_a_moment_ago_says_so(client: Client, time_machine: Any) -> None:
    design_begun(client)
    assert "just now" in client.get("/account/designs/").content.decode()
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    assert "1\xa0hour, 1\xa0minute ago" in client.get("/account/designs/").content.decode()


@pytest.mark.parametrize(
    "name", ["a\nb", "\u202eabc", "a\x00b", "z" * 61, "z" * 200_000, "漢字"], ids=range(6)
)
def test_a_name_that_can_not_stay_is_told_at_the_field(client: Client, name: str) -> None:
    design = design_begun(client)
    status, page = rename(client, design, name)
    assert status == 422
    assert "field__error" in page
    assert design.name == ""
    assert len(page) < 100_000


def test_markup_in_a_name_is_text(client: Client) -> None:
    design = design_begun(client)
    rename(client, design, "<b>x</b> {{ y }}")
    assert "&lt;b&gt;x&lt;/b&gt; {{ y }}" in client.get("/account/designs/").content.decode()


def test_a_removed_design_is_gone(client: Client) -> None:
    design = design_begun(client)
    asked = client.get(f"/account/designs/{design.pk}/remove/")
    assert asked.status_code == 200
    assert Design.objects.filter(pk=design.pk).exists()
    client.post(f"/account/designs/{design.pk}/remove/")
    assert not Design.objects.filter(pk=design.pk).exists()


def test_an_ordered_design_leaves_the_list_alone(client: Client) -> None:
    design = kit.whole_design()
    client.get(f"/d/{design.pk}/")
    order = kit.order(design)
    client.post(f"/account/designs/{design.pk}/remove/")
    assert str(design.pk) not in client.get("/account/designs/").content.decode()
    order.refresh_from_db()
    assert order.lines.count() == 1


def test_what_somebody_else_keeps_stays(client: Client) -> None:
    design = design_begun(client)
    sign_up(client)
    friend = Client()
    friend.get(f"/d/{design.pk}/")
    sign_up(friend, "bo@example.com")
    client.post(f"/account/designs/{design.pk}/remove/")
    assert str(design.pk) not in client.get("/account/designs/").content.decode()
    assert str(design.pk) in friend.get("/account/designs/").content.decode()


@pytest.mark.parametrize("act", ["name", "remove"])
def test_anothers_design_is_not_found(client: Client, act: str) -> None:
    design = design_begun(client)
    for other in (Client(), client):
        key = design.pk if other is not client else uuid4()
        assert other.post(f"/account/designs/{key}/{act}/", {"name": "x"}).status_code == 404
    assert Design.objects.filter(pk=design.pk, name="").exists()


def test_the_same_list_on_every_device(client: Client) -> None:
    design = design_begun(client)
    sign_up(client)
    other = Client()
    sign_in(other)
    rename(other, design, "On the phone")
    assert "On the phone" in client.get("/account/designs/").content.decode()
