"""What the storefront offers to go on with: designs in the making, and no ordered ones."""

import pytest
from django.test import Client

from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from configurator.wizard.services import Edit
from tests.orders import kit


@pytest.mark.django_db
def test_what_is_ordered_is_not_offered_again(client: Client, design: Design) -> None:
    client.get(f"/d/{design.pk}/")
    assert str(design.pk) in client.get("/").text
    kit.order(design)
    assert str(design.pk) not in client.get("/").text
    changed = Edit(design.pk, design.revision)
    wizard.choose(edit=changed, option="height", value=300)
    assert str(design.pk) in client.get("/").text
