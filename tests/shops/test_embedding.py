"""Our pages within pages of a brand: without any cookie, and in no other's frame."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import timezone

from configurator.shops.embedding import public
from configurator.shops.models import Shop, Visit
from configurator.shops.visits import KEPT, cookies_of, keep_cookies
from configurator.wizard.models import Design
from tests.orders.kit import CONTACT
from tests.shops.conftest import FRAMED, SITE, Visitor


def begun(visitor: Visitor) -> tuple[str, str]:
    """A design in the frame: its address and its page."""
    page = visitor.get("/in/atelier/en/p/lamp/")
    action = re.search(r'action="(/in/[^"]+/p/lamp/start/)"', page.content.decode())
    assert action
    answer = visitor.post(action[1], page.content.decode())
    return answer.redirect_chain[-1][0], answer.content.decode()


def test_a_design_is_made_without_a_cookie(visitor: Visitor) -> None:
    address, page = begun(visitor)
    assert re.match(r"/in/atelier\.day/en/~[-\w]{32}/d/[-0-9a-f]{36}/", address)
    answer = visitor.post(f"{address}choose/", page, set="shade:black", revision="0")
    assert answer.status_code == 200
    assert Design.objects.get().state["choices"] == {"shade": "black"}
    assert 'data-revision="1"' in answer.content.decode()


def test_every_address_of_a_framed_page_stays_in_the_frame(visitor: Visitor) -> None:
    address, page = begun(visitor)
    prefix = address.split("/d/")[0]
    for found in re.findall(r'(?:href|action|hx-get|hx-post)="(/[^"]*)"', page):
        assert found.startswith((prefix, "/static/", "/embed/")), found


def test_what_is_shared_is_the_page_without_the_visit(visitor: Visitor) -> None:
    address, page = begun(visitor)
    token = address.split("/")[4]
    link = re.search(r'data-copy="([^"]+)"|id="resume-link"[^>]*value="([^"]+)"', page)
    assert link
    assert token not in (link[1] or link[2])
    assert "/d/" in (link[1] or link[2])


def test_only_the_brands_pages_may_frame_it(visitor: Visitor, client: Client) -> None:
    framed = visitor.get()
    ancestors = re.search(r"frame-ancestors ([^;]+)", framed["Content-Security-Policy"])
    assert ancestors
    assert ancestors[1].split() == ["'self'", "http://127.0.0.1:8300", SITE]
    assert "X-Frame-Options" not in framed
    plain = client.get("/")
    assert plain["X-Frame-Options"] == "SAMEORIGIN"
    assert "8300" not in plain["Content-Security-Policy"]


def test_opened_by_itself_it_is_a_page_like_any_other(visitor: Visitor) -> None:
    """So nobody can be led into the visit of another, who would see what they do there."""
    address, _page = begun(visitor)
    alone = Client(headers={"sec-fetch-dest": "document"}).get(f"{address}?step=extras")
    assert alone.status_code == 302
    assert alone["Location"] == "/" + address.split("/", 5)[5] + "?step=extras"


def test_a_form_needs_its_token_in_a_frame_too(visitor: Visitor) -> None:
    address, _page = begun(visitor)
    other = Visitor("/in/atelier/en/p/lamp/").get().content.decode()
    for forged in ("", other):
        client = Client(enforce_csrf_checks=True, headers=FRAMED)
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', forged)
        data = {"csrfmiddlewaretoken": token[1]} if token else {}
        answer = client.post(f"{address}choose/", {**data, "set": "shade:black", "revision": "0"})
        assert answer.status_code == 403
    assert Design.objects.filter(revision=0).exists()


def test_cookies_of_the_site_are_not_those_of_the_frame(visitor: Visitor, admin_user: User) -> None:
    """Who is signed in at our site is nobody in a frame."""
    client = Client(headers=FRAMED)
    client.force_login(admin_user)
    address, _page = begun(visitor)
    assert client.get(address).wsgi_request.user.is_anonymous


@pytest.mark.parametrize(
    "path",
    [
        "admin/",
        "login/",
        "factory/",
        "account/",
        "api/shop/v1/products",
        "in/atelier/en/",
        "landing/",
    ],
)
def test_rooms_of_staff_are_never_framed(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"/in/atelier/en/{path}").status_code == 404
    assert visitor.get(f"/in/atelier/en/~{'a' * 32}/{path}").status_code == 404


@pytest.mark.parametrize("entry", ["/in/nobody/en/", "/in/atelier/xx/", "/in/atelier/en/~short/"])
def test_what_is_no_shop_is_not_found(visitor: Visitor, entry: str) -> None:
    assert visitor.get(entry).status_code == 404


def test_a_shop_that_is_closed_frames_nothing(visitor: Visitor, brand: Shop) -> None:
    Shop.objects.update(active=False)
    assert visitor.get().status_code == 404
    assert Client().get("/in/atelier/embed.js").status_code == 404


def test_the_language_and_the_theme_stand_in_the_address(visitor: Visitor) -> None:
    page = visitor.get("/in/atelier.night/pl/p/lamp/").content.decode()
    assert '<html lang="pl"' in page
    assert "/embed/atelier/night-" in page
    assert "<header" not in page
    assert "<footer" not in page


def test_the_script_and_the_style_sheet(brand: Shop, client: Client) -> None:
    script = client.get("/in/atelier/embed.js")
    assert script["Content-Type"].startswith("text/javascript")
    sheet = client.get("/embed/atelier/night-old.css")
    assert (sheet["Content-Type"], sheet["Cache-Control"]) == (
        "text/css; charset=utf-8",
        "no-cache",
    )
    assert "color-scheme: dark" in sheet.content.decode()
    assert client.get("/embed/atelier/noon-old.css").status_code == 404
    assert client.get("/embed/atelier/day/logo").status_code == 404


def test_visits_are_known_by_a_hash_and_forgotten(brand: Shop) -> None:
    keep_cookies(brand, "old", {"a": "1"})
    Visit.objects.update(seen_at=timezone.now() - KEPT - timedelta(days=1))
    keep_cookies(brand, "new", {"b": "2"})
    assert cookies_of(brand, "new") == {"b": "2"}
    assert cookies_of(brand, "old") == {}
    assert "new" not in str(Visit.objects.values_list())


@pytest.mark.parametrize(
    ("origin", "allowed"), [(SITE, True), ("http://localhost", False), ("null", False), ("", False)]
)
def test_known_pages_may_read_the_api(
    brand: Shop, client: Client, origin: str, allowed: bool
) -> None:
    asked = {"origin": origin, "access-control-request-method": "POST"}
    preflight = client.options("/api/shop/v1/designs", headers=asked)
    assert preflight.status_code == 204
    answer = client.get("/api/shop/v1/products", headers={"origin": origin})
    for each in (preflight, answer):
        assert (each.get("Access-Control-Allow-Origin") == origin) == allowed
        assert "Access-Control-Allow-Credentials" not in each
        assert "Origin" in each["Vary"]
    assert "If-Match" in preflight.get("Access-Control-Allow-Headers", "") or not allowed
    assert client.get("/", headers={"origin": SITE}).get("Access-Control-Allow-Origin") is None


def fields_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to an address."""
    form = page.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    found = re.findall(r'<input type="hidden" name="(\w+)"[^>]* value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_design_goes_into_the_cart_and_is_ordered_in_the_frame(visitor: Visitor) -> None:
    address, page = begun(visitor)
    visitor.post(f"{address}choose/", page, set="engraved:no", revision="0")
    visitor.post(f"{address}finish/", page, revision="1")
    review = visitor.get(f"{address}review/").content.decode()
    prefix = address.split("/d/")[0] + "/"
    design = address.split("/")[-2]
    place = f"{address}order/"
    hidden = fields_of(review, place)
    cart = visitor.post(f"{prefix}cart/add/{design}/", review, **hidden, quantity="1")
    told = cart.content.decode()
    assert cart.redirect_chain[-1][0].startswith(prefix)
    assert f'data-told="added" data-design="{design}"' in told
    assert 'id="cart-link"' in visitor.get(f"{address}review/").content.decode()
    contact = {name: str(value) for name, value in vars(CONTACT).items()}
    done = visitor.post(place, review, **hidden, **contact, quantity="1", rush="0", terms="on")
    assert re.match(rf"{prefix}o/[\w-]+", done.redirect_chain[-1][0]), done.content.decode()[:2000]
    assert 'data-told="ordered"' in done.content.decode()


def test_addresses_for_others_are_made_without_the_visit_in_one_place() -> None:
    """Mails, papers, links to share, the way back from a payment: all by `public`."""
    rooms = ("configurator", "orders", "personalization", "accounts", "project")
    makers = {
        str(path.relative_to(settings.BASE_DIR))
        for room in rooms
        for path in (settings.BASE_DIR / room).rglob("*.py")
        if re.search(r"SITE_URL.*(?:reverse|path|page)", path.read_text("utf-8"))
    }
    assert makers <= {"configurator/shops/embedding.py", "orders/factory/papers/drawing.py"}
    outer = get_script_prefix()
    set_script_prefix("/in/atelier.day/en/~abc/")
    try:
        address = public(reverse("wizard:product", args=["lamp"]))
    finally:
        set_script_prefix(outer)
    assert address == f"{settings.SITE_URL}/p/lamp/"
