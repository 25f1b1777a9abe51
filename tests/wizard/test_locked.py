"""Options that can't be changed any more: shown with the reason, refused, and no dead end."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Value
from configurator.wizard import errors, locking, services
from configurator.wizard.answers import completed
from configurator.wizard.models import Design
from configurator.wizard.services import Edit
from tests.effort import often
from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db

CUT = {"en": "already cut", "pl": "już przycięte"}
ORDERED: dict[str, Value] = {
    **{"shade": "black", "base": "heavy", "height": 700, "cable": "textile"},
    **{"cable_color": "red", "dimmer": True, "engraved": True, "typeface": "sans"},
}


def copy_of(design: Design, *codes: str) -> Design:
    """A copy of the ordered design, these options locked."""
    whole = Configuration(dict(ORDERED), {"words": "Ola"}, {})
    return locking.begin_copy(
        release_id=design.release_id,
        language="en",
        whole=whole,
        locked=dict.fromkeys(codes, CUT),
        notice={"en": "You are changing an order."},
        place={},
    )


def at(shop: Shop, *codes: str) -> Shop:
    shop.design = copy_of(shop.design, *codes)
    return shop


def test_it_shows_what_is_locked_and_why(shop: Shop) -> None:
    page = at(shop, "height", "dimmer", "words").get(step="body").content.decode()
    assert "You are changing an order." in page
    assert page.count("already cut") == 1
    assert "v-height" not in page
    assert "v-shade-linen" in page
    extras = shop.get(step="extras").content.decode()
    assert extras.count("already cut") == 2
    assert "Ola" in extras


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("choose", {"set": "height:800"}),
        ("choose", {"set": "height:300", "repair": "1"}),
        ("choose", {"set": "base:clamp", "repair": "1", "change": "height:300"}),
        ("clear", {"clear": "height"}),
        ("text", {"option": "words", "text": "Eva"}),
        ("clear", {"clear": "words"}),
    ],
)
def test_a_tampered_form_changes_nothing(shop: Shop, verb: str, form: dict[str, str]) -> None:
    before = at(shop, "height", "words").now().state
    answer = shop.post(verb, htmx=True, **form)
    assert answer.status_code == 409
    assert shop.now().state == before
    if "repair" not in form:
        assert "can’t be changed any more" in answer.content.decode()


def test_others_may_be_changed_and_taken_back(shop: Shop) -> None:
    at(shop, "height", "words")
    assert shop.choose("shade", "linen").status_code == 200
    assert shop.post("undo").status_code == 200
    assert shop.choices["shade"] == "black"


def test_what_only_a_locked_choice_excludes_says_so_and_offers_no_way_around(shop: Shop) -> None:
    page = at(shop, "height").get("ask/", about="base:clamp").content.decode()
    assert "already cut" in page
    assert "is not possible in this design" in page
    assert "ask-repair" not in page


def test_repairs_leave_locked_options_as_they_are(shop: Shop) -> None:
    """Brass excludes the textile cable; changing the cable is a way only while it is not locked."""
    assert "ask-repair" in at(shop, "height").get("ask/", about="shade:brass").content.decode()
    assert "ask-repair" not in at(shop, "cable").get("ask/", about="shade:brass").content.decode()


def test_options_on_which_a_locked_one_hangs_are_locked_with_it(lamp: ReleasedProduct) -> None:
    assert locking.with_conditions(lamp, ["words", "unheard"]) == {"words", "engraved"}
    assert locking.with_conditions(lamp, []) == set()


def test_what_is_locked_later_goes_back(shop: Shop) -> None:
    at(shop)
    shop.choose("height", "300")
    shop.choose("base", "clamp")
    shop.choose("shade", "linen")
    whole = Configuration(dict(ORDERED), {"words": "Ola"}, {})
    gone = locking.lock(design=shop.now(), locked={"height": CUT}, whole=whole, place={})
    assert set(gone) == {"height", "base"}  # the clamp does not hold 700 mm
    assert (shop.choices["height"], shop.choices["shade"]) == (700, "linen")
    assert shop.post("undo").status_code == 200
    assert shop.choices["height"] == 700


CODES = ["shade", "base", "height", "cable", "dimmer", "engraved", "typeface", "words"]
ACTS = st.sampled_from(
    [
        *(("shade", value) for value in ("linen", "brass", "black")),
        *(("base", value) for value in ("clamp", "heavy")),
        *(("height", value) for value in (300, 600, 900)),
        *(("cable", value) for value in ("plain", "textile")),
        *(("dimmer", value) for value in (True, False)),
        *(("engraved", value) for value in (True, False)),
    ]
)


@settings(max_examples=often(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=st.sets(st.sampled_from(CODES)), acts=st.lists(ACTS, max_size=6), mend=st.booleans())
def test_whatever_is_clicked_it_stays_and_can_be_completed(
    design: Design,
    lamp: ReleasedProduct,
    codes: set[str],
    acts: list[tuple[str, str | int | bool]],
    mend: bool,
) -> None:
    locked = locking.with_conditions(lamp, codes)
    copy = copy_of(design, *locked)
    for option, value in acts:
        copy.refresh_from_db()
        edit = Edit(copy.pk, copy.revision)
        with contextlib.suppress(errors.Refused):
            (services.repair if mend else services.choose)(edit=edit, option=option, value=value)
    copy.refresh_from_db()
    whole = completed(lamp, Configuration.from_json(copy.state))
    for code in locked:
        assert whole.choices.get(code) == ORDERED.get(code)
    if "words" in locked:
        assert whole.texts == {"words": "Ola"}
