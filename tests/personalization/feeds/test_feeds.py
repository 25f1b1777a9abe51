"""Feeds keep to what Google and Meta publish about their fields."""

import csv
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image

from configurator.catalog.models import Product
from configurator.sharing import services as sharing
from configurator.sharing.models import Entry
from orders.selling.models import TaxRate
from personalization.feeds.texts import cut
from tests.orders import kit

pytestmark = pytest.mark.django_db
G = "{http://base.google.com/ns/1.0}"
XML, TSV, META = "google/pl-eur-en.xml", "google/pl-eur-en.tsv", "meta/pl-eur-en.csv"
GOOGLE_LIMITS = {
    **{"id": 50, "title": 150, "description": 5000, "link": 2000, "image_link": 2000},
    **{"brand": 70, "mpn": 70, "product_type": 750, "custom_label_0": 100},
}
META_LIMITS = {"id": 100, "title": 200, "description": 9999, "brand": 100}
PRICE = re.compile(r"\d+\.\d\d [A-Z]{3}\Z")


def text_of(client: Client, path: str) -> str:
    answer: Any = client.get(f"/feeds/{path}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    answer.close()
    return text


def google(client: Client, path: str = XML) -> list[dict[str, str]]:
    root = ElementTree.fromstring(text_of(client, path))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    found = root.findall("channel/item")
    return [{each.tag.removeprefix(G): each.text or "" for each in item} for item in found]


def price_of(client: Client, path: str) -> Decimal:
    """Of the design in the gallery."""
    return Decimal(google(client, path)[1]["price"].split()[0])


def test_google_gets_what_it_asks_for(client: Client, entry: Entry) -> None:
    items = google(client)
    assert len(items) == 2
    assert len({item["id"] for item in items}) == 2
    for item in items:
        assert {"id", "title", "description", "link", "image_link", "price"} <= item.keys()
        assert all(len(item.get(name, "")) <= most for name, most in GOOGLE_LIMITS.items())
        assert item["availability"] in ("in_stock", "out_of_stock", "preorder", "backorder")
        assert item["condition"] in ("new", "refurbished", "used")
        assert item["identifier_exists"] == ("yes" if "mpn" in item else "no")
        assert item["link"].startswith("http")
        assert item["image_link"].startswith("http")
        assert PRICE.match(item["price"])
        day = datetime.fromisoformat(item["availability_date"])
        assert datetime.now(UTC) < day < datetime.now(UTC) + timedelta(days=365)
    assert items[1]["title"] == "Reading light & more – Desk lamp"


@pytest.fixture
def taxes(db: Any) -> None:
    for country, rate in (("PL", 23), ("DE", 19)):
        TaxRate.objects.create(country=country, rate=Decimal(rate))


def test_the_page_of_an_ad_tells_the_price_of_the_ad_in_its_language(
    entry: Entry, taxes: None
) -> None:
    for path in ("google/de-eur-es.xml", "google/pl-eur-en.xml"):
        for item in google(Client(), path):
            page = Client().get(item["link"].replace(settings.SITE_URL, ""))
            language = path[-6:-4]
            assert page.headers["Content-Language"] == language
            told = item["price"].split()[0]
            told = told.replace(".", ",") if language == "es" else told
            assert told in page.content.decode(), item


def test_who_came_by_an_ad_goes_on_so_unless_they_chose_otherwise(
    entry: Entry, taxes: None
) -> None:
    visitor = Client()
    visitor.get("/p/desk-lamp/?country=DE&language=es")
    assert visitor.cookies["country"].value == "DE"
    assert visitor.get("/p/desk-lamp/").headers["Content-Language"] == "es"
    visitor.get("/p/desk-lamp/?country=PL&language=pl")
    assert visitor.cookies["country"].value == "DE"
    nowhere = Client()
    nowhere.get("/p/desk-lamp/?country=XX&language=tlh")
    assert not {"country", settings.LANGUAGE_COOKIE_NAME} & set(nowhere.cookies)


def test_the_other_formats_say_the_same(client: Client, entry: Entry) -> None:
    expected = [(item["id"], item["price"], item["link"]) for item in google(client)]
    rows = list(csv.DictReader(StringIO(text_of(client, TSV)), delimiter="\t"))
    assert [(row["id"], row["price"], row["link"]) for row in rows] == expected
    rows = list(csv.DictReader(StringIO(text_of(client, META))))
    assert [(row["id"], row["price"], row["link"]) for row in rows] == expected
    for row in rows:
        assert row["availability"] in (
            *("in stock", "out of stock", "preorder", "available for order", "discontinued"),
        )
        assert all(len(row[name]) <= most for name, most in META_LIMITS.items())
        assert all(row.values()) or not row["mpn"]


def test_a_price_is_what_an_order_there_costs(client: Client, entry: Entry) -> None:
    design = kit.whole_design()
    assert google(client)[1]["price"] == f"{kit.seen_now(design).total} EUR"
    TaxRate.objects.create(country="PL", rate=Decimal(23))
    TaxRate.objects.create(country="ES", rate=Decimal(21))
    there, here = (
        Decimal(google(client, f"google/{c}-eur-en.xml")[1]["price"][:-4]) for c in ["es", "pl"]
    )
    assert there == (here / Decimal("1.23") * Decimal("1.21")).quantize(Decimal("0.01"))


def test_it_speaks_the_language_of_its_address(client: Client, entry: Entry) -> None:
    assert google(client, "google/pl-eur-es.xml")[0]["title"] == "Flexo"
    assert google(client, "google/pl-eur-pl.xml")[0]["product_type"] == "Lampka biurkowa"


@pytest.mark.parametrize(
    "path",
    [
        *("google/pl-eur-en.csv", "google/pl-usd-en.xml", "google/pl-eur-xx.xml"),
        *("google/zz-eur-en.xml", "meta/pl-eur.csv", "other/pl-eur-en.xml"),
    ],
)
def test_what_nobody_sells_has_no_feed(client: Client, entry: Entry, path: str) -> None:
    assert client.get(f"/feeds/{path}").status_code == 404


def test_unchanged_it_is_not_sent_again(client: Client, entry: Entry) -> None:
    first = client.get(f"/feeds/{XML}")
    first.close()
    tag = first["ETag"]
    again = client.get(f"/feeds/{XML}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    Entry.objects.update(state=Entry.State.WITHDRAWN)
    other = client.get(f"/feeds/{XML}", headers={"If-None-Match": tag})
    other.close()
    assert other.status_code == 200


def test_a_design_that_is_taken_back_is_gone_at_once(client: Client, entry: Entry) -> None:
    picture = f"/feeds/design/{entry.share.token}.jpg"
    assert client.get(picture).status_code == 200
    sharing.end(design=entry.share.design, token=entry.share.token)
    assert len(google(client)) == 1
    assert client.get(picture).status_code == 404


def test_pictures_are_square(client: Client, entry: Entry) -> None:
    number = Product.objects.get().releases.get().number
    for path in (f"picture/desk-lamp/{number}/start.jpg", f"design/{entry.share.token}.jpg"):
        answer = client.get(f"/feeds/{path}")
        with Image.open(BytesIO(answer.content)) as image:
            assert (image.format, image.size) == ("JPEG", (1080, 1080))
    assert client.get(f"/feeds/picture/desk-lamp/{number}/none.jpg").status_code == 404


def test_texts_are_cut_between_words_and_hold_no_control_characters() -> None:
    assert cut("one two three", 9) == "one two…"
    assert cut("a\x00b\tc\nd", 20) == "a b c d"
    assert len(cut("x" * 300, 150)) == 150


def test_the_marketer_finds_the_address_of_each_market(client: Client, entry: Entry) -> None:
    client.force_login(User.objects.create_superuser("marketer"))
    asked = {"country": "pl", "currency": "eur", "language": "es"}
    page = client.get("/marketing/ads/", asked).content.decode()
    assert "/feeds/google/pl-eur-es.xml" in page
    assert "/feeds/google/pl-eur-en.xml" in client.get("/marketing/ads/").content.decode()
    assert client.get("/marketing/ads/", {"country": "<zz>"}).status_code == 200
