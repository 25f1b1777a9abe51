"""Undo and redo: a line of states that one can walk back and forth."""

import random

import pytest

from configurator.wizard import services
from configurator.wizard.errors import NothingThere
from configurator.wizard.models import Design
from configurator.wizard.services import Edit
from tests.wizard.conftest import Shop, both

pytestmark = pytest.mark.django_db


@both
def test_undo_and_redo_by_button(shop: Shop) -> None:
    shop.choose("shade", "brass")
    shop.choose("base", "heavy")
    html = shop.post("undo", step="body").content.decode()
    assert shop.choices == {"shade": "brass"}
    assert "€172.20" in html
    shop.post("redo", step="body")
    assert shop.choices == {"shade": "brass", "base": "heavy"}


@both
def test_without_javascript(shop: Shop) -> None:
    shop.choose("shade", "brass")
    response = shop.post("undo", htmx=False, step="body")
    assert response.status_code == 303
    assert shop.choices == {}


@both
def test_at_the_ends_there_is_nothing_to_do(shop: Shop) -> None:
    for verb in ("undo", "redo"):
        response = shop.post(verb)
        assert response.status_code == 200
        assert "nothing to undo or redo" in response.content.decode()
    assert shop.now().revision == 0


@both
def test_an_edit_after_undo_ends_what_could_be_redone(shop: Shop) -> None:
    shop.choose("shade", "brass")
    shop.post("undo")
    shop.choose("shade", "black")
    assert shop.now().redo_to is None
    shop.post("undo")
    assert shop.choices == {}
    shop.post("redo")
    assert shop.choices == {"shade": "black"}


@both
def test_undo_takes_back_a_whole_finish(shop: Shop) -> None:
    shop.choose("shade", "black")
    shop.post("finish")
    assert len(shop.choices) > 3
    shop.post("undo")
    assert shop.choices == {"shade": "black"}


@pytest.mark.parametrize("seed", range(6))
@both
def test_it_behaves_like_a_list_with_a_cursor(design: Design, seed: int) -> None:
    """Any mixture of edits, undos and redos agrees with the simplest model of them."""
    dice = random.Random(seed)
    history, at = [design.state], 0
    for turn in range(30):
        edit = Edit(design.id, design.revision)
        act = dice.choice(["edit", "undo", "redo", "undo"])
        if act == "edit":
            value = ("linen", "brass", "black")[turn % 3]
            design = services.choose(edit=edit, option="shade", value=value).design
            if design.state != history[at]:
                history[at + 1 :] = [design.state]
                at += 1
        elif (act == "undo" and at == 0) or (act == "redo" and at == len(history) - 1):
            with pytest.raises(NothingThere):
                getattr(services, act)(edit=edit)
        else:
            design = getattr(services, act)(edit=edit).design
            at += -1 if act == "undo" else 1
        assert design.state == history[at]
        assert (design.undo_to is None) == (at == 0)
        assert (design.redo_to is None) == (at == len(history) - 1)
        assert design.events.count() == design.revision + 1
