"""What `set_up` puts there for a start, it puts there once."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from configurator.catalog.beginnings import once
from configurator.shops.models import Shop
from orders.factory.models import Stage
from orders.promo.models import Floor
from orders.selling.models import ShippingOption
from personalization.journeys.models import Journey
from personalization.messages.models import Cap
from personalization.people.exchanges import Exchange
from personalization.slots.models import Variant
from project.management.commands import set_up

pytestmark = pytest.mark.django_db
BEGUN = (Cap, Variant, Journey, Exchange, ShippingOption, Stage, Floor, Shop, User)


@pytest.fixture(autouse=True)
def only_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without demo products and files, which take their time."""
    monkeypatch.setattr(set_up, "DEMO_DIR", tmp_path)
    monkeypatch.setattr("project.interface_texts.compile_all", lambda: None)
    monkeypatch.setattr("project.static_files.collect", lambda: None)


def test_what_was_removed_stays_removed() -> None:
    call_command("set_up", demo=True, verbosity=0)
    assert all(model._default_manager.exists() for model in BEGUN)
    for model in BEGUN:
        model._default_manager.all().delete()
    call_command("set_up", demo=True, verbosity=0)
    assert not [model for model in BEGUN if model._default_manager.exists()]


def test_what_was_not_made_is_made_another_time() -> None:
    def break_off() -> None:
        raise RuntimeError

    made: list[str] = []
    with pytest.raises(RuntimeError):
        once("lamps", break_off)
    for _turn in range(2):
        once("lamps", lambda: made.append("lamp"))
    assert made == ["lamp"]
