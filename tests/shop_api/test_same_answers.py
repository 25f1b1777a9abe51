"""One engine, same answers: random designs, made in the wizard and through the API alike."""

import random
from typing import Any

import pytest
from django.test import Client

from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.entering import write_value
from configurator.wizard.option_views import ValueView
from configurator.wizard.screen import Screen
from configurator.wizard.valuing import CHOSEN
from tests.effort import often
from tests.shop_api.conftest import Program, told
from tests.wizard.conftest import Shop, both

STEPS = 8


def posted(value: Any) -> str:
    return write_value(value) if isinstance(value, bool | str | int) else repr(value)


def wanted(screen: Screen, rng: random.Random) -> tuple[str, Any]:
    """Any option with any value, possible or not."""
    option = rng.choice([o for o in screen.product.options.values() if o.kind not in ("file",)])
    if option.kind == "text":
        return option.code, rng.choice(["Ana", "", "too long for this lamp", "<b>"])
    values = list(screen.answer.possible[option.code])
    return option.code, rng.choice(values) if option.kind != "toggle" else rng.random() < 0.5


def shown(screen: Screen) -> dict[str, dict[str, ValueView]]:
    """What the wizard's pages show beside every value, step by step."""
    found = {}
    for page, _options in screen.pages:
        for view in Screen(screen.design, step=page.code).options:
            found[view.code] = {value.post: value for value in view.values}
    return found


def compare(design: dict[str, Any], screen: Screen) -> None:
    assert design["choices"] == screen.design.state["choices"]
    assert design["texts"] == screen.design.state["texts"]
    assert design["price"]["text"] == screen.price
    assert [line["amount"] for line in design["lines"]] == [x.amount for x in screen.receipt]
    assert design["ready_on"] == screen.ready.isoformat()
    assert design["missing"] == list(screen.missing)
    pages = shown(screen)
    assert {each["code"] for each in design["options"]} == set(pages)
    for option in design["options"]:
        for value in option["values"]:
            view = pages[option["code"]][posted(value["value"])]
            difference = "" if value["state"] == CHOSEN else value["difference_text"]
            assert (value["state"], difference) == (view.state, view.difference)
            assert (value["over"] == "") == (view.over == "")
            assert (value["days"] == 0) == (view.days == "")


@both
@pytest.mark.parametrize("seed", range(often(5)))
def test_random_designs_are_the_same_both_ways(
    seed: int, program: Program, lamp: ReleasedProduct
) -> None:
    rng = random.Random(seed)
    program.begin()
    shop = Shop(Client(), services.start_design(slug=lamp.slug, language="en"))
    for _step in range(STEPS):
        code, value = wanted(Screen(shop.now()), rng)
        if lamp.options[code].kind == "text":
            page = shop.post("text", option=code, text=value)
            answer = program.change("text", option=code, text=value)
        elif rng.random() < 0.15:
            page, answer = shop.post("undo"), program.change("undo")
        else:
            repair = rng.random() < 0.3
            page = shop.choose(code, posted(value), repair="1" if repair else "")
            json_value = float(value) if not isinstance(value, bool | str | int) else value
            answer = program.choose(code, json_value, repair=repair)
        assert (page.status_code < 400) == (
            answer.status_code < 400 or b"nothing_there" in answer.content
        ), code
        compare(program.now(), Screen(shop.now()))


def test_a_walk_can_be_told_from_another(program: Program, lamp: ReleasedProduct) -> None:
    """The comparison sees a difference."""
    program.begin()
    other = services.start_design(slug=lamp.slug, language="en")
    told(program.choose("shade", "black"))
    with pytest.raises(AssertionError):
        compare(program.now(), Screen(other))
