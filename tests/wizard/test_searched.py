"""A product too large to compile: designed, finished, ordered and built all the same.

What the engine then can't know is said: no count, no prices beside values, no lowest price, no
budget. Tests marked `both` in other files show what does not differ.
"""

import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Release
from configurator.catalog.queries import live_release
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.answers import completed
from configurator.wizard.models import Design
from configurator.wizard.services import Edit
from orders.factory.services import release_work_orders
from orders.offers import offer
from tests.catalog.mosaic import write_mosaic
from tests.orders import kit
from tests.wizard.conftest import Shop
from tests.wizard.test_walks import walk

pytestmark = pytest.mark.django_db
searched = pytest.mark.parametrize("backend", ["sat"], indirect=True)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mosaics")


@pytest.fixture
def mosaic(db: None, tmp_path: Path, kept: Path, settings: LazySettings) -> ReleasedProduct:
    """A mosaic of 72 tiles, which explodes in any diagram."""
    settings.PUBLISH_NODES, settings.SPACES_DIR = 4_000, kept
    done = import_product(file=write_mosaic(tmp_path, 8, 9), by="test")
    assert done.designs is None
    assert "needs more than 4,000 diagram nodes" in done.reason
    assert "72 options with 288 values" in done.reason
    return live_release("mosaic")


def test_walks_through_an_exploding_product_have_no_dead_end(mosaic: ReleasedProduct) -> None:
    assert mosaic.space.backend == "sat"
    for seed in range(2):
        walk(mosaic, random.Random(seed))


def test_from_the_file_to_the_work_order(mosaic: ReleasedProduct) -> None:
    design = services.start_design(slug="mosaic", language="en")
    dice = random.Random(8)
    drawn = mosaic.space.random(4)
    for code in dice.sample(sorted(drawn), 12):
        edit = Edit(design.id, design.revision)
        design = services.choose(edit=edit, option=code, value=drawn[code]).design
    client = Client()
    review = client.get(f"/d/{design.id}/review/").content.decode()
    assert "60 choices are not made yet. A possible way to finish is marked" in review
    assert "cheapest" not in review
    design = services.finish(edit=Edit(design.id, design.revision)).design
    state = Configuration.from_json(design.state)
    assert len(state.choices) == 72
    assert mosaic.space.is_valid(state.choices)
    offered = offer(design)
    assert offered.complete
    extra = {"sand": 0, "clay": 150, "slate": 225, "moss": 300}
    net = 9000 + sum(extra[str(value)] for value in state.choices.values())
    assert offered.unit_net == Decimal(net) / 100
    order = kit.order(design)
    (work_order,) = release_work_orders(order_id=order.pk)
    assert work_order.line.order == order


def test_every_process_completes_a_design_alike(mosaic: ReleasedProduct) -> None:
    """The price and the picture of what is open must not depend on what was asked before."""
    state = Configuration({"t3_3": "moss", "t7_1": "slate"})
    first = completed(mosaic, state).choices
    mosaic.space.random(99)
    again = live_again("mosaic")
    assert completed(again, state).choices == first


def live_again(slug: str) -> ReleasedProduct:
    """The release as another process loads it."""
    from configurator.catalog import queries
    from configurator.wizard import answers

    queries.forget()
    answers._kept.clear()
    return live_release(slug)


@searched
def test_what_is_not_known_is_said_and_not_made_up(shop: Shop) -> None:
    html = shop.get(step="body").content.decode()
    assert "too many designs of this product to compare them all" in html
    assert "not counted" in html
    assert "priced once chosen" in html
    assert not re.search(r">\s*(\+|−)?€0\b", html)
    assert "included" not in html
    assert 'name="budget"' not in html
    assert "A budget can’t be checked for this product." in html
    assert "lowest price'" not in html
    bar = html[html.index('id="price"') :]
    assert "as shown" in bar[:400]
    assert "€123" in bar[:400]  # 100 + 23 %: linen, clamp, plain, nothing else


@searched
@pytest.mark.parametrize(("language", "words"), [("es", "sin contar"), ("pl", "nie policzono")])
def test_it_is_said_in_the_visitors_language(shop: Shop, language: str, words: str) -> None:
    shop.client.cookies["django_language"] = language
    html = shop.get(step="body").content.decode()
    assert words in html
    for english in ("priced once chosen", "not counted", "as shown", "compare them all"):
        assert english not in html


@searched
def test_a_whole_design_has_its_price_and_exact_differences(shop: Shop) -> None:
    shop.post("finish")
    html = shop.choose("shade", "brass", step="body").content.decode()
    assert "€172.20" in html  # (100 + 40) + 23 %
    black = html[html.index('id="v-shade-black"') :].split("</button>")[0]
    assert "−€39.36" in black  # 32 + 23 %
    assert "as shown" not in html[html.index('id="price"') :][:300]
    textile = html[html.index('id="v-cable-textile"') :].split("</button>")[0]
    assert "fit" in textile


@searched
def test_the_conflict_tells_reason_and_ways_without_made_up_prices(shop: Shop) -> None:
    shop.choose("cable", "textile")
    html = shop.choose("shade", "brass").content.decode()
    assert "Brass lamps come with a plain cable." in html
    assert "priced once chosen" in html
    page = shop.get("ask/", about="shade:brass").content.decode()
    assert "<html" in page
    shop.post("choose", repair="1", option="shade", value="brass", change="cable:plain")
    assert shop.choices == {"shade": "brass", "cable": "plain"}


@searched
def test_a_budget_that_is_posted_all_the_same_is_refused(shop: Shop) -> None:
    response = shop.post("limit", budget="150", day="")
    assert response.status_code == 422
    assert "A budget can’t be checked for this product." in response.content.decode()
    assert shop.now().limits == {}


@searched
@time_machine.travel("2026-11-23 10:00Z", tick=False)
def test_the_date_is_exact(shop: Shop) -> None:
    html = shop.post("limit", budget="", day="2026-11-27", step="body").content.decode()
    brass = html[html.index('id="v-shade-brass"') :].split("</button>")[0]
    assert "too late for your date" in brass
    assert "+5 days" in brass
    assert shop.now().limits == {"day": date(2026, 11, 27).isoformat()}


@searched
def test_the_shop_shows_the_price_of_what_it_shows(client: Client, lamp: ReleasedProduct) -> None:
    for path in ("/", "/p/lamp/"):
        html = client.get(path).content.decode()
        assert re.search(r"as shown|As shown", html)
        assert ">from<" not in html
        assert "€0" not in html
    assert "not counted" in html


@searched
def test_a_search_that_takes_too_long_leads_nobody_astray(
    shop: Shop, lamp: ReleasedProduct, monkeypatch: pytest.MonkeyPatch
) -> None:
    from configurator.engine import BudgetError

    shop.get(step="body")

    def endless(*_arguments: object) -> None:
        raise BudgetError("The search for an answer takes too long.")

    monkeypatch.setattr("configurator.wizard.services.completed", endless)
    response = shop.choose("shade", "black")
    assert response.status_code == 422
    assert "cannot be worked out in time" in response.content.decode()
    assert shop.choices == {}


def test_releases_know_whether_they_are_searched(mosaic: ReleasedProduct) -> None:
    release = Release.objects.get()
    assert (release.designs, release.searched) == ("", True)
    assert Design.objects.count() == 0
