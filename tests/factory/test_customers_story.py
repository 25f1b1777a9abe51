"""What the customer reads of the making: stages from true operations, photos, the parcel."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from PIL import Image

from configurator.catalog.models import WorkCenter
from orders import chapters, pages
from orders.factory import services
from orders.factory.models import Parcel, SharedPhoto, Stage, WorkOrder
from orders.models import Order
from project.roles import make_groups


@pytest.fixture
def stages(work_order: WorkOrder) -> list[Stage]:
    """A stage for each work center of the order, but the last, which is told of nowhere."""
    codes = list(dict.fromkeys(work_order.operations.values_list("work_center", flat=True)))
    assert len(codes) > 1
    made = []
    for position, code in enumerate(codes[:-1], 1):
        stage = Stage.objects.create(position=position, name_en=f"In {code}", name_pl=f"W {code}")
        stage.work_centers.add(WorkCenter.objects.get(code=code))
        made.append(stage)
    return made


@pytest.fixture
def operator(client: Client, db: None) -> Client:
    return _staff(client, "factory operator")


def _staff(client: Client, group: str) -> Client:
    make_groups()
    user = User.objects.create_user(group.replace(" ", "-"))
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


def photo(color: str = "#8a5a3b") -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (400, 300), color).save(written, "JPEG")
    written.seek(0)
    written.name = "photo.jpg"
    return written


def build(work_order: WorkOrder, codes: list[str]) -> None:
    for code in codes:
        services.start_operation(work_order_id=work_order.pk, code=code, by=None)
        services.finish_operation(work_order_id=work_order.pk, code=code, by=None)


def codes_of(work_order: WorkOrder) -> list[str]:
    return list(work_order.operations.values_list("code", flat=True))


def test_stages_follow_the_operations(work_order: WorkOrder, stages: list[Stage]) -> None:
    order = work_order.line.order
    first = chapters.told(order).stages[0]
    assert (first.title, first.at, first.now, first.done) == (
        "In " + _center(work_order),
        None,
        False,
        0,
    )
    codes = codes_of(work_order)
    services.start_operation(work_order_id=work_order.pk, code=codes[0], by=None)
    assert chapters.told(order).stages[0].now
    services.finish_operation(work_order_id=work_order.pk, code=codes[0], by=None)
    in_first = work_order.operations.filter(work_center=_center(work_order)).count()
    told = chapters.told(order).stages[0]
    assert told.done == 1
    assert (told.at is not None) == (in_first == 1)


def _center(work_order: WorkOrder) -> str:
    return str(work_order.operations.all()[0].work_center)


def test_what_is_ahead_has_its_planned_day(work_order: WorkOrder, stages: list[Stage]) -> None:
    assert all(stage.planned for stage in chapters.told(work_order.line.order).stages)


def test_a_finished_order_has_every_stage_behind_it(
    work_order: WorkOrder, stages: list[Stage]
) -> None:
    build(work_order, codes_of(work_order))
    order = Order.objects.get()
    told = chapters.told(order).stages
    assert all(stage.at is not None and not stage.now for stage in told)
    kinds = [chapter.kind for chapter in pages.order_page(order).chapters]
    assert kinds.index("stage") < kinds.index("finished") < kinds.index("shipped")
    assert "started" not in kinds


def test_without_stages_the_story_is_as_ever(work_order: WorkOrder) -> None:
    kinds = [chapter.kind for chapter in pages.order_page(work_order.line.order).chapters]
    assert "stage" not in kinds
    assert "started" in kinds


def test_a_new_attempt_is_told_honestly(work_order: WorkOrder, stages: list[Stage]) -> None:
    build(work_order, codes_of(work_order)[:1])
    services.scrap(work_order_id=work_order.pk, by=None, cause="material")
    told = chapters.told(work_order.line.order).stages
    assert told[0].done == 0
    assert "anew" in told[0].note


def test_the_page_asks_again_cheaply(
    client: Client, work_order: WorkOrder, stages: list[Stage], django_assert_max_num_queries: Any
) -> None:
    url = f"/o/{work_order.line.order.token}/"
    version = pages.story_version(work_order.line.order)
    with django_assert_max_num_queries(8):
        same = client.get(url, {"seen": version}, headers={"hx-request": "true"})
    assert same.status_code == 204
    build(work_order, codes_of(work_order)[:1])
    changed = client.get(url, {"seen": version}, headers={"hx-request": "true"})
    assert changed.status_code == 200
    assert "story__chapter" in changed.content.decode()


def test_stages_are_read_in_the_readers_language(
    client: Client, work_order: WorkOrder, stages: list[Stage]
) -> None:
    client.cookies["django_language"] = "pl"
    page = client.get(f"/o/{work_order.line.order.token}/").content.decode()
    assert "W " + _center(work_order) in page


def test_a_photo_is_shown_and_withdrawn(
    operator: Client, work_order: WorkOrder, stages: list[Stage], settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    code, url = codes_of(work_order)[0], f"/factory/{work_order.number}/customer/"
    data = {"photo": photo(), "caption": "Your <b>leather</b>", "operation": code}
    assert operator.post(url, data).status_code == 302
    shown = SharedPhoto.objects.get()
    token, guest = work_order.line.order.token, Client()
    page = guest.get(f"/o/{token}/").content.decode()
    assert f"/o/{token}/photos/{shown.pk}.jpg" in page
    assert "Your &lt;b&gt;leather&lt;/b&gt;" in page
    assert guest.get(f"/o/{token}/photos/{shown.pk}.jpg").status_code == 200
    assert guest.get(f"/o/{'x' * 32}/photos/{shown.pk}.jpg").status_code == 404
    assert token not in operator.get(url).content.decode()
    operator.post(f"{url}{shown.pk}/withdraw/")
    assert guest.get(f"/o/{token}/photos/{shown.pk}.jpg").status_code == 404
    assert "photos/" not in guest.get(f"/o/{token}/").content.decode()


def test_the_same_photo_twice_is_shown_once(
    operator: Client, work_order: WorkOrder, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    for _time in range(2):
        operator.post(f"/factory/{work_order.number}/customer/", {"photo": photo()})
    assert SharedPhoto.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"photo": io.BytesIO(b"no picture")}], ids=["none", "broken"])
def test_what_is_no_photo_is_told_at_the_field(
    operator: Client, work_order: WorkOrder, data: dict[str, Any]
) -> None:
    if data:
        data["photo"].name = "photo.jpg"
    answer = operator.post(f"/factory/{work_order.number}/customer/", {**data, "caption": "Kept"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="photo-error"' in page
    assert 'value="Kept"' in page
    assert not SharedPhoto.objects.exists()


def test_a_parcel_is_followed_once_it_left(client: Client, work_order: WorkOrder) -> None:
    lead = _staff(client, "factory lead")
    url = f"/factory/{work_order.number}/customer/parcel/"
    data = {"carrier": "DHL", "number": "JD 014", "link": "https://example.com/track?x=1&y=2"}
    assert lead.post(url, data).status_code == 302
    page = f"/o/{work_order.line.order.token}/"
    assert "JD 014" not in Client().get(page).content.decode()
    build(work_order, codes_of(work_order))
    services.ship(work_order_id=work_order.pk, by=None)
    told = Client().get(page).content.decode()
    assert "JD 014" in told
    assert 'href="https://example.com/track?x=1&amp;y=2"' in told
    lead.post(url, {"carrier": "", "number": "", "link": ""})
    assert not Parcel.objects.exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "example", "https://x" + "x" * 400])
def test_a_link_that_leads_nowhere_is_told(
    client: Client, work_order: WorkOrder, link: str
) -> None:
    lead = _staff(client, "factory lead")
    answer = lead.post(f"/factory/{work_order.number}/customer/parcel/", {"link": link})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert not Parcel.objects.exists()


def test_operators_do_not_write_parcels(operator: Client, work_order: WorkOrder) -> None:
    answer = operator.post(f"/factory/{work_order.number}/customer/parcel/", {"number": "1"})
    assert answer.status_code == 403
