"""Of equally cheap designs the one with the first values completes a customer's choices."""

from __future__ import annotations

from configurator.engine import Model, Rule, Term, Variable, compile_model

COLORS = Variable("color", ("red", "green", "blue"))
FRAME = Variable("frame", ("steel", "aluminum", "titanium"))
BELL = Variable("bell", (True, False), "toggle")
LAMP = Variable("lamp", (False, True), "toggle")


def test_the_first_values_complete_a_design_without_prices() -> None:
    space = compile_model(Model((FRAME, COLORS, BELL, LAMP)))
    assert space.answer({}).completion == {
        "frame": "steel",
        "color": "red",
        "bell": False,
        "lamp": False,
    }


def test_rules_do_not_lead_astray() -> None:
    rules = (
        Rule("painted", "color = red requires frame in {steel, aluminum}"),
        Rule("noisy", "bell requires lamp"),
        Rule("mixed", "frame = aluminum iff color = blue"),
    )
    space = compile_model(Model((COLORS, LAMP, BELL, FRAME), rules))
    assert space.answer({}).completion["frame"] == "steel"
    assert space.answer({"bell": True}).completion["lamp"] is True
    chosen = space.complete({"color": "green"})
    assert chosen == {"color": "green", "frame": "steel", "bell": False, "lamp": False}


def test_price_goes_before_order() -> None:
    terms = (Term("steel", "0.01", when="frame = steel"), Term("no_bell", "1", when="not bell"))
    space = compile_model(Model((FRAME, COLORS, BELL), terms=terms))
    answer = space.answer({})
    assert answer.completion == {"frame": "aluminum", "color": "red", "bell": True}
    assert space.complete({}, prefer={"frame": "titanium"})["frame"] == "titanium"


def test_prices_that_leave_no_room_still_find_the_cheapest() -> None:
    terms = (
        Term("much", "9000000000000", when="frame = titanium"),
        Term("less", "8000000000000", when="frame = steel"),
    )
    space = compile_model(Model((FRAME, COLORS, LAMP), terms=terms))
    assert space.answer({}).completion["frame"] == "aluminum"
