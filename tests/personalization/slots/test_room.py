"""Pages in the marketer's room: writing variants, and looking at pages as somebody else."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from PIL import Image

from configurator.catalog import places
from personalization.experiments import services as experiments
from personalization.experiments.models import Experiment, Exposure
from personalization.experiments.services import ArmPlan
from personalization.people.models import Event, Person
from personalization.segments.models import Segment
from personalization.slots.models import Variant
from project.roles import make_groups
from tests.personalization.slots.conftest import variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]
URL = "/marketing/pages/"
WORDS = {
    "name": "Spring",
    "on": "on",
    "priority": "60",
    "whom": "everybody",
    "source": "hand",
    "title_en": "Light <b>",
    "title_pl": "Światło",
}


@pytest.fixture
def marketer(client: Client) -> Client:
    make_groups()
    user = User.objects.create_user("mia", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client.force_login(user)
    return client


def post(marketer: Client, place: str, **fields: Any) -> Any:
    return marketer.post(f"{URL}new/{place}/", {**WORDS, **fields})


def test_a_variant_is_written_changed_switched_and_deleted(marketer: Client) -> None:
    assert post(marketer, places.HOME, picture="lamp/desk", link="lamp").status_code == 302
    found = Variant.objects.get()
    assert (found.title, found.picture) == ({"en": "Light <b>", "pl": "Światło"}, "lamp/desk")
    assert "Light &lt;b&gt;" in marketer.get("/").content.decode()
    page = marketer.get(f"{URL}{found.pk}/").content.decode()
    assert 'value="Światło"' in page
    marketer.post(f"{URL}{found.pk}/", {**WORDS, "title_en": "Other", "priority": "70"})
    found.refresh_from_db()
    assert (found.title, found.priority) == ({"en": "Other", "pl": "Światło"}, 70)
    marketer.post(f"{URL}{found.pk}/switch/", {"on": "no"})
    assert "Other" not in marketer.get("/").content.decode()
    marketer.post(f"{URL}{found.pk}/remove/")
    assert not Variant.objects.exists()


def test_an_order_of_products_and_designs_is_written_in_lines(marketer: Client) -> None:
    assert post(marketer, places.PRODUCTS, items="stool\n\n lamp \nstool").status_code == 302
    assert Variant.objects.get().items == ["stool", "lamp"]
    assert post(marketer, places.DESIGNS, items="stool/bed").status_code == 302


@pytest.mark.parametrize(
    ("place", "field", "fields"),
    [
        (places.HOME, "title_en", {"title_en": ""}),
        (places.HOME, "title_en", {"title_en": "x" * 121}),
        (places.HOME, "name", {"name": ""}),
        (places.HOME, "priority", {"priority": "-1"}),
        (places.HOME, "priority", {"priority": "1e9"}),
        (places.HOME, "link", {"link": "javascript:alert(1)"}),
        (places.HOME, "link", {"link": "//elsewhere.example"}),
        (places.HOME, "link", {"link": "nothing"}),
        (places.HOME, "picture", {"picture": "lamp/nothing"}),
        (places.HOME, "source", {"source": "seen"}),
        (places.HOME, "segment", {"whom": "segment"}),
        (places.HOME, "segment", {"whom": "segment", "segment": "99"}),
        (places.HOME, "rule", {"whom": "rule"}),
        (places.HOME, "rule", {"whom": "rule", "rule": "shoes > 40"}),
        (places.HOME, "rule", {"whom": "rule", "rule": "(" * 1999}),
        (places.HOME, "visit_choice", {"whom": "visit", "visit_choice": "shade"}),
        (
            places.HOME,
            "visit_choice",
            {"whom": "visit", "visit_product": "lamp", "visit_choice": "shade = gold"},
        ),
        (
            places.HOME,
            "visit_choice",
            {"whom": "visit", "visit_product": "lamp", "visit_choice": "hat = red"},
        ),
        (places.HOME, "visit_product", {"whom": "visit", "visit_choice": "shade = brass"}),
        (places.HOME, "lot", {"lot": "no/such"}),
        (places.HOME, "until", {"since": "2026-11-02T10:00", "until": "2026-11-01T10:00"}),
        (places.HOME, "since", {"since": "yesterday"}),
        (places.MAIL, "whom", {"whom": "visit"}),
        (places.PRODUCTS, "items", {"items": ""}),
        (places.PRODUCTS, "items", {"items": "gone"}),
        (places.DESIGNS, "items", {"items": "lamp"}),
    ],
)
def test_what_is_not_right_is_told_at_the_field_and_nothing_is_lost(
    marketer: Client, place: str, field: str, fields: dict[str, str]
) -> None:
    answer = post(marketer, place, **{"name": "Kept", **fields})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "name" in fields or 'value="Kept"' in page
    assert not Variant.objects.exists()


def png(width: int = 1600) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (width, 900), "#884422").save(file, "PNG")
    file.name = "<b>.png"
    file.seek(0)
    return file


def test_a_picture_is_uploaded_drawn_anew_and_shown(marketer: Client) -> None:
    assert post(marketer, places.HOME, upload=png()).status_code == 302
    found = Variant.objects.get()
    page = Client().get("/").content.decode()
    address = page.split('class="placed__picture" src="')[1].split('"')[0]
    answer = Client().get(address)
    with Image.open(BytesIO(b"".join(answer.streaming_content))) as shown:  # type: ignore[attr-defined]
        assert (shown.format, shown.width) == ("WEBP", 480)
    assert "public" in answer.headers["Cache-Control"]
    marketer.post(f"{URL}{found.pk}/", {**WORDS, "picture": found.picture, "name": "Kept"})
    kept = Variant.objects.get()
    assert (kept.name, kept.picture) == ("Kept", found.picture)


def test_what_is_no_picture_is_told_at_the_field(marketer: Client) -> None:
    text = BytesIO(b"<svg onload=alert(1)>")
    text.name = "x.png"
    answer = post(marketer, places.HOME, upload=text)
    assert answer.status_code == 422
    assert 'id="id_upload_error"' in answer.content.decode()
    for sha in ("x", "0" * 64, "..%2f..%2fdb"):
        assert marketer.get(f"/pages/pictures/{sha}.webp").status_code == 404
    assert post(marketer, places.HOME, picture=f"file:{'0' * 64}").status_code == 422


def test_the_list_says_for_whom_and_what_everybody_gets(marketer: Client) -> None:
    gone = Segment.objects.create(slug="gone", name="Gone", rule="orders > 1")
    variant(places.HOME, whom="segment", segment=gone)
    variant(places.HOME, whom="rule", rule="orders at least 2")
    variant(places.HOME, whom="visit", visit_product="lamp", visit_choice="shade = brass")
    gone.delete()
    page = marketer.get(URL).content.decode()
    assert "nobody: look at its rule" in page
    assert "Orders at least 2." in page
    assert "Whoever designs in this visit: Desk lamp, shade = brass" in page
    assert "“Designed by you, made for you.”" in page


def test_a_choice_that_is_open_says_what_it_means(marketer: Client) -> None:
    one = variant(places.HOME, whom="everybody")
    page = marketer.get(f"{URL}{one.pk}/").content.decode()
    assert "---------" not in page
    assert '<option value="" selected>the one of theirs that ends first</option>' in page
    assert page.count('class="slot-only') == 4  # shown with what they count for


def look(marketer: Client, **query: str) -> str:
    answer = marketer.get(f"{URL}look/page/", query)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content.decode()


def test_pages_are_looked_at_as_somebody_else(marketer: Client) -> None:
    segment = Segment.objects.create(slug="some", name="Some", rule="orders at least 2")
    other = Segment.objects.create(slug="other", name="Other", kind="list")
    variant(places.HOME, "For some", whom="segment", segment=segment)
    variant(places.HOME, "By the same rule", whom="rule", rule=segment.rule, priority=90)
    variant(places.HOME, "For everybody", priority=1)
    assert "For everybody" in look(marketer)
    assert "By the same rule" in look(marketer, **{"as": f"segment-{segment.pk}"})
    assert "For everybody" in look(marketer, **{"as": f"segment-{other.pk}"})
    for query in ("as=segment-x", "page=product-none&as=", "variant=x", "page=nothing"):
        assert marketer.get(f"{URL}look/?{query}").status_code == 200
    assert marketer.get(f"{URL}look/page/?page=product-none").status_code == 404


@pytest.mark.parametrize("place", list(dict.fromkeys([places.CART, places.ORDER, places.MAIL])))
def test_one_variant_is_looked_at_where_it_stands(marketer: Client, place: str) -> None:
    tried = variant(place, "Tried", whom="rule", rule="orders > 99", on=False)
    page = marketer.get(f"{URL}{tried.pk}/").content.decode()
    where = page.split(f"?variant={tried.pk}&amp;page=")[1].split('"')[0]
    assert "Tried" in look(marketer, variant=str(tried.pk), page=where)


def test_looking_writes_nothing_down(marketer: Client) -> None:
    experiment = Experiment(code="spring", name="Spring", metric="ordered", most_revenue=500)
    arms = [ArmPlan("as-is", "As it is"), ArmPlan("new", "New")]
    experiments.start(experiment=experiments.plan(experiment=experiment, arms=arms))
    tried = variant(places.HOME, "Tried", experiment="spring", arm="new")
    assert "Tried" not in look(marketer)
    assert "Tried" in look(marketer, variant=str(tried.pk))
    look(marketer, page="product-lamp")
    assert not Exposure.objects.exists()
    assert not Event.objects.exists()
    assert not Person.objects.exists()


def test_who_may_not_sees_nothing(client: Client) -> None:
    make_groups()
    assert client.get(URL).status_code == 302
    user = User.objects.create_user("ole")
    user.groups.add(Group.objects.get(name="catalog admin"))
    client.force_login(user)
    for path in ("", "look/", "look/page/", "new/home.more/"):
        assert client.get(f"{URL}{path}").status_code == 403
