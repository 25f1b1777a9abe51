"""A permanent link to a revision: seen by anybody, changed by nobody, taken back by its owner."""

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from configurator.sharing import services
from configurator.sharing.models import Share
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from configurator.wizard.services import Edit
from tests.orders import kit
from tests.sharing.conftest import Publish

pytestmark = pytest.mark.django_db

DEARER = ("base_price: 80.00", "base_price: 90.00")
SHORTER = ("maximum: 600", "maximum: 400")


def made(client: Client, design: Design, **form: str) -> Any:
    return client.post(f"/d/{design.pk}/share/link/", form, follow=True)


def metas(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page))


def test_a_link_shows_its_revision_for_ever(client: Client, design: Design) -> None:
    made(client, design, title="Reading light", author="Ana")
    share = Share.objects.get()
    choose = wizard.choose(edit=Edit(design.pk, design.revision), option="height", value=300)
    assert choose.design.revision == share.revision + 1
    page = Client().get(f"/s/{share.token}/")
    text = page.content.decode()
    assert "Reading light" in text
    assert "by Ana" in text
    assert "450" in text
    assert "300" not in re.sub(r"<(style|script).*?</\1>", "", text)
    assert kit.TEXT in text
    assert str(design.pk) not in text
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_the_same_revision_has_one_link(client: Client, design: Design) -> None:
    made(client, design)
    made(client, design, title="Named later")
    assert [share.title for share in Share.objects.all()] == ["Named later"]


def test_a_link_that_was_taken_back_has_ended(client: Client, design: Design) -> None:
    share = services.share(design=design, title="A secret")
    assert client.post(f"/d/{design.pk}/share/{share.token}/end/").status_code == 302
    page = Client().get(f"/s/{share.token}/")
    assert page.status_code == 410
    assert "A secret" not in page.content.decode()
    for rest in ("picture.webp", "card.jpg", "code.svg"):
        assert Client().get(f"/s/{share.token}/{rest}").status_code == 404
    assert Client().post(f"/s/{share.token}/mine/").status_code == 410
    assert client.post(f"/d/{design.pk}/share/{share.token}/end/").status_code == 404
    assert services.share(design=design).token != share.token


def test_only_who_has_the_design_takes_its_link_back(client: Client, design: Design) -> None:
    share = services.share(design=design)
    other = kit.started()
    assert client.post(f"/d/{other.pk}/share/{share.token}/end/").status_code == 404
    assert client.post(f"/d/{uuid4()}/share/{share.token}/end/").status_code == 404
    share.refresh_from_db()
    assert share.revoked_at is None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "<b>loud</b>"),
        ("title", "x" * 61),
        ("title", "{{ 7 }}"),
        ("author", "Ana\x00"),
        ("author", "\u202egnp.exe"),
        ("author", "a\nb"),
        ("title", "z" + "\u0301" * 9),
        ("author", "x" * 100_000),
    ],
)
def test_a_name_that_can_not_be_is_refused_at_its_field(
    client: Client, design: Design, field: str, text: str
) -> None:
    page = made(client, design, **{"title": "Kept", "author": "Kept", field: text})
    assert page.status_code == 422
    body = page.content.decode()
    assert f'id="{field}-error"' in body
    assert 'value="Kept"' in body
    assert not Share.objects.exists()


def test_a_name_is_printed_as_it_was_written(client: Client, design: Design) -> None:
    made(client, design, title="Łuk & \"Ñandú\" 'x'", author="Ó’Brien")
    page = Client().get(f"/s/{Share.objects.get().token}/").content.decode()
    assert "Łuk &amp; &quot;Ñandú&quot; &#x27;x&#x27;" in page


