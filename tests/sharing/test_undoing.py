"""Undo of several people in one design: each takes their own choices back, nobody another's."""

from typing import Any

import pytest
from django.test import Client

from configurator.sharing import friends
from configurator.sharing.models import Invitation
from configurator.wizard.models import Design
from tests.orders import kit

pytestmark = pytest.mark.django_db

OWNER, THEIRS = "a" * 12, "b" * 12


class Person:
    """Somebody at the design, by the owner's address or a friend's."""

    def __init__(self, design: Design, key: Any, tab: str) -> None:
        self.design, self.key, self.tab, self.client = design, key, tab, Client()

    def does(self, verb: str, *, htmx: bool = True, **form: Any) -> Any:
        self.design.refresh_from_db()
        form = {"revision": str(self.design.revision), "tab": self.tab, **form}
        headers = {"hx-request": "true"} if htmx else {}
        answer = self.client.post(f"/d/{self.key}/{verb}/", form, headers=headers)
        self.design.refresh_from_db()
        return answer

    def sets(self, value: str) -> None:
        assert self.does("choose", set=value).status_code == 200


@pytest.fixture
def begun(lamp: None) -> Design:
    return kit.started()


@pytest.fixture
def marta(begun: Design) -> Person:
    return Person(begun, begun.pk, OWNER)


@pytest.fixture
def ana(begun: Design) -> Person:
    return Person(begun, invited(begun).pk, THEIRS)


def invited(design: Design) -> Invitation:
    return friends.invite(design=design, may_edit=True, host="Marta")


def choices(person: Person) -> Any:
    return person.design.state["choices"]


def test_each_takes_back_their_own(marta: Person, ana: Person) -> None:
    marta.sets("shade:linen")
    ana.sets("dimmer:yes")
    assert marta.does("undo").status_code == 200
    assert choices(marta) == {"dimmer": True}
    assert ana.does("undo").status_code == 200
    assert choices(ana) == {}


def test_one_goes_on_to_earlier_choices(marta: Person, ana: Person) -> None:
    marta.sets("shade:linen")
    marta.sets("shade:glass")
    marta.sets("height:350")
    ana.sets("dimmer:yes")
    for left in ({"shade": "glass"}, {"shade": "linen"}, {}):
        marta.does("undo")
        assert choices(marta) == {"dimmer": True, **left}
    assert "nothing to undo" in marta.does("undo").content.decode()
    assert choices(marta) == {"dimmer": True}


def test_what_another_changed_since_is_theirs(marta: Person, ana: Person) -> None:
    marta.sets("shade:linen")
    ana.sets("shade:glass")
    assert "nothing to undo" in marta.does("undo").content.decode()
    assert choices(marta) == {"shade": "glass"}
    ana.does("undo")
    assert choices(ana) == {"shade": "linen"}
    marta.does("undo")
    assert choices(marta) == {}


def test_who_chose_nothing_undoes_nothing(marta: Person, ana: Person) -> None:
    marta.sets("shade:linen")
    assert "nothing to undo" in ana.does("undo").content.decode()
    assert choices(ana) == {"shade": "linen"}


@pytest.mark.parametrize("htmx", [True, False])
def test_a_choice_that_another_rests_on_is_told_first(
    marta: Person, ana: Person, *, htmx: bool
) -> None:
    marta.sets("shade:linen")
    marta.sets("shade:glass")
    ana.sets("height:600")
    answer = marta.does("undo", htmx=htmx)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Others built on your choice of “Shade”" in html
    assert "<li><span>Height</span> <strong>600" in html
    assert choices(marta) == {"shade": "glass", "height": 600}
    marta.does("undo", htmx=htmx, insist="1")
    assert choices(marta) == {"shade": "linen"}


def test_a_text_that_would_not_apply_any_more_is_told(marta: Person, ana: Person) -> None:
    marta.sets("engraved:yes")
    ana.does("text", option="engraving", text="For Ana")
    answer = marta.does("undo")
    assert answer.status_code == 409
    assert "For Ana" in answer.content.decode()
    marta.does("undo", insist="1")
    assert marta.design.state == {"choices": {}, "texts": {}, "files": {}}


def test_what_was_taken_back_comes_back(marta: Person, ana: Person) -> None:
    marta.sets("shade:linen")
    ana.sets("dimmer:yes")
    marta.does("undo")
    assert "somebody else" in ana.does("redo").content.decode()
    marta.does("redo")
    assert choices(marta) == {"shade": "linen", "dimmer": True}
    assert marta.design.redo_to is None


def test_two_friends_by_one_link_are_two(begun: Design, ana: Person) -> None:
    ben = Person(begun, ana.key, "c" * 12)
    ana.sets("shade:linen")
    ben.sets("dimmer:yes")
    ana.does("undo")
    assert choices(ana) == {"dimmer": True}


def test_a_person_is_the_same_in_another_tab(marta: Person, ana: Person) -> None:
    ana.sets("shade:linen")
    marta.sets("dimmer:yes")
    ana.tab = "d" * 12
    ana.does("undo")
    assert choices(ana) == {"dimmer": True}
