"""Surprises, the history, and going back to any state."""

import re
from typing import Any

import pytest
from django.utils.translation import override

from configurator.wizard import playing, services
from configurator.wizard.history import History
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.services import Edit
from tests.wizard.conftest import Shop, both

pytestmark = pytest.mark.django_db


def listed(shop: Shop, before: int = 0) -> History:
    response: Any = shop.get("history/", before=str(before))
    found: History = response.context["history"]
    return found


def edit(design: Design) -> Edit:
    return Edit(design.id, design.revision)


@both
def test_a_surprise_keeps_what_was_chosen_and_decides_the_rest(shop: Shop) -> None:
    shop.choose("shade", "brass")
    shop.choose("height", "800")
    html = shop.post("surprise").content.decode()
    assert shop.choices["shade"] == "brass"
    assert shop.choices["height"] == 800
    assert shop.choices["base"] == "heavy"  # or it would not stand
    assert "dimmer" in shop.choices
    assert 'id="surprise"' in html
    assert shop.now().revision == 3


def test_what_a_surprise_changed_is_told_to_screen_readers_and_not_the_total_alone(
    shop: Shop,
) -> None:
    shop.choose("shade", "brass")
    live = re.search(r'id="live"[^>]*>([^<]*)<', shop.post("surprise").content.decode())
    assert live
    assert re.search(r"Base: \w+", live[1])
    assert "Shade" not in live[1]
    assert "Total" in live[1]


def test_drawn_again_what_was_drawn_is_not_kept_but_what_was_chosen_is(design: Design) -> None:
    design = services.choose(edit=edit(design), option="shade", value="black").design
    drawn = set()
    for seed in range(20):
        design = playing.surprise(edit=edit(design), seed=seed).design
        assert design.state["choices"]["shade"] == "black"
        drawn.add(tuple(sorted(design.state["choices"].items(), key=str)))
    assert len(drawn) > 5
    design = services.choose(edit=edit(design), option="base", value="heavy").design
    for seed in range(5):
        design = playing.surprise(edit=edit(design), seed=seed).design
        assert (design.state["choices"]["shade"], design.state["choices"]["base"]) == (
            *("black", "heavy"),
        )


def test_where_all_is_chosen_everything_is_drawn_anew(design: Design) -> None:
    design = services.choose(edit=edit(design), option="shade", value="black").design
    shades = set()
    for seed in range(15):
        design = playing.surprise(edit=edit(design), anew=True, seed=seed).design
        shades.add(design.state["choices"]["shade"])
    assert shades == {"linen", "brass", "black"}


def test_a_surprise_is_within_budget_and_day(shop: Shop) -> None:
    shop.post("limit", budget="140", day="")
    for _time in range(6):
        shop.post("surprise", anew="1")
        assert shop.choices["shade"] != "brass"  # from €172.20
        response: Any = shop.get()
        assert not response.context["misfit"]


def test_a_surprise_is_undone_at_once(shop: Shop) -> None:
    shop.choose("shade", "black")
    shop.post("surprise")
    shop.post("undo")
    assert shop.choices == {"shade": "black"}


@pytest.mark.parametrize("htmx", [True, False])
def test_the_history_tells_every_step_with_its_price(shop: Shop, htmx: bool) -> None:
    shop.choose("shade", "brass")
    shop.choose("base", "heavy")
    shop.post("text", option="words", text="A")
    shop.post("undo")
    html = shop.get("history/", htmx=htmx).content.decode()
    for words in ("Shade: brass", "Base: Heavy foot", "Begun", "€172.20", "€196.80", "undone"):
        assert words.lower() in html.lower(), words
    assert html.count("Go back here") == 3  # and one is where the design is
    assert ("<html" in html) is not htmx


@pytest.mark.parametrize("htmx", [True, False])
def test_going_back_is_a_step_of_its_own(shop: Shop, htmx: bool) -> None:
    shop.choose("shade", "brass")
    shop.choose("base", "heavy")
    shop.choose("base", "clamp")
    response = shop.post("restore", to="1", htmx=htmx)
    assert response.status_code == (200 if htmx else 303)
    assert shop.choices == {"shade": "brass"}
    shop.post("undo")
    assert shop.choices == {"shade": "brass", "base": "clamp"}


def test_nobody_goes_back_to_what_never_was(shop: Shop) -> None:
    shop.choose("shade", "brass")
    for to in ("99", "", "-1", "x", "9" * 40):
        assert shop.post("restore", to=to).status_code in (200, 409)
    assert shop.choices in ({"shade": "brass"}, {})


def test_what_was_chosen_by_hand_is_known_after_going_back(design: Design) -> None:
    design = services.choose(edit=edit(design), option="shade", value="black").design
    design = playing.surprise(edit=edit(design), seed=1).design
    value = next(v for v in ("plain", "textile") if v != design.state["choices"]["cable"])
    design = services.choose(edit=edit(design), option="cable", value=value).design
    assert {"shade", "cable"} <= playing.chosen_by_hand(design) <= {"shade", "cable", "cable_color"}
    design = playing.restore(edit=edit(design), revision=2).design
    assert playing.chosen_by_hand(design) == {"shade"}


def test_a_long_history_comes_in_pages(shop: Shop) -> None:
    for number in range(15):
        shop.choose("shade", "brass" if number % 2 else "linen")
        shop.choose("base", "heavy" if number % 2 else "clamp")
    first = listed(shop)
    assert first.older
    second = listed(shop, before=first.older)
    assert len(first.steps) + len(second.steps) == 31
    assert not second.older


def test_every_kind_of_step_is_told_in_every_language(shop: Shop) -> None:
    for number, kind in enumerate(DesignEvent.Kind, 1):
        state = {"choices": {"shade": "brass"}}
        made = {"design": shop.design, "revision": number, "kind": kind, "state": state}
        DesignEvent.objects.create(**made, option="shade", value="brass", base=0)
    for language in ("en", "es", "pl"):
        with override(language):
            assert shop.get("history/").status_code == 200
