"""Moves of whole work orders on their page: buttons and forms by role, errors, photos, history."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from orders.factory import photos
from orders.factory.models import WorkOrder
from tests.factory import kit

pytestmark = pytest.mark.django_db

LEADS = ("unhold", "rework", "scrap", "cancel", "ship")


@pytest.fixture(autouse=True)
def media(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def post(client: Client, work_order: WorkOrder, event: str, **sent: Any) -> Any:
    return client.post(f"/factory/{work_order.number}/{event}/", sent)


def picture(kind: str = "PNG", size: tuple[int, int] = (2400, 1200), **more: Any) -> Any:
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **more)
    return SimpleUploadedFile(f"x.{kind.lower()}", written.getvalue())


@pytest.mark.parametrize("event", LEADS)
def test_an_operator_may_not(event: str, operator: Client, work_order: WorkOrder) -> None:
    assert post(operator, work_order, event, **kit.EXTRAS.get(event, {})).status_code == 403
    told = operator.get(f"/factory/{work_order.number}/").text
    assert f'/factory/{work_order.number}/{event}/"' not in told


@pytest.mark.parametrize(
    ("state", "operators", "leads"),
    [
        ("released", {"start", "hold"}, {"cancel"}),
        ("started", {"finish", "pause", "hold"}, {"rework", "scrap", "cancel"}),
        ("paused", {"resume", "hold"}, {"rework", "scrap", "cancel"}),
        ("held", set(), {"unhold", "rework", "scrap", "cancel"}),
        ("rework", {"finish", "pause", "hold"}, {"rework", "scrap", "cancel"}),
        ("finished", set(), {"rework", "scrap", "ship"}),
        ("shipped", set(), set()),
        ("canceled", set(), set()),
    ],
)
def test_the_page_offers_what_one_may_do(
    state: str,
    operators: set[str],
    leads: set[str],
    operator: Client,
    lead: Client,
    work_order: WorkOrder,
) -> None:
    kit.bring(work_order, state)
    events = ("start", "finish", "pause", "resume", "hold", *LEADS)

    def offered(client: Client) -> set[str]:
        told = client.get(f"/factory/{work_order.number}/").text
        return {e for e in events if f'action="/factory/{work_order.number}/{e}/"' in told}

    assert offered(operator) == operators
    assert offered(lead) == operators | leads


def test_a_hold_is_put_and_taken_off(operator: Client, lead: Client, work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    answer = post(operator, work_order, "hold", reason="Wrong hinge", answerer="purchasing")
    assert answer.status_code == 302
    told = operator.get(f"/factory/{work_order.number}/").text
    assert "Wrong hinge – purchasing must answer." in told
    post(lead, work_order, "unhold", note="New one in H-3")
    assert WorkOrder.objects.get(pk=work_order.pk).state == "paused"


def test_what_is_wrong_with_a_form_is_said_at_its_field(
    operator: Client, work_order: WorkOrder
) -> None:
    answer = post(operator, work_order, "hold", reason="A <b>scratch", answerer="nobody")
    assert answer.status_code == 422
    assert "Choose who must answer." in answer.text
    assert 'value="A &lt;b&gt;scratch"' in answer.text  # nothing is lost
    assert 'id="more-hold" open' in answer.text
    assert WorkOrder.objects.get(pk=work_order.pk).state == "released"


def test_a_stale_page_moves_nothing(lead: Client, work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    answer = post(lead, work_order, "cancel", version="0")
    assert answer.status_code == 409
    assert "has changed meanwhile" in answer.text


def test_rework_with_a_photo(lead: Client, operator: Client, work_order: WorkOrder) -> None:
    kit.bring(work_order, "finished")
    defect = {"operation": "fit", "cause": "surface", "note": "Deep scratch"}
    answer = post(lead, work_order, "rework", **defect, photo=picture())
    assert answer.status_code == 302
    move = work_order.moves.get(event="rework")
    assert kit.states(work_order) == {"cut": "done", "fit": "waiting"}
    shown = operator.get(f"/factory/{work_order.number}/photos/{move.photo}.jpg")
    assert shown["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(shown.content)).size == (1600, 800)
    told = operator.get(f"/factory/{work_order.number}/").text
    assert "To be done again" in told


def test_a_photo_tells_no_place(lead: Client, work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    exif = Image.Exif()
    exif[0x010E] = "at home"
    post(lead, work_order, "scrap", cause="damage", photo=picture("JPEG", exif=exif))
    move = work_order.moves.get(event="scrap")
    assert b"at home" not in photos.path_of(move.photo).read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 not a picture",
        b"<svg onload='alert(1)'/>",
        b"\x89PNG\r\n\x1a\n broken",
        b"\xff\xd8\xff" + b"0" * 100,
    ],
)
def test_a_photo_that_is_none_is_refused(data: bytes, lead: Client, work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    photo = SimpleUploadedFile("../../x.png", data)
    answer = post(lead, work_order, "scrap", cause="damage", note="Kept", photo=photo)
    assert answer.status_code == 422
    assert 'value="Kept"' in answer.text
    assert WorkOrder.objects.get(pk=work_order.pk).state == "started"


def test_other_photos_are_not_found(operator: Client, work_order: WorkOrder) -> None:
    for sha in ("0" * 64, "x", "..%2F..%2Fdb"):
        answer = operator.get(f"/factory/{work_order.number}/photos/{sha}.jpg")
        assert answer.status_code == 404


def test_a_remake_is_found_from_the_old_sheet(lead: Client, work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    post(lead, work_order, "scrap", cause="damage")
    again = post(lead, work_order, "scrap", cause="damage")
    assert again.status_code == 409
    assert f"{work_order.number}R1 is built instead" in again.text
    assert lead.get(f"/factory/{work_order.number}R1/").status_code == 200


def test_the_history_tells_who_did_what_with_which_lot(
    operator: Client, lead: Client, work_order: WorkOrder
) -> None:
    url = f"/factory/bench/{work_order.number}/cut/"
    operator.post(f"{url}start/", {"station": "saw"})
    operator.post(f"{url}done/", {"station": "saw", "lot-pole": "ST-<7731>"})
    post(lead, work_order, "scrap", cause="measure", note="Too short")
    remake = WorkOrder.objects.get(attempt=2)
    for number in (work_order.number, remake.number):
        told = operator.get(f"/factory/{number}/history/").text
        for words in ("ST-&lt;7731&gt;", "factory-operator", "saw", "Too short", "wrong measure"):
            assert words in told
        assert f"Made anew in place of {work_order.number}." in told


def test_a_hold_from_the_bench_goes_back_to_the_bench(
    operator: Client, work_order: WorkOrder
) -> None:
    answer = post(operator, work_order, "hold", **kit.REASON, **{"from": "bench"})
    assert answer.headers["Location"] == "/factory/bench/"


def test_the_same_form_sent_twice_counts_once(lead: Client, work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    for _twice in range(2):
        assert post(lead, work_order, "scrap", cause="damage", key="k").status_code == 302
    assert WorkOrder.objects.count() == 2


def test_of_two_leads_the_later_one_keeps_what_was_written(
    lead: Client, operator: Client, work_order: WorkOrder
) -> None:
    seen = work_order.version
    assert post(operator, work_order, "start").status_code == 302
    written = {"reason": "The hide has a scar", "answerer": "lead", "version": seen}
    told = post(lead, work_order, "hold", **written)
    assert told.status_code == 409
    assert 'value="The hide has a scar"' in told.text
    assert "field__error" not in told.text
    work_order.refresh_from_db()
    assert (work_order.state, work_order.hold_reason) == ("started", "")


def test_nothing_is_said_of_why_where_there_is_no_cause(
    lead: Client, work_order: WorkOrder
) -> None:
    assert "Choose …" not in lead.get(f"/factory/{work_order.number}/history/").text


def test_a_hold_that_is_off_already_is_told(lead: Client, work_order: WorkOrder) -> None:
    answer = post(lead, work_order, "unhold", note="Go on")
    assert answer.status_code == 409
    assert "is not on hold any more" in answer.text
