from typing import Any

import pytest
from django.contrib.auth.models import User

from configurator.wizard.models import OwnedDesign
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from tests.orders import kit

BROCHURES = {"purpose": Purpose.BROCHURES, "channel": Channel.PRINT}


def customer(name: str = "Zofia Núñez", *, allows: bool = True, address: str = "") -> Person:
    """Somebody with an account, who allows printed brochures."""
    first, _space, last = name.partition(" ")
    count = User.objects.count()
    user = User.objects.create(username=f"customer-{count}", first_name=first, last_name=last)
    person = Person.objects.create(user=user)
    if allows:
        consent.grant(person=person, **BROCHURES, where="/you/")
    if address:
        contacts.note(person=person, channel=Channel.PRINT, address=address, proven=True)
    return person


def with_design(person: Person, name: str = "") -> Person:
    """The same person, with a lamp of their own."""
    design = kit.whole_design()
    if name:
        type(design).objects.filter(pk=design.pk).update(name=name)
    assert person.user is not None
    OwnedDesign.objects.create(user=person.user, design=design)
    return person


@pytest.fixture
def lamp(db: Any) -> None:
    """The desk lamp, published."""
    kit.import_lamp()


@pytest.fixture
def marketer(db: Any) -> User:
    """Whoever begins runs."""
    return User.objects.create_superuser("marketer")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    """Files of each test's own."""
    settings.BROCHURES_DIR = tmp_path
