"""Releases in memory: read once, the same for ever, rebuilt where the compiled file is gone."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from configurator.catalog import queries, spaces
from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Product, Release
from configurator.catalog.texts import say
from tests.catalog.kit import STOOL, chosen, spoiled

pytestmark = pytest.mark.django_db


def test_what_a_released_product_tells() -> None:
    import_product(file=STOOL)
    stool = queries.live_release("stool")
    assert (stool.slug, stool.number, stool.currency) == ("stool", 1, "EUR")
    assert (str(stool.base_price), str(stool.tax_rate), stool.base_days) == ("40.50", "23.00", 4)
    assert [step.code for step in stool.steps] == ["body", "extras"]
    assert list(stool.options) == [
        *("wood", "height", "legs", "footrest", "rest_metal", "engraved", "engraving", "logo")
    ]
    wood = stool.options["wood"]
    assert (wood.step, wood.kind, wood.control) == ("body", "choice", "swatches")
    assert wood.choices[1].attributes == {"weight_g": 2600, "grade": "hard"}
    height = stool.options["height"]
    assert (height.minimum, height.maximum, height.step_size) == (300, 800, 100)
    logo = stool.options["logo"]
    assert (logo.accept, logo.max_bytes) == (("png", "jpeg", "webp"), 8 * 1024 * 1024)
    rule = stool.rules["brass-is-for-oak"]
    assert rule.text == ""
    assert rule.options == {"wood", "rest_metal"}
    assert stool.rules["tall-stools-stand-on-four"].options == {"height", "legs"}
    assert stool.space.count() == 66
    assert stool.picture is None


def test_labels() -> None:
    import_product(file=STOOL)
    stool = queries.live_release("stool")
    assert stool.label("wood", "oak", "pl") == "Dąb"
    assert stool.label("wood", "oak", "es") == "Oak"
    assert stool.label("height", 1200, "pl") == "1200 mm"
    assert stool.label("height", Decimal("2.5"), "en") == "2.5 mm"
    assert stool.label("height", Decimal("2.5"), "pl") == "2,5 mm"
    assert stool.label("footrest", True, "en") == "Yes"
    assert stool.label("rest_metal", "none", "en") == "—"


def test_applies() -> None:
    import_product(file=STOOL)
    stool = queries.live_release("stool")
    assert stool.applies("wood", {})
    assert stool.applies("engraving", {"engraved": True})
    assert not stool.applies("engraving", {"engraved": False})
    assert not stool.applies("engraving", {})
    files = Configuration(chosen().choices, {}, {"logo": "ab"})
    assert stool.files_of(files) == {"logo": "ab"}
    hidden = Configuration(chosen(engraved=False).choices, {}, {"logo": "ab"})
    assert stool.files_of(hidden) == {}


def test_a_release_is_read_once(django_assert_num_queries: Any) -> None:
    import_product(file=STOOL)
    first = queries.live_release("stool")
    with django_assert_num_queries(0):
        assert queries.released(first.release_id) is first
    with django_assert_num_queries(1):
        assert queries.live_release("stool") is first
    with django_assert_num_queries(1):
        assert queries.storefront() == [first]


def test_an_old_release_stays_as_it_was(tmp_path: Path) -> None:
    import_product(file=STOOL)
    old = queries.live_release("stool").release_id
    import_product(file=spoiled(tmp_path, "base_price: 40.50", "base_price: 99"))
    Product.objects.get().steps.all().delete()
    queries.forget()
    assert queries.released(old).base_price == Decimal("40.50")
    assert queries.live_release("stool").base_price == 99


def test_the_storefront_is_in_the_order_of_positions(tmp_path: Path) -> None:
    import_product(file=STOOL)
    import_product(file=spoiled(tmp_path, "slug: stool", "slug: first").rename(tmp_path / "x.yaml"))
    Product.objects.filter(slug="first").update(position=1)
    assert [product.slug for product in queries.storefront()] == ["first", "stool"]


def test_no_live_release() -> None:
    import_product(file=STOOL, publish=False)
    for slug in ("stool", "nothing"):
        with pytest.raises(queries.NoLiveRelease):
            queries.live_release(slug)
    with pytest.raises(queries.NoLiveRelease):
        queries.released(uuid4())
    assert queries.storefront() == []


def test_a_missing_or_damaged_space_is_built_again(settings: Any, tmp_path: Path) -> None:
    settings.SPACES_DIR = tmp_path  # others compile in the usual one
    import_product(file=STOOL)
    path = spaces.space_path(Release.objects.get().space)
    whole = path.read_bytes()
    for damaged in (None, b"", whole[:-40], b"x" * 500):
        path.unlink()
        if damaged is not None:
            path.write_bytes(damaged)
        queries.forget()
        stool = queries.live_release("stool")
        assert stool.space.count() == 66
        assert path.exists()
        assert not list(path.parent.glob(".compiling-*"))


def test_configurations_survive_json() -> None:
    configuration = Configuration(
        {"a": "oak", "b": True, "c": 600, "d": Decimal("2.5"), "e": "600"},
        {"t": "Żółw"},
        {"f": "ab"},
    )
    again = Configuration.from_json(configuration.to_json())
    assert again == configuration
    assert {code: type(value) for code, value in again.choices.items()} == {
        code: type(value) for code, value in configuration.choices.items()
    }
    assert Configuration.from_json({}) == Configuration()
    with pytest.raises(ValueError, match="not the value"):
        Configuration.from_json({"choices": {"a": [1]}})


def test_say_falls_back() -> None:
    assert say({"en": "Oak", "pl": "Dąb"}, "pl") == "Dąb"
    assert say({"en": "Oak", "pl": "Dąb"}, "pl-pl") == "Dąb"
    assert say({"en": "Oak", "pl": ""}, "pl") == "Oak"
    assert say({"es": "Roble"}, "pl") == "Roble"
    assert say({}, "pl") == ""


def test_a_space_of_another_engine_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(spaces, "engine_mark", lambda: "older")
        import_product(file=STOOL)
        old = spaces.space_path(Release.objects.get().space)
        assert old.exists()
    queries.forget()
    path = spaces.space_path(Release.objects.get().space)
    path.unlink(missing_ok=True)
    old.write_bytes(b"what an older engine understood")
    assert queries.live_release("stool").space.count() == 66
    assert path.exists()
