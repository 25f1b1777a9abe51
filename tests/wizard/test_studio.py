"""The page of a product's pictures: the layers of a design, their order, places and fields."""

import io
import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from configurator.catalog import media
from configurator.catalog.models import Product, Revision, Rule
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.studio.forms import moved

PART = {"X-Part": "studio"}


@pytest.fixture
def row(lamp: ReleasedProduct) -> Product:
    return Product.objects.get(slug="lamp")


def url(row: Product, name: str = "pictures") -> str:
    return reverse(f"admin:catalog_product_{name}", args=[row.pk])


def page(client: Client, row: Product, **asked: str) -> str:
    answer = client.get(url(row), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, row: Product, page_name: str, /, **fields: Any) -> HttpResponse:
    return client.post(url(row, page_name), fields, headers=PART)  # type: ignore[return-value]


def spec(row: Product, code: str) -> Any:
    return row.layers.get(code=code).spec


def codes(row: Product) -> list[str]:
    return list(row.layers.values_list("code", flat=True))


def drawn(client: Client, row: Product, **asked: str) -> Image.Image:
    answer = client.get(url(row, "picture"), asked)
    assert answer.headers["Content-Type"] == "image/webp"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_it_shows_the_stack_of_the_design_front_first(admin_client: Client, row: Product) -> None:
    html = page(admin_client, row)
    places = [html.index(f'id="layer-{code}"') for code in ("words", "shade", "pole")]
    assert places == sorted(places)
    assert "not in this design: engraved" in html
    assert 'id="handle-words"' not in html


def test_another_design_is_shown_as_it_is_asked_for(admin_client: Client, row: Product) -> None:
    html = page(admin_client, row, **{"c.engraved": "yes", "t.words": "Ania"})
    assert "not in this design" not in html
    assert 'id="handle-words"' in html
    assert 'value="Ania"' in html
    plain, engraved = drawn(admin_client, row), drawn(admin_client, row, **{"c.engraved": "yes"})
    assert plain.tobytes() != engraved.tobytes()


def test_choices_that_exclude_each_other_are_told(admin_client: Client, row: Product) -> None:
    Rule.objects.create(product=row, code="no", text="not engraved", position=99)
    html = page(admin_client, row, **{"c.engraved": "yes"})
    assert "The rules do not allow this design." in html
    assert 'id="handle-words"' in html


def test_it_draws_also_where_rules_contradict_each_other(
    admin_client: Client, row: Product
) -> None:
    for code, text in (("one", "engraved"), ("two", "not engraved")):
        Rule.objects.create(product=row, code=code, text=text, position=99)
    html = page(admin_client, row)
    assert "without regard to the rules" in html
    assert drawn(admin_client, row).width == 960


def test_a_broken_layer_is_told_and_the_others_drawn(admin_client: Client, row: Product) -> None:
    row.layers.filter(code="shade").update(when="shde = glass")
    html = page(admin_client, row)
    assert "layer--broken" in html
    assert "“shde”" in html
    assert drawn(admin_client, row).width == 960


def test_layers_are_moved_one_by_one_and_all_at_once(admin_client: Client, row: Product) -> None:
    assert codes(row) == ["pole", "shade", "words"]
    send(admin_client, row, "layer_order", up="pole")
    assert codes(row) == ["shade", "pole", "words"]
    send(admin_client, row, "layer_order", down="words")
    assert codes(row) == ["shade", "words", "pole"]
    send(admin_client, row, "layer_order", down="shade")  # it is the last already
    send(admin_client, row, "layer_order", order=["words", "shade", "unknown", "pole"])
    assert codes(row) == ["pole", "shade", "words"]
    assert {each.note for each in Revision.objects.filter(model="layer")} == {"moved"}
    assert LogEntry.objects.filter(change_message="moved").exists()


