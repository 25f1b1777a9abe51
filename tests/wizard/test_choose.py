"""Choosing values: it works, what stands against it, and forged forms."""

import pytest
from django.test import Client

from configurator.wizard.models import Design, DesignEvent
from tests.wizard.conftest import Shop, both

pytestmark = pytest.mark.django_db


@both
def test_a_click_is_saved_and_answered_with_the_changed_parts(shop: Shop) -> None:
    response = shop.choose("shade", "brass", step="body")
    assert response.status_code == 200
    html = response.content.decode()
    assert shop.choices == {"shade": "brass"}
    assert "<html" not in html
    assert 'id="price" hx-swap-oob="true"' in html
    assert "€172.20" in html  # (100 + 40) + 23 %
    assert "Shade: Brass. Total €172.20" in html
    assert response["X-Design-Revision"] == "1"


@both
def test_without_javascript_a_click_returns_to_the_option(shop: Shop) -> None:
    response = shop.choose("shade", "brass", htmx=False, step="body")
    assert response.status_code == 303
    assert response["Location"] == f"/d/{shop.design.id}/?step=body#o-shade"
    assert shop.choices == {"shade": "brass"}


def test_every_value_says_what_it_adds_to_the_present_total(shop: Shop) -> None:
    html = shop.choose("shade", "black", step="body").content.decode()
    assert "+€39.36" in html  # brass: 40 - 8, with tax
    assert "−€9.84" in html  # linen
    assert "+€24.60" in html  # the heavy foot


@both
def test_a_toggle_is_chosen_both_ways(shop: Shop) -> None:
    shop.choose("dimmer", "yes", step="extras")
    assert shop.choices == {"dimmer": True}
    shop.choose("dimmer", "no", step="extras")
    assert shop.choices == {"dimmer": False}


@both
def test_a_number_is_chosen_from_its_field(shop: Shop) -> None:
    shop.post("choose", option="height", value="700", step="body")
    assert shop.choices == {"height": 700}


@both
def test_an_impossible_value_is_explained_and_changes_nothing(shop: Shop) -> None:
    shop.choose("cable", "textile")
    response = shop.choose("shade", "brass", step="body")
    html = response.content.decode()
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#ask"
    assert "Brass lamps come with a plain cable." in html
    assert "Textile" in html
    assert shop.choices == {"cable": "textile"}


@both
def test_an_impossible_number_is_refused_at_its_field(shop: Shop) -> None:
    shop.choose("base", "clamp")
    response = shop.post("choose", option="height", value="800", step="body")
    html = response.content.decode()
    assert response.status_code == 422
    assert "800 mm does not go with: Base Clamp." in html
    assert 'value="800"' in html
    assert "600 mm" in html  # the nearest that fits
    assert shop.choices == {"base": "clamp"}


@both
def test_the_repair_changes_the_fewest_choices(shop: Shop) -> None:
    shop.choose("cable", "textile")
    shop.choose("dimmer", "yes")
    response = shop.choose("shade", "brass", repair="1", step="body")
    assert response.status_code == 200
    assert shop.choices == {"cable": "plain", "dimmer": True, "shade": "brass"}
    assert "Changed with it: Cable." in response.content.decode()


@both
def test_a_repair_as_offered_is_kept_to(shop: Shop) -> None:
    shop.choose("base", "clamp")
    shop.choose("dimmer", "yes")
    shop.post(
        "choose",
        option="height",
        value="900",
        repair="1",
        change=["base:", "dimmer:no"],
        step="body",
    )
    assert shop.choices == {"height": 900, "dimmer": False}


@both
def test_a_forged_repair_is_still_valid(shop: Shop) -> None:
    shop.choose("base", "clamp")
    shop.choose("shade", "black")
    shop.post("choose", option="height", value="900", repair="1", change=["shade:", "nonsense:x"])
    assert shop.choices == {"shade": "black", "height": 900, "base": "heavy"}


@both
def test_options_that_end_with_a_choice_are_let_go_and_told(shop: Shop) -> None:
    shop.choose("cable", "textile")
    shop.choose("cable_color", "gray")
    response = shop.choose("cable", "plain", step="body")
    assert response.status_code == 200
    assert shop.choices == {"cable": "plain"}
    assert "Let go, because it no longer fits: Cable color." in response.content.decode()


@both
def test_ending_an_option_does_not_excuse_a_broken_rule(shop: Shop) -> None:
    shop.choose("cable", "textile")
    shop.choose("cable_color", "gray")
    response = shop.choose("shade", "brass")
    assert response.status_code == 409
    assert shop.choices == {"cable": "textile", "cable_color": "gray"}


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("shade", "plain", "not one of the choices"),  # a value of another option
        ("shade", "none", "not one of the choices"),
        ("shade", "", "not one of the choices"),
        ("shade", "<b>brass</b>", "not one of the choices"),
        ("dimmer", "maybe", "not one of the choices"),
        ("height", "NaN", "Enter a number"),
        ("height", "Infinity", "Enter a number"),
        ("height", "1e9", "Enter a number"),
        ("height", "", "Enter a number"),
        ("height", "٧٠٠", "Enter a number"),
        ("height", "7" * 200_000, "Enter a number"),
        ("height", "-100", "Enter a number from 300 to 900 mm"),
        ("height", "999999999", "Enter a number from 300 to 900 mm"),
        ("height", "650", "600 · 700"),
        ("height", "650.000001", "600 · 700"),
        ("cable_color", "none", "not one of the choices"),
        ("unknown", "x", "no such option"),
        ("words", "x", "no such option"),  # a text is not chosen
        ("", "", "no such option"),
        ("shade\x00", "brass", "no such option"),
    ],
)
@both
def test_a_forged_value_is_refused_kindly(shop: Shop, option: str, value: str, words: str) -> None:
    for htmx in (True, False):
        response = shop.post("choose", htmx=htmx, option=option, value=value, step="body")
        assert response.status_code == 422
        assert words in response.content.decode()
    assert shop.choices == {}
    assert shop.now().revision == 0


@pytest.mark.parametrize("revision", ["", "-1", "x", "1e3", "9" * 400, "5", "²"])
@both
def test_a_form_without_a_true_revision_changes_nothing(shop: Shop, revision: str) -> None:
    response = shop.choose("shade", "brass", revision=revision)
    assert response.status_code == 422
    assert "out of date" in response.content.decode()
    assert shop.choices == {}


@both
def test_foreign_and_malformed_designs_are_not_found(client: Client, shop: Shop) -> None:
    for path in ("/d/00000000-0000-4000-8000-000000000000/choose/", "/d/nonsense/choose/"):
        response = client.post(path, {"set": "shade:brass", "revision": "0"})
        assert response.status_code == 404


@both
def test_only_posts_choose(shop: Shop) -> None:
    response = shop.get("choose/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert str(shop.design.id) in response.content.decode()  # the way back


@both
def test_a_form_without_its_token_is_refused(design: Design) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"/d/{design.id}/choose/", {"set": "shade:brass", "revision": "0"})
    assert response.status_code == 403
    design.refresh_from_db()
    assert design.state["choices"] == {}


@both
def test_each_change_is_one_event(shop: Shop) -> None:
    shop.choose("shade", "brass")
    shop.choose("shade", "brass")  # nothing new
    shop.choose("shade", "black")
    events = DesignEvent.objects.filter(design=shop.design).values_list("revision", "kind")
    assert list(events) == [(0, "start"), (1, "choose"), (2, "choose")]