def test_the_social_card(client: Client, design: Design, settings: Any) -> None:
    settings.SITE_URL = "https://lamps.example"
    share = services.share(design=design, title="Reading light", author="Ana")
    said = metas(client.get(f"/s/{share.token}/").content.decode())
    assert said["og:url"] == f"https://lamps.example/s/{share.token}/"
    assert said["og:title"] == said["twitter:title"] == "Reading light"
    assert said["twitter:card"] == "summary_large_image"
    assert "Ana" in said["og:description"]
    assert "€" in said["og:description"]
    address = said["og:image"].replace("&amp;", "&")
    assert address.startswith(f"https://lamps.example/s/{share.token}/card.jpg?")
    card = client.get(address.removeprefix("https://lamps.example"))
    assert card.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(card.content)).size == (1200, 630)
    assert client.get(f"/s/{share.token}/card.jpg?l=xx").status_code == 200


def test_the_price_of_today_is_told_beside_that_of_then(
    client: Client, design: Design, publish: Publish
) -> None:
    share = services.share(design=design)
    before = Client().get(f"/s/{share.token}/").content.decode()
    assert "when it was shared" not in before
    publish(DEARER)
    page = Client().get(f"/s/{share.token}/").content.decode()
    assert "when it was shared" in page
    share.refresh_from_db()
    assert share.price is not None
    assert f"€{share.price / 100:.2f}" in page
    assert f"€{(share.price + 1230) / 100:.2f}" in page


def test_make_it_mine_begins_a_design_of_ones_own(client: Client, design: Design) -> None:
    share = services.share(design=design, title="Reading light", author="Ana")
    page = client.post(f"/s/{share.token}/mine/", follow=True)
    assert page.status_code == 200
    mine = Design.objects.exclude(pk=design.pk).get()
    assert f"/d/{mine.pk}/" in page.redirect_chain[-1][0]
    assert mine.state == design.state
    assert (mine.lineage.share, mine.lineage.author) == (share, "Ana")
    again = services.share(design=mine)
    credit = client.get(f"/s/{again.token}/").content.decode()
    assert "Made from" in credit
    assert f"/s/{share.token}/" in credit
    services.end(design=design, token=share.token)
    credit = client.get(f"/s/{again.token}/").content.decode()
    assert "Reading light" in credit
    assert f"/s/{share.token}/" not in credit


def test_what_must_change_today_is_told_and_asked(
    client: Client, design: Design, publish: Publish
) -> None:
    share = services.share(design=design)
    live = publish(SHORTER)
    page = client.get(f"/s/{share.token}/").content.decode()
    assert "with these changes" in page
    assert Design.objects.count() == 1
    unasked = client.post(f"/s/{share.token}/mine/", follow=True).content.decode()
    assert "look again" in unasked
    assert Design.objects.count() == 1
    mark = re.search(r'name="mark" value="(\w+)"', page)
    assert mark is not None
    client.post(f"/s/{share.token}/mine/", {"mark": mark[1]})
    mine = Design.objects.exclude(pk=design.pk).get()
    assert mine.release_id == live.pk
    assert mine.state["choices"]["height"] == 400
    design.refresh_from_db()
    assert design.state["choices"]["height"] == 450


def test_uploaded_pictures_stay_with_their_owner(design: Design) -> None:
    share = services.share(design=design)
    share.state["files"] = {"artwork": "0" * 64}
    assert services.remix(shared=share, mark="", language="en").state["files"] == {}


def test_two_tabs_share_at_once(design: Design, monkeypatch: pytest.MonkeyPatch) -> None:
    first = services.share(design=design)
    answers = [None]

    def late(_design: Design) -> Share | None:
        return answers.pop() if answers else first

    monkeypatch.setattr(services, "_living", late)
    assert services.share(design=design) == first


def test_an_unknown_link_is_not_found(client: Client, lamp: None) -> None:
    for path in ("", "picture.webp", "card.jpg", "code.svg"):
        assert client.get(f"/s/nothing/{path}").status_code == 404
    assert client.post("/s/nothing/mine/").status_code == 404
    assert client.get("/s/nothing/mine/").status_code == 405