def test_without_scripts_it_goes_back_to_the_design_shown(
    admin_client: Client, row: Product
) -> None:
    answer = admin_client.post(
        url(row, "layer_order"), {"up": "pole", "design": "c.engraved=yes&t.words=A"}
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == url(row) + "?c.engraved=yes&t.words=A"


def test_a_text_is_placed_by_dragging(admin_client: Client, row: Product) -> None:
    answer = send(admin_client, row, "layer", do="place", code="words", dx="-40", dy="12")
    assert answer.status_code == 200
    assert spec(row, "words")["text"]["at"] == [160, 292]
    assert "It is at 160, 292 now." in answer.content.decode()
    refused = send(admin_client, row, "layer", do="place", code="words", dx="left", dy="1")
    assert refused.status_code == 422
    assert spec(row, "words")["text"]["at"] == [160, 292]


@pytest.mark.parametrize(
    ("before", "by", "after"),
    [
        (10, 5, 15),
        ("10", -5, 5),
        ("height / 2", 7, "(height / 2) + 7"),
        ("(height / 2) + 7", -17, "(height / 2) - 10"),
        ("(height / 2) + 7", -7, "height / 2"),
        ("(a) + (b) + 7", 1, "((a) + (b) + 7) + 1"),
    ],
)
def test_what_is_placed_by_a_formula_gets_a_number_added(before: Any, by: int, after: Any) -> None:
    made = moved({"code": "x", "text": {"option": "words", "at": [before, 1]}}, [by, 0, 0, 0])
    assert made == {"text": {"option": "words", "at": [after, 1]}}


def test_a_text_is_made_larger_by_its_corner(admin_client: Client, row: Product) -> None:
    before = spec(row, "words")["text"]
    answer = send(admin_client, row, "layer", do="place", code="words", dw="20", dh="5")
    after = spec(row, "words")["text"]
    assert after["at"] == before["at"]
    assert after["size"] == before["size"] + 5
    assert f"was made {after['max_width']} × {after['size']} large." in answer.content.decode()
    send(admin_client, row, "layer", do="place", code="words", dw="-9000", dh="-9000")
    smallest = spec(row, "words")["text"]
    assert (smallest["max_width"], smallest["size"]) == (8, 8)


@pytest.mark.parametrize(
    ("before", "by", "after"),
    [
        ({}, [0, 0, 10, 0], {"max_width": 250}),
        ({"size": 30}, [0, 0, -20, 3], {"size": 33, "max_width": 160}),
        ({"size": "a"}, [0, 0, 5, 0], {"size": "a", "max_width": "(6 * (a)) + 5"}),
        ({"size": 9, "max_width": "w"}, [0, 0, -5, -5], {"size": 8, "max_width": "(w) - 5"}),
    ],
)
def test_what_a_text_does_not_say_begins_at_what_is_drawn(before: Any, by: Any, after: Any) -> None:
    text = {"option": "words", "at": [1, 1]}
    made = moved({"code": "x", "text": {**text, **before}}, by)
    assert made == {"text": {**text, **before, **after}}


def test_boxes_of_artwork_are_made_larger_and_never_nothing() -> None:
    made = moved({"code": "x", "artwork": {"option": "a", "box": [1, 2, 30, "h"]}}, [0, 0, -40, 4])
    assert made["artwork"]["box"] == [1, 2, 8, "(h) + 4"]


def test_the_fields_of_a_layer_are_written_and_the_rest_is_kept(
    admin_client: Client, row: Product
) -> None:
    fields = {"option": "words", "x": "190", "y": "height / 2", "size": "20", "when": "engraved"}
    words = {"font": "typeface", "color": "shade", "effect": "", "max_width": ""}
    assert (
        send(admin_client, row, "layer", do="save", code="words", **fields, **words).status_code
        == 200
    )
    assert spec(row, "words") == {
        "text": {
            "option": "words",
            "at": [190, "height / 2"],
            "size": 20,
            "font": "typeface",
            "color": "shade",
        }
    }
    assert row.layers.get(code="words").when == "engraved"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("x", "heigt / 2", "“heigt”"),
        ("when", "engraved and", ""),
        ("color", "redd", "“redd” is neither a color nor an option."),
        ("font", "Comic", "There is no font “Comic”."),
        ("x", "", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_kept(
    admin_client: Client, row: Product, field: str, value: str, told: str
) -> None:
    before = spec(row, "words")
    fields = {"option": "words", "x": "190", "y": "100", "font": "typeface", "color": "#222222"}
    answer = send(admin_client, row, "layer", do="save", code="words", **{**fields, field: value})
    assert answer.status_code == 422
    html = answer.content.decode()
    field_html = html.split(f'id="l-words-{field}"')[1].split("layer__field")[0]
    assert "layer__error" in field_html
    assert told in field_html
    assert spec(row, "words") == before


def test_layers_are_added_and_deleted(admin_client: Client, row: Product) -> None:
    answer = send(admin_client, row, "layer", do="add", what="text:words")
    assert 'id="l-words-2-x"' in answer.content.decode()
    assert codes(row) == ["pole", "shade", "words", "words-2"]
    assert spec(row, "words-2")["text"]["at"] == [200, 150]
    send(admin_client, row, "layer", do="remove", code="words-2")
    assert codes(row) == ["pole", "shade", "words"]
    assert send(admin_client, row, "layer", do="add", what="text:shade").status_code == 422
    gone = send(admin_client, row, "layer", do="save", code="words-2")
    assert gone.status_code == 409


def test_views_have_layers_of_their_own(admin_client: Client, row: Product) -> None:
    row.picture = {
        **row.picture,
        "views": [{"code": "front", "name": {"en": "Front"}}, {"code": "back", "name": "Back"}],
    }
    row.picture["views"][1]["name"] = {"en": "Back"}
    row.save()
    layer = row.layers.get(code="shade")
    layer.spec = {**layer.spec, "views": ["front"]}
    layer.save()
    assert "on another view" in page(admin_client, row, view="back")
    assert "on another view" not in page(admin_client, row, view="nowhere")
    front, back = drawn(admin_client, row), drawn(admin_client, row, view="back")
    assert front.tobytes() != back.tobytes()


def test_addresses_that_make_no_sense_are_passed_over(admin_client: Client, row: Product) -> None:
    asked = {"c.nothing": "1", "c.shade": "pink", "view": "x", "edit": "none", "t.words": "\0" * 9}
    assert page(admin_client, row, **asked)
    assert admin_client.get(url(row, "layer")).status_code == 405
    assert send(admin_client, row, "layer", do="dance").status_code == 404


def test_views_are_added_and_taken_away_with_what_layers_say_of_them(
    admin_client: Client, row: Product
) -> None:
    for name in ("Front", "Back side"):
        send(admin_client, row, "layer", **{"do": "add-view", "name": name})
    row.refresh_from_db()
    assert [view["code"] for view in row.picture["views"]] == ["front", "back_side"]
    fields = {"option": "words", "x": "200", "y": "280", "font": "typeface"}
    send(admin_client, row, "layer", do="save", code="words", **fields, views=["back_side"])
    assert spec(row, "words")["views"] == ["back_side"]
    refused = send(admin_client, row, "layer", **{"do": "add-view", "name": "  "})
    assert refused.status_code == 422
    send(admin_client, row, "layer", **{"do": "remove-view", "code": "back_side"})
    row.refresh_from_db()
    assert "views" not in spec(row, "words")
    assert len(row.picture["views"]) == 1


def test_who_saves_over_somebody_elses_change_is_asked_first(
    admin_client: Client, row: Product
) -> None:
    html = page(admin_client, row, edit="words")
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', html)
    send(admin_client, row, "layer", do="place", code="words", dx="5", dy="5")
    fields = {"option": "words", "x": "190", "y": "100", "font": "typeface", "seen": seen}
    answer = send(admin_client, row, "layer", do="save", code="words", **fields)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Somebody has changed this layer meanwhile." in html
    assert 'value="190"' in html
    (again,) = re.findall(r'name="seen" value="([^"]+)"', html)
    send(admin_client, row, "layer", do="save", code="words", **{**fields, "seen": again})
    assert spec(row, "words")["text"]["at"] == [190, 100]


def test_every_change_is_kept_with_what_was_before(admin_client: Client, row: Product) -> None:
    send(admin_client, row, "layer", do="place", code="words", dx="5", dy="5")
    kept = Revision.objects.filter(model="layer").first()
    assert kept is not None
    assert kept.before is not None
    assert kept.after is not None
    assert kept.before["spec"]["text"]["at"] == [200, 280]
    assert kept.after["spec"]["text"]["at"] == [205, 285]
    assert kept.by == "admin"
    send(admin_client, row, "layer", do="remove", code="words")
    assert Revision.objects.filter(model="layer", after__isnull=True).exists()


def test_a_file_of_another_size_is_told_at_its_layer(admin_client: Client, row: Product) -> None:
    for name, size in (("small.png", (40, 30)), ("right.png", (400, 300))):
        data = io.BytesIO()
        Image.new("RGB", size).save(data, "PNG")
        row.layer_files.create(path=name, sha=media.keep(data.getvalue(), name))
        spec = {"image": name}
        row.layers.create(code=name[:5], spec=spec, position=9)
    html = page(admin_client, row)
    small = html.split('id="layer-small"')[1].split("</li>")[0]
    assert "It has 40 × 30 pixels; the picture has 400 × 300." in small
    assert html.count("layer--missing") == 1


@pytest.mark.parametrize("picture", [[1], "x", {"layers": 7}, {"views": [{}]}, {"width": "wide"}])
def test_rows_that_make_no_sense_are_told(admin_client: Client, row: Product, picture: Any) -> None:
    row.layers.filter(code="pole").update(spec="nonsense")
    Product.objects.filter(pk=row.pk).update(picture=picture)
    html = page(admin_client, row)
    assert 'class="errornote"' in html or "layer--broken" in html
    sheet = admin_client.get(url(row, "sheet"), {"designs": ""})
    assert sheet.status_code == 200
    files = {"files": [io.BytesIO(b"")], "design": ""}
    assert admin_client.post(url(row, "picture_files"), files).status_code in (200, 302)
