"""Nothing that a customer reads is left unmarked for translation: pages, mails, papers."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from configurator.catalog.importing.service import import_product
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders.confirmations import (
    cancellation_of,
    mail_of,
    print_confirmation,
    shipped_mail_of,
)
from orders.models import Order
from tests.orders import kit
from tests.project.pseudo import bracketed, speaking_brackets, unmarked, unmarked_in_text

pytestmark = pytest.mark.django_db
GIVEN = (
    *(str(value) for value in vars(kit.CONTACT).values() if value and len(str(value)) > 2),
    *("desk-lamp", kit.TEXT, "Poland"),
)


@pytest.fixture
def shop(settings: Any, tmp_path: Path) -> Iterator[Client]:
    for folder in ("PAPERS_DIR", "PICTURES_DIR", "MEDIA_ROOT"):
        setattr(settings, folder, tmp_path / folder)
    file = tmp_path / "product.yaml"
    file.write_text(bracketed(kit.LAMP), "utf-8")
    with speaking_brackets():
        import_product(file=file, publish=True, by="test")
        yield Client()


def read(client: Client, address: str, method: str = "get", **sent: Any) -> list[str]:
    answer = getattr(client, method)(address, sent, follow=True)
    assert answer.status_code in (200, 403, 404, 405, 409, 422), address
    return [f"{address}: {word}" for word in unmarked(answer.content.decode(), GIVEN)]


def begun(**choices: Any) -> Design:
    design = wizard.start_design(slug="desk-lamp", language="en")
    for code, value in choices.items():
        edit = wizard.Edit(design.pk, design.revision)
        design = wizard.choose(edit=edit, option=code, value=value).design
    return design


def ordered() -> Order:
    return kit.order(kit.whole_design())


def test_pages_of_the_shop(shop: Client) -> None:
    pages = ["/", "/p/desk-lamp/", "/terms/", "/nothing/", "/gallery/", "/p/desk-lamp/start/"]
    pages += ["/cart/", "/cart/checkout/", "/p/desk-lamp/guide/", "/p/desk-lamp/compare/", "/d/x/"]
    assert [word for page in pages for word in read(shop, page)] == []


def test_pages_of_a_design(shop: Client) -> None:
    design = begun(shade="linen")
    own = f"/d/{design.pk}/"
    found = []
    for page in ("", "?step=words", "history/", "share/", "review/", "choose/"):
        found += read(shop, own + page)
    found += read(shop, f"{own}ask/", about="height:600")
    found += read(shop, f"{own}choose/", "post", set="height:600", revision=str(design.revision))
    for option, value in (("height", "320"), ("height", "9"), ("height", "x")):
        form = {"option": option, "value": value, "revision": str(design.revision)}
        found += read(shop, f"{own}choose/", "post", **form)
    found += read(shop, f"{own}text/", "post", option="engraving", text="<" * 99, revision="1")
    found += read(shop, f"{own}limit/", "post", budget="-5", day="soon", revision="1")
    found += read(shop, f"{own}limit/", "post", budget="20", day="", revision="1")
    found += read(shop, f"{own}undo/", "post", revision="99")
    assert sorted(set(found)) == []


def test_ordering(shop: Client) -> None:
    design = kit.whole_design()
    form = kit.form_of(design)
    empty = dict.fromkeys(form, "") | {"revision": form["revision"]}
    address = f"/d/{design.pk}/order/"
    found = read(shop, address, "post", **empty)
    found += read(shop, address, "post", **{**form, "total": "1.00"})
    found += read(shop, address, "post", **form)
    order = Order.objects.get()
    found += read(shop, f"/o/{order.token}/")
    found += read(shop, f"/o/{order.token}/cancel/")
    found += read(shop, f"/o/{order.token}/1/change/begin/", "post")
    second = kit.started({"shade": "linen", "height": 300, "dimmer": False, "engraved": False})
    found += read(shop, f"/cart/add/{second.pk}/", "post", **kit.form_of(second))
    found += read(shop, "/cart/")
    found += read(shop, "/cart/checkout/")
    found += read(shop, "/cart/checkout/", "post", name="")
    assert sorted({word for word in found if order.number not in word}) == []


def test_pages_of_an_account(shop: Client, django_user_model: Any) -> None:
    pages = ["login/", "login/code/", "signup/", "", "designs/", "orders/", "security/", "email/"]
    pages += [
        "addresses/",
        "addresses/add/",
        "data/",
        "delete/",
        "password/",
        "confirm/",
        "passkeys/add/",
    ]
    found = [word for page in pages for word in read(shop, f"/account/{page}")]
    shop.force_login(django_user_model.objects.create_user("kim", "kim@example.com"))
    found += [word for page in pages for word in read(shop, f"/account/{page}")]
    assert [word for word in found if "kim" not in word] == []


def test_mails_and_papers(shop: Client) -> None:
    order = ordered()
    printed = print_confirmation(order)
    told = mail_of(order, printed)
    given = (*GIVEN, order.number, "Customerize Workshop")
    gone = cancellation_of(order)
    texts = [told.subject, told.body, gone.subject, gone.body]
    found = [word for text in texts for word in unmarked_in_text(str(text), given)]
    for letter in (told, gone, shipped_mail_of(order)):
        ((html, _kind),) = letter.alternatives
        found += unmarked(str(html), given)
    paper = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)
    address = r"\s*".join(map(re.escape, order.token))  # may stand on two lines
    paper = re.sub(address, " ", paper)
    found += unmarked_in_text(paper, given)
    assert sorted(set(found)) == []


def test_what_is_not_marked_is_found() -> None:
    page = '<p>[All <a title="Here">terms</a>] and <b>more</b></p><img alt="[A lamp]"> 12 mm'
    assert unmarked(page) == ["and more 12", "Here"]
