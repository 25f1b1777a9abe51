"""What customers said is read by others with their leave, once it was approved."""

import pytest
from django.test import Client

from configurator.sharing import gallery
from configurator.sharing.models import Share
from orders.models import Order
from orders.voices.models import Voice
from orders.voices.services import say
from tests.orders import kit

pytestmark = pytest.mark.django_db
SAID = "Świeci <b>pięknie</b>"


@pytest.fixture
def order() -> Order:
    kit.import_lamp()
    return kit.order(kit.whole_design())


def said(order: Order, *, public: bool = True, state: str = Voice.State.APPROVED) -> Voice:
    voice = say(
        line=order.lines.get(), stars=4, words=SAID, author="Ola", public=public, language="pl"
    )
    Voice.objects.update(state=state)
    return voice


def test_on_the_page_of_the_product(client: Client, order: Order) -> None:
    said(order)
    html = client.get("/p/desk-lamp/").content.decode()
    assert "What others had made" in html
    assert "4 of 5 stars" in html
    assert "Ola" in html


def test_beside_the_design_in_the_gallery(client: Client, order: Order) -> None:
    said(order)
    entry = gallery.submit(design=order.lines.get().design, title="Mine", author="Ana")
    address = f"/s/{Share.objects.get(entry=entry).token}/"
    assert "pięknie" not in client.get(address).content.decode()
    gallery.approve(entry=entry, by="m")
    html = client.get(address).content.decode()
    assert 'lang="pl">Świeci &lt;b&gt;pięknie&lt;/b&gt;<' in html


@pytest.mark.parametrize(
    ("public", "state"), [(False, "approved"), (True, "new"), (True, "declined")]
)
def test_nothing_without_leave_and_approval(
    client: Client, order: Order, public: bool, state: str
) -> None:
    voice = said(order, public=public, state=state)
    assert "4 of 5 stars" not in client.get("/p/desk-lamp/").content.decode()
    assert client.get(f"/voices/{voice.pk}/picture.webp").status_code == 404
