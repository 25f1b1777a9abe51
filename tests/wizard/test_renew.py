"""A design whose product has a newer release: its customer is asked, and decides."""

from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Release
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.spaces import CompileError
from configurator.wizard import renewing
from configurator.wizard.models import Design
from orders.models import Order
from orders.open_designs import open_designs
from orders.specifications import freeze
from tests.orders import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp() -> None:
    kit.import_lamp()


def published(folder: Path, *changes: tuple[str, str]) -> Release:
    """The lamp with changes of its file, live."""
    text = kit.LAMP.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file = folder / "lamp.yaml"
    file.write_text(text, encoding="utf-8")
    import_product(file=file)
    return Release.objects.get(live=True)


def page(design: Design) -> str:
    return Client().get(f"/d/{design.pk}/").content.decode()


def renewed(design: Design, **data: str) -> str:
    answer = Client().post(f"/d/{design.pk}/renew/", data, follow=True)
    assert answer.status_code == 200
    design.refresh_from_db()
    return answer.content.decode()


def mark_of(design: Design) -> str:
    asked = renewing.renewal(design)
    assert asked is not None
    return asked.mark


SHORTER = ("maximum: 600", "maximum: 400")
NO_GLASS = (
    (", lead_days: 3}", "}"),
    (
        "          - {code: glass, name: {en: Glass, es: Vidrio, pl: Szkło}, swatch: "
        '"#cfe3e8", price: 12.55}\n',
        "",
    ),
    ("height > 500 requires shade = glass", "height <= 550"),
)
DEARER = ("base_price: 80.00", "base_price: 90.00")


def test_what_changes_nothing_is_not_asked(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    published(tmp_path, ("en: Desk lamp", "en: The lamp"))
    assert 'id="renewal"' not in page(design)


def test_a_number_moves_to_the_nearest(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    old, kept = design.release_id, design.state
    live = published(tmp_path, SHORTER)
    html = page(design)
    assert "This product has changed since you began" in html
    assert "<del>450 mm</del> → <strong>400 mm</strong>" in html
    design.refresh_from_db()
    assert (design.release_id, design.state) == (old, kept)  # until they agree
    renewed(design, mark=mark_of(design))
    assert design.release_id == live.pk
    assert design.state == {**kept, "choices": {**kept["choices"], "height": 400}}
    assert 'id="renewal"' not in page(design)
    assert design.events.latest("revision").kind == "move"
    assert (design.undo_to, design.redo_to) == (None, None)


def test_a_release_that_cannot_be_opened_asks_nothing(
    lamp: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = kit.whole_design()
    live = published(tmp_path, SHORTER)

    def broken(release_id: UUID) -> ReleasedProduct:
        if release_id == live.pk:
            raise CompileError("budget", "too large")
        return released(release_id)

    monkeypatch.setattr(renewing, "released", broken)
    assert 'id="renewal"' not in page(design)


def test_the_review_says_so_too(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    review = f"/d/{design.pk}/review/"
    assert "has changed since you began" not in Client().get(review).content.decode()
    published(tmp_path, SHORTER)
    html = Client().get(review).content.decode()
    assert "If you order now we build it as you see it here" in html
    assert f"/d/{design.pk}/#renewal" in html
    renewed(design, mark=mark_of(design), keep="1")
    assert "has changed since you began" not in Client().get(review).content.decode()


def test_a_choice_that_is_gone_is_named_with_the_price(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    published(tmp_path, *NO_GLASS)
    html = page(design)
    assert "<del>Glass</del> → <strong>Linen</strong>" in html
    assert "€139.47" in html  # (80 + 12.55 + 9.99 + 5 + 5.85) with 23 % tax
    assert "€124.03" in html
    before = design.state["choices"]
    renewed(design, mark=mark_of(design))
    assert design.state["choices"] == {**before, "shade": "linen"}


def test_a_rule_that_excludes_is_quoted(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    rule = "rule: height > 500 requires shade = glass"
    published(tmp_path, (rule, "rule: dimmer requires height >= 500"))
    html = page(design)
    assert "<strong>" in html
    assert "Tall lamps need the stiffness of glass." in html  # the rule's message
    renewed(design, mark=mark_of(design))
    assert design.state["choices"]["height"] in (450, 500)
    assert design.state["choices"]["dimmer"] == (design.state["choices"]["height"] == 500)


def test_another_price_alone_is_told(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    published(tmp_path, DEARER)
    html = page(design)
    assert "The price has changed since you began" in html
    assert "€151.77" in html


def test_a_customer_may_keep_the_design(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    before = (design.release_id, design.state, design.revision)
    published(tmp_path, SHORTER)
    html = renewed(design, mark=mark_of(design), keep="1")
    assert (design.release_id, design.state, design.revision) == before
    assert "You kept your design as it was." in html
    assert "renew-keep" not in html
    renewed(design, mark=mark_of(design))  # and may still take it
    assert design.state["choices"]["height"] == 400


def test_what_was_not_shown_is_not_taken(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    published(tmp_path, SHORTER)
    shown = mark_of(design)
    published(tmp_path, ("maximum: 600", "maximum: 350"))
    state = design.state
    for mark in (shown, "", "x" * 500):
        assert "Please look again." in renewed(design, mark=mark)
        assert design.state == state


def test_other_pages_of_the_design_are_told(lamp: None, tmp_path: Path) -> None:
    """A tab that still shows an option which is no longer there."""
    design = kit.whole_design()
    revision = design.revision
    text = kit.LAMP.read_text(encoding="utf-8")
    start = text.index("      - code: dimmer")
    dimmer = text[start : text.index("  - code: words")]
    published(tmp_path, (dimmer, ""))
    renewed(design, mark=mark_of(design))
    assert "dimmer" not in design.state["choices"]
    data = {"set": "dimmer:no", "revision": revision, "tab": ""}
    answer = Client().post(f"/d/{design.pk}/choose/", data)
    assert answer.status_code == 422
    assert "no such option" in answer.content.decode()


def test_a_text_that_is_too_long_now_is_let_go(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    published(tmp_path, ("max_length: 20", "max_length: 5"))
    assert f"“{kit.TEXT}” would be let go" in page(design)
    renewed(design, mark=mark_of(design))
    assert design.state["texts"] == {}


def test_what_is_ordered_is_never_touched(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    assert list(open_designs(design.release.product_id)) == [design]
    order = kit.order(design)
    assert not open_designs(design.release.product_id).exists()
    specification = order.lines.get().specification
    before = (specification.sha, specification.content, specification.release_id)
    published(tmp_path, SHORTER, DEARER)
    renewed(design, mark=mark_of(design))
    specification.refresh_from_db()
    assert (specification.sha, specification.content, specification.release_id) == before
    line = Order.objects.get(pk=order.pk).lines.get()
    assert (line.specification_id, line.unit_net) == (before[0], Decimal("113.39"))
    assert freeze(design).sha != before[0]


def test_a_change_of_an_order_stays_on_its_release(lamp: None, tmp_path: Path) -> None:
    design = kit.whole_design()
    published(tmp_path, SHORTER)
    assert renewing.renewal(design) is not None
    design.place = {"day": "2030-01-01"}
    assert renewing.renewal(design) is None
