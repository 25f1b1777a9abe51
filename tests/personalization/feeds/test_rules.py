"""Whatever a product or a design is called, its fields keep to the published rules."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from configurator.sharing.models import Entry
from personalization.feeds import formats
from personalization.feeds.items import Item, Market, key_of
from personalization.feeds.texts import plain
from tests.personalization.feeds.rules import google_problems, meta_problems
from tests.personalization.feeds.test_feeds import META, TSV, XML, google, text_of

NOW = datetime.now(UTC)
SLUGS = st.from_regex(r"[a-z0-9]([a-z0-9_-]{0,58}[a-z0-9])?", fullmatch=True)
WORDS = st.text(min_size=1, max_size=400).filter(lambda text: plain(text) != "")
HTML = st.sampled_from(
    [
        "<b>Oak</b> lamp",
        "<script>alert(1)</script> lamp",
        "Lamp <3 & <br/>more",
        "<<b>b>x</b> lamp",
        "a\x00b\u2028c\td\ne",
        "“Ø” ñ ł 漢字 🚲",
        'say "hi", <img src=x onerror=y> lamp',
    ]
)


def item(**other: Any) -> Item:
    facts: dict[str, Any] = {
        **{"id": "desk-lamp-start", "title": "Desk lamp", "description": "A lamp.", "mpn": "x-1"},
        **{"link": "https://shop.example/p/x/", "picture": "https://shop.example/x.jpg"},
        **{"price": Decimal("129.90"), "currency": "EUR", "product": "Desk lamp"},
        **{"ready_on": date.today() + timedelta(days=9), "slug": "desk-lamp"},
    }
    return Item(**{**facts, **other})


@given(title=WORDS | HTML, description=WORDS | HTML, product=WORDS | HTML)
def test_texts_of_any_kind_keep_to_the_rules(title: str, description: str, product: str) -> None:
    made = item(title=title, description=description, product=product)
    assert google_problems([formats.google(made)], NOW) == []
    assert meta_problems([formats.meta(made)]) == []


@given(title=WORDS | HTML, description=WORDS | HTML)
def test_files_hold_what_the_fields_say(title: str, description: str) -> None:
    made, market = item(title=title, description=description), Market("PL", "EUR", "en")
    root = ElementTree.fromstring("".join(formats.xml([made], market)))
    (found,) = root.findall("channel/item")
    shown = {each.tag.split("}")[1]: each.text or "" for each in found}
    assert shown == {name: value for name, value in formats.google(made).items() if value}
    lines = "".join(formats.tsv([made], market)).splitlines()
    assert len(lines) == 2
    assert len(lines[1].split("\t")) == len(formats.GOOGLE_FIELDS)
    rows = list(csv.DictReader(StringIO("".join(formats.meta_csv([made], market)), newline="")))
    assert rows == [formats.meta(made)]


@given(st.sets(st.tuples(SLUGS, SLUGS), max_size=30))
def test_no_two_have_one_id(pairs: set[tuple[str, str]]) -> None:
    keys: dict[str, set[tuple[str, str]]] = {}
    for slug, code in pairs:
        key = key_of(slug, code)
        assert len(key) <= 50
        keys.setdefault(key, set()).add((slug, code))
    assert all(len(named) == 1 for named in keys.values())


def test_long_names_that_begin_alike_are_told_apart() -> None:
    long = "a-very-long-name-of-a-product"
    assert key_of(f"{long}-one", "start") != key_of(f"{long}-two", "start")
    assert key_of("desk-lamp", "start") == "desk-lamp_start"
    assert key_of("desk", "lamp-start") != key_of("desk-lamp", "start")


@pytest.mark.django_db
def test_the_feeds_of_the_shop_keep_to_the_rules(client: Client, entry: Entry) -> None:
    Entry.objects.update(title="<b>Reading</b> light & more")
    assert google_problems(google(client, XML), NOW) == []
    rows = csv.DictReader(StringIO(text_of(client, TSV)), delimiter="\t")
    assert google_problems(list(rows), NOW) == []
    assert meta_problems(list(csv.DictReader(StringIO(text_of(client, META))))) == []


def test_the_validator_finds_what_is_wrong() -> None:
    """A rule that never speaks proves nothing."""
    good = formats.google(item())
    for field, wrong in (
        *(("id", "a b"), ("title", ""), ("title", "<b>x</b>"), ("description", "x" * 5_001)),
        *(("price", "129,90 EUR"), ("price", "0.00 EUR"), ("price", "129.9 EUR")),
        *(("link", "/p/x/"), ("image_link", "https://shop.example/ł.jpg")),
        *(("availability", "in stock"), ("availability_date", "2020-01-01T12:00:00Z")),
        *(("identifier_exists", "no"), ("condition", "fine"), ("brand", " x")),
    ):
        assert google_problems([{**good, field: wrong}], NOW) != [], (field, wrong)
    assert google_problems([good, good], NOW) == ["id 'desk-lamp-start' 2 times"]
    assert meta_problems([{**formats.meta(item()), "availability": "backorder"}]) != []
