"""Bringing in picture files: what is refused, where each goes by its name, and what comes of it."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from configurator.catalog.drafts import read_content
from configurator.catalog.models import Choice, Layer, Product
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.studio import files
from configurator.wizard.studio.matching import Matcher
from configurator.wizard.studio.naming import words


@pytest.fixture
def row(lamp: ReleasedProduct) -> Product:
    return Product.objects.get(slug="lamp")


def png(size: tuple[int, int] = (400, 300), color: str = "#c0404080") -> bytes:
    data = io.BytesIO()
    Image.new("RGBA", size, color).save(data, "PNG")
    return data.getvalue()


def upload(name: str, data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png() if data is None else data)


def send(client: Client, row: Product, *uploads: Any, **fields: Any) -> HttpResponse:
    address = reverse("admin:catalog_product_picture_files", args=[row.pk])
    return client.post(address, {"files": list(uploads), **fields})  # type: ignore[return-value]


def keep(client: Client, row: Product, targets: list[str], *uploads: Any, **more: Any) -> Any:
    """Both steps: look over, then keep where the targets say."""
    batch = files.receive(uploads, read_content(row), cards=more.get("kind") == "cards")
    address = reverse("admin:catalog_product_picture_files", args=[row.pk])
    return client.post(address, {"ticket": batch.ticket, "target": targets, **more})


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("shade-linen.png", "choice:shade:linen"),
        ("Linen.png", "choice:shade:linen"),
        ("LAMP_Shade (linen) final 2.png", "choice:shade:linen"),
        ("klosz_brass.webp", "choice:shade:brass"),
        ("heavy-foot.png", "choice:base:heavy"),
        ("cable color red.jpg", "choice:cable_color:red"),
        ("dimmer-on.png", "choice:dimmer:yes"),
        ("Dimmer_NIE.png", "choice:dimmer:no"),
        ("dimmer sí.png", "choice:dimmer:yes"),
        ("height-400.png", "choice:height:400"),
        ("Height 400mm.webp", "choice:height:400"),
        ("400.png", "own"),
        ("yes.png", "own"),
        ("HeavyFoot.png", "choice:base:heavy"),
        ("background.png", "own"),
        ("shade.png", "own"),
    ],
)
def test_names_tell_where_files_go(row: Product, name: str, target: str) -> None:
    assert Matcher(read_content(row)).match(name).target.written() == target


def test_a_layer_that_names_the_file_comes_first(row: Product) -> None:
    spec = {"image": "layers/shade-{shade}.png"}
    Layer.objects.create(product=row, code="a", spec=spec, position=9)
    Layer.objects.create(
        product=row, code="b", spec={"image": "x/{base} {cable}.png", "mask": "m.png"}, position=10
    )
    matcher = Matcher(read_content(row))
    assert matcher.match("linen.webp").target.written() == "file:layers/shade-linen.png"
    assert matcher.match("Textile-Clamp.png").target.written() == "file:x/clamp textile.png"
    assert matcher.match("M.PNG").target.written() == "file:m.png"


def test_layers_of_switches_and_measures_are_found_by_any_words_for_them(row: Product) -> None:
    for number, image in enumerate(("rod_{dimmer}.png", "x/{height}_{shade}.png")):
        spec = {"image": image}
        Layer.objects.create(product=row, code=f"l{number}", spec=spec, position=9 + number)
    matcher = Matcher(read_content(row))
    for name, path in (
        ("rod_yes.png", "rod_yes.png"),
        ("Rod Dimmer-TAK.png", "rod_yes.png"),
        ("dimmer off rod.png", "rod_no.png"),
        ("brass_500mm.png", "x/500_brass.png"),
        ("height 500, shade brass.png", "x/500_brass.png"),
    ):
        assert matcher.match(name).target.written() == f"file:{path}", name
    assert matcher.match("rod.png").target.how == "own"
    assert matcher.match("rod lamp yes.png").target.how == "own"


def test_umlauts_are_written_in_many_ways(row: Product) -> None:
    Choice.objects.filter(code="linen").update(name_en="Öl gewachst", code="x1")
    matcher = Matcher(read_content(row))
    for name in ("öl-gewachst.png", "OEL_GEWACHST.png", "o\u0308l gewachst.png", "Ol gewachst.png"):
        assert matcher.match(name).target.written() == "choice:shade:x1", name


def test_what_is_called_like_nothing_is_told_with_the_nearest(
    admin_client: Client, row: Product
) -> None:
    html = send(admin_client, row, upload("shade-linnen.png"), upload("q.png")).content.decode()
    assert "Nothing is called so. Did you mean Shade: Linen?" in html
    assert html.count("No layer and no value is called so.") == 1
    html = send(admin_client, row, upload("dimmer.png")).content.decode()
    assert "Did you mean Dimmer: yes?" in html


def test_switches_and_measures_become_layers_with_their_condition(
    admin_client: Client, row: Product
) -> None:
    targets = ["choice:dimmer:yes", "choice:height:400", "choice:height:500"]
    keep(admin_client, row, targets, *(upload(name) for name in ("a.png", "b.png", "c.png")))
    made = {layer.code: layer for layer in row.layers.all()}
    dimmer, height = made["dimmer"], made["height"]
    assert (dimmer.when, dimmer.spec) == ("dimmer", {"image": "layers/dimmer-{dimmer}.png"})
    assert height.when == "height = 400 or height = 500"
    assert row.layer_files.filter(path="layers/height-400.png").exists()


def test_a_name_that_fits_several_values_is_left_to_a_person(
    admin_client: Client, row: Product
) -> None:
    Choice.objects.filter(code="gray").update(code="linen")
    match = Matcher(read_content(row)).match("linen.png")
    assert match.target.how == "skip"
    assert {each.option for each in match.others} == {"shade", "cable_color"}
    html = send(admin_client, row, upload("linen.png")).content.decode()
    assert "Its name fits several: Shade: Linen, Cable color: Gray" in html


def test_words_have_neither_case_nor_accents() -> None:
    assert words("Dąb Ciemny-ŻÓŁTY 01.v2") == ("dab", "ciemny", "zolty", "01", "v2")


def test_what_cannot_be_used_is_refused_at_the_file(admin_client: Client, row: Product) -> None:
    broken = png()[:200]
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    answer = send(
        admin_client,
        row,
        upload("linen.gif"),
        upload("brass.png", b"not a picture"),
        upload("black.png", broken),
        upload("big.png", bomb.getvalue()),
        upload("shade-linen.png", png((100, 80))),
        upload("../../etc/clamp.png"),
    )
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<strong>linen.gif</strong>: It is not a .png, .jpg or .webp file." in html
    for name in ("brass.png", "black.png"):
        assert f"<strong>{name}</strong>: It is not a PNG, JPEG or WebP picture" in html
    assert "<strong>big.png</strong>: It has too many pixels: 9000 × 9000." in html
    assert "It has 100 × 80 pixels; the picture has 400 × 300." in html
    assert "<strong>clamp.png</strong>" in html
    assert not row.layer_files.exists()


def test_files_become_layers_of_the_values_that_have_one(
    admin_client: Client, row: Product
) -> None:
    targets = ["choice:shade:linen", "choice:shade:brass", "own", "skip"]
    names = ("linen.png", "brass.png", "Back Wall.png", "other.png")
    answer = keep(admin_client, row, targets, *(upload(name) for name in names))
    assert answer.status_code == 302
    assert sorted(row.layer_files.values_list("path", flat=True)) == [
        "layers/back-wall.png",
        "layers/shade-brass.png",
        "layers/shade-linen.png",
    ]
    made = {layer.code: layer for layer in row.layers.filter(position__gt=2)}
    assert made["shade-2"].spec == {"image": "layers/shade-{shade}.png"}
    assert made["shade-2"].when == "shade in {linen, brass}"
    assert made["back-wall"].spec == {"image": "layers/back-wall.png"}


def test_all_values_of_an_option_need_no_condition(admin_client: Client, row: Product) -> None:
    targets = ["choice:base:clamp", "choice:base:heavy"]
    keep(admin_client, row, targets, upload("a.png"), upload("b.png"))
    assert row.layers.get(code="base").when == ""
    # The same files once more go to the layer that is there.
    html = send(admin_client, row, upload("base-heavy.png")).content.decode()
    assert 'value="file:layers/base-heavy.png" selected' in html
    assert "In place of the file that is there." in html


def test_two_files_at_one_place_and_wrong_sizes_are_not_kept(
    admin_client: Client, row: Product
) -> None:
    answer = keep(admin_client, row, ["choice:shade:linen"] * 2, upload("a.png"), upload("b.png"))
    assert answer.status_code == 422
    assert "a.png goes to layers/shade-linen.png already." in answer.content.decode()
    answer = keep(admin_client, row, ["own"], upload("a.png", png((30, 30))))
    assert answer.status_code == 422
    assert not row.layer_files.exists()


def test_pictures_of_cards_have_any_size(admin_client: Client, row: Product) -> None:
    keep(admin_client, row, ["card:base:heavy"], upload("foot.jpg", png((50, 40))), kind="cards")
    assert Choice.objects.get(code="heavy").image == "cards/base-heavy.jpg"
    assert row.layer_files.get().path == "cards/base-heavy.jpg"


def test_the_first_files_give_the_picture_its_size(admin_client: Client, row: Product) -> None:
    row.layers.all().delete()
    Product.objects.filter(pk=row.pk).update(picture={})
    row.refresh_from_db()
    large = [upload(name, png((640, 480))) for name in ("linen.png", "brass.png")]
    html = send(admin_client, row, *large, upload("black.png", png((64, 48)))).content.decode()
    assert "The picture becomes 640 × 480 pixels large." in html
    assert "It has 64 × 48 pixels; the picture has 640 × 480." in html
    for each in large:
        each.seek(0)
    keep(admin_client, row, ["choice:shade:linen", "choice:shade:brass"], *large)
    row.refresh_from_db()
    assert (row.picture["width"], row.picture["height"]) == (640, 480)


def test_forged_tickets_and_targets_do_nothing(admin_client: Client, row: Product) -> None:
    address = reverse("admin:catalog_product_picture_files", args=[row.pk])
    answer = admin_client.post(address, {"ticket": "x:y:z", "target": ["own"]})
    assert answer.status_code == 302
    targets = ["file:../../evil.png"]
    assert keep(admin_client, row, targets, upload("a.png")).status_code == 302
    assert not row.layer_files.exists()
    assert send(admin_client, row).status_code == 302


def test_the_thumbnail_is_small_and_only_for_files_that_are_there(
    admin_client: Client, row: Product
) -> None:
    batch = files.receive([upload("a.png")], read_content(row), cards=False)
    stored = batch.rows[0].stored
    assert stored is not None
    name = "admin:catalog_product_picture_thumb"
    answer = admin_client.get(reverse(name, args=[row.pk, stored.sha, "png"]))
    assert Image.open(io.BytesIO(answer.content)).size == (128, 96)
    assert admin_client.get(reverse(name, args=[row.pk, "0" * 64, "png"])).status_code == 404
    assert admin_client.get(reverse(name, args=[row.pk, stored.sha, "svg"])).status_code == 404
