"""The gallery: opted in, looked over first, liked once by everybody, found, withdrawn."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError
from django.test import Client, RequestFactory

from configurator.catalog import gate
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Product
from configurator.engine import Value
from configurator.sharing import finding, gallery, services, voters
from configurator.sharing.finding import NEW, Wanted
from configurator.sharing.models import Entry, Like, Report
from configurator.wizard.errors import BadInput
from configurator.wizard.models import Design
from orders.selling.models import ShippingOption, TaxRate
from project.roles import make_groups
from tests.orders import kit
from tests.sharing.conftest import Publish

pytestmark = pytest.mark.django_db

State = Entry.State


@pytest.fixture
def entry(design: Design) -> Entry:
    """In the gallery."""
    found = gallery.submit(design=design, title="Reading light", author="Ana")
    gallery.approve(entry=found, by="mo")
    return found


@pytest.fixture
def moderator(db: None) -> Client:
    make_groups()
    user = User.objects.create_user("mo", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, **query: str) -> list[str]:
    page = client.get("/gallery/", query)
    return re.findall(r'entry__title">([^<]+)<', page.content.decode())


def put_in(title: str, likes: int = 0, **choices: Value) -> Entry:
    found = gallery.submit(
        design=kit.started({**kit.CHOICES, "engraved": False, **choices}), title=title, author="B"
    )
    gallery.approve(entry=found, by="mo")
    for number in range(likes):
        gallery.like(entry=found, voter=f"v{number}")
    found.refresh_from_db()
    return found


def decide(client: Client, entry: Entry, button: str, **form: str) -> Any:
    inline = {"reported-TOTAL_FORMS": "0", "reported-INITIAL_FORMS": "0"}
    form = {"reason": "", "seen": entry.state, button: "1", **inline, **form}
    return client.post(f"/admin/sharing/entry/{entry.pk}/change/", form, follow=True)


def test_nothing_is_seen_before_it_was_looked_at(
    client: Client, moderator: Client, design: Design
) -> None:
    form = {"title": "Reading light", "author": "Ana"}
    page = client.post(f"/d/{design.pk}/share/gallery/", form, follow=True)
    assert "Waiting" in page.content.decode()
    entry = Entry.objects.get()
    assert shown(client) == []
    queue = moderator.get("/admin/sharing/entry/").content.decode()
    assert "Reading light" in queue
    assert "Everybody sees" in decide(moderator, entry, "_approve").content.decode()
    assert shown(client) == ["Reading light"]
    page = client.get(f"/s/{entry.share.token}/")
    assert "X-Robots-Tag" not in page.headers
    assert 'content="noindex"' not in page.content.decode()


def test_a_refusal_has_a_reason_that_the_owner_reads(
    client: Client, moderator: Client, design: Design
) -> None:
    entry = gallery.submit(design=design, title="Loud", author="Ana")
    page = decide(moderator, entry, "_decline").content.decode()
    assert "Say why" in page
    decide(moderator, entry, "_decline", reason="Names somebody else")
    entry.refresh_from_db()
    assert (entry.state, entry.decided_by) == (State.DECLINED, "mo")
    assert shown(client) == []
    assert "Names somebody else" in client.get(f"/d/{design.pk}/share/").content.decode()


def test_a_decision_about_what_was_withdrawn_meanwhile_is_refused(
    moderator: Client, design: Design
) -> None:
    entry = gallery.submit(design=design, title="Mine", author="Ana")
    gallery.withdraw(design=design)
    page = decide(moderator, entry, "_approve").content.decode()
    assert "decided meanwhile" in page
    entry.refresh_from_db()
    assert entry.state == State.WITHDRAWN
    with pytest.raises(gallery.Decided):
        gallery.approve(entry=entry, by="mo")
    ticked = {"action": "approve", "_selected_action": [str(entry.pk)]}
    moderator.post("/admin/sharing/entry/", ticked)
    entry.refresh_from_db()
    assert entry.state == State.WITHDRAWN


@pytest.mark.parametrize(
    "form", [{"title": "", "author": "Ana"}, {"title": "A <b>", "author": "x"}]
)
def test_a_name_is_needed_and_checked(client: Client, design: Design, form: dict[str, str]) -> None:
    page = client.post(f"/d/{design.pk}/share/gallery/", form)
    assert page.status_code == 422
    assert 'id="g-title-error"' in page.content.decode()
    assert not Entry.objects.exists()


def test_withdrawn_at_any_time(client: Client, design: Design, entry: Entry) -> None:
    assert shown(client) == ["Reading light"]
    assert client.post(f"/d/{kit.started().pk}/share/gallery/withdraw/").status_code == 404
    assert client.post(f"/d/{design.pk}/share/gallery/withdraw/").status_code == 302
    assert shown(client) == []
    assert client.post(f"/s/{entry.share.token}/like/").status_code == 404
    again = gallery.submit(design=design, title="Again", author="Ana")
    assert again.state == State.WAITING


def test_a_link_that_is_taken_back_leaves_the_gallery(
    client: Client, design: Design, entry: Entry
) -> None:
    services.end(design=design, token=entry.share.token)
    assert shown(client) == []


def test_a_browser_likes_once_and_takes_it_back(client: Client, entry: Entry) -> None:
    address = f"/s/{entry.share.token}/like/"

    def likes() -> int:
        return Entry.objects.values_list("likes", flat=True).get()

    for _time in range(2):
        client.post(address)
    assert likes() == 1
    Client().post(address)
    assert likes() == 2
    button = client.post(address, {"back": "1"}, headers={"hx-request": "true"}).content.decode()
    assert 'aria-pressed="false"' in button
    client.post(address, {"back": "1"})
    assert likes() == 1 == Like.objects.count()
    back = client.post(address, {"next": "//evil.example/"})
    assert back.headers["Location"] == f"/s/{entry.share.token}/"
    back = client.post(address, {"next": "/gallery/?order=new#e-1"})
    assert back.headers["Location"] == "/gallery/?order=new#e-1"


def test_what_a_guest_liked_counts_once_with_their_account(client: Client, entry: Entry) -> None:
    address = f"/s/{entry.share.token}/like/"
    user = User.objects.create_user("ana")
    gallery.like(entry=entry, voter=f"u{user.pk}")
    client.post(address)
    Client().post(address)
    Report.objects.create(entry=entry, voter=client.session["voter"])
    Entry.objects.update(reports=1)
    assert Entry.objects.values_list("likes", flat=True).get() == 3
    request = RequestFactory().get("/")
    request.session, request.user = client.session, user
    voters.adopt(request)
    voters.adopt(request)
    assert Entry.objects.values_list("likes", "reports").get() == (2, 1)
    assert Like.objects.count() == 2
    assert Report.objects.get().voter == f"u{user.pk}"


def test_clicks_at_once_count_once(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    assert gallery.like(entry=entry, voter="a")

    def late(**_facts: Any) -> Like:
        raise IntegrityError

    monkeypatch.setattr(Like.objects, "create", late)
    assert not gallery.like(entry=entry, voter="a")
    entry.refresh_from_db()
    assert entry.likes == 1


def test_reports_reach_the_moderators_once(client: Client, moderator: Client, entry: Entry) -> None:
    address = f"/s/{entry.share.token}/report/"
    assert client.post(address, {"reason": "x" * 301}).status_code == 422
    for reason in ("Not nice", "Not nice at all"):
        client.post(address, {"reason": reason})
    entry.refresh_from_db()
    assert entry.reports == 1
    assert Report.objects.get().reason == "Not nice"
    assert "Not nice" in moderator.get(f"/admin/sharing/entry/{entry.pk}/change/").content.decode()


def test_found_by_product_choice_price_and_order(client: Client, lamp: None) -> None:
    put_in("dear", likes=1, shade="glass")
    put_in("plain", likes=2, shade="linen", dimmer=False)
    put_in("latest", shade="linen")
    assert shown(client) == ["plain", "dear", "latest"]
    assert shown(client, order="new") == ["latest", "plain", "dear"]
    assert shown(client, product="desk-lamp") == ["plain", "dear", "latest"]
    assert shown(client, product="desk-lamp", **{"o.shade": "linen"}) == ["plain", "latest"]
    assert shown(client, product="desk-lamp", **{"o.shade": "nothing"}) != []
    price = Entry.objects.get(title="plain").price
    assert price is not None
    assert shown(client, budget=f"{price / 100:.2f}") == ["plain"]
    wrong = client.get("/gallery/", {"budget": "much"})
    assert wrong.status_code == 422
    assert 'id="f-budget-error"' in wrong.content.decode()
    assert shown(client, product="\x00", after="x" * 999, order="?") == ["plain", "dear", "latest"]


def test_a_budget_counts_with_each_products_own_tax(
    client: Client, lamp: None, tmp_path: Path
) -> None:
    """Bought without tax, 100 is 123 at home of one product and 107 of the other."""
    text = kit.LAMP.read_text(encoding="utf-8")
    other = text.replace("slug: desk-lamp", "slug: floor-lamp").replace(
        "tax_rate: 23", "tax_rate: 7"
    )
    assert other.count("floor-lamp") == 1
    assert "tax_rate: 7" in other
    file = tmp_path / "lamp.yaml"
    file.write_text(other, encoding="utf-8")
    import_product(file=file)
    ids = dict(Product.objects.values_list("slug", "pk"))
    for slug, title, price in (
        ("desk-lamp", "within", 12_300),
        ("desk-lamp", "beyond", 12_301),
        ("floor-lamp", "just within", 10_700),
        ("floor-lamp", "just beyond", 10_701),
    ):
        made = put_in(title)
        Entry.objects.filter(pk=made.pk).update(product_id=ids[slug], price=price)
    TaxRate.objects.create(country="PL", rate=23)
    ShippingOption.objects.create(name_en="Air", net=0, days=3, countries="US PL")
    client.cookies["country"] = "US"
    assert set(shown(client, budget="100")) == {"within", "just within"}


def test_pages_follow_each_other_without_gaps(lamp: None) -> None:
    for number in range(7):
        put_in(f"e{number}", likes=number % 3)
    for order in ("liked", NEW):
        after, seen = None, []
        for _page in range(9):
            rows, more = finding.page_of(Wanted(order=order, after=after), 2)
            seen += [row.title for row in rows]
            if not more:
                break
            after = finding.read_cursor(finding.cursor_of(rows[-1]))
        every = finding.page_of(Wanted(order=order), 99)[0]
        assert seen == [row.title for row in every]
        assert len(seen) == 7


def test_a_page_takes_the_same_few_queries_however_many_there_are(
    client: Client, lamp: None, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(5):
        put_in(f"e{number}")
    client.get("/gallery/")
    with django_assert_max_num_queries(6):
        client.get("/gallery/", {"product": "desk-lamp"})


def test_the_gate_hears_of_links_and_of_the_gallery(
    design: Design, entry: Entry, publish: Publish
) -> None:
    other = services.share(design=kit.whole_design())
    kinds = {kind.code: kind for kind in gate.kinds()}
    product = entry.product_id
    assert (kinds["links"].count(product), kinds["gallery"].count(product)) == (1, 1)
    assert [each.key for each in kinds["gallery"].open_of(product)] == [entry.share.token]
    assert [each.key for each in kinds["links"].open_of(product)] == [other.token]
    publish(("maximum: 600", "maximum: 400"))
    asked = Client().get(f"/d/{design.pk}/share/").content.decode()
    assert "What you put in stays as it was" in asked
    design.refresh_from_db()
    assert design.state["choices"]["height"] == 450
    services.end(design=design, token=entry.share.token)
    assert kinds["gallery"].count(product) == 0


def test_a_reason_is_checked_as_names_are(design: Design) -> None:
    entry = gallery.submit(design=design, title="T", author="A")
    for reason in ("", "  ", "a\x00b", "<b>"):
        with pytest.raises(BadInput):
            gallery.decline(entry=entry, by="mo", reason=reason)
