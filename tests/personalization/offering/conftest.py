from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from configurator.wizard.models import Design
from personalization.people import contacts
from personalization.people.models import Person
from project.roles import make_groups
from tests.orders import kit


@pytest.fixture
def person(db: Any) -> Person:
    """Somebody whose address is proven."""
    made = Person.objects.create()
    contacts.note(person=made, channel="mail", address=kit.CONTACT.email, proven=True)
    return made


@pytest.fixture
def marketer(client: Client, db: Any) -> Client:
    make_groups()
    user = User.objects.create_user("mia", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client.force_login(user)
    return client


@pytest.fixture
def design(db: Any) -> Design:
    """A lamp, with everything decided."""
    kit.import_lamp()
    return kit.whole_design()
