"""Variants that are tried: who meets which arm, and when that is written down."""

from collections.abc import Iterator

import pytest
from django.test import Client

from configurator.catalog import places
from personalization.experiments import services as experiments
from personalization.experiments.models import Experiment, Exposure
from personalization.experiments.services import GLOBAL, ArmPlan
from personalization.people.models import Person
from tests.personalization.slots.conftest import begun, person_of, variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]


@pytest.fixture
def spring() -> Experiment:
    found = Experiment(code="spring", name="Spring", metric="ordered", most_revenue=500)
    arms = [ArmPlan("as-is", "As it is"), ArmPlan("new", "New")]
    return experiments.start(experiment=experiments.plan(experiment=found, arms=arms))


def visitors() -> Iterator[Client]:
    """Browsers of whom a design is known, until the lot has given both arms."""
    for _number in range(60):
        client = Client()
        begun(client)
        yield client
        if Exposure.objects.values("arm").distinct().count() == 2:
            return
    raise AssertionError("60 times the same arm")


def test_each_arm_gets_its_page_and_is_met_at_the_moment_of_seeing(spring: Experiment) -> None:
    variant(places.HOME, "New words", experiment="spring", arm="new")
    for client in visitors():
        assert client.head("/").status_code == 200
        assert not Exposure.objects.filter(person=person_of(client)).exists()
        page = client.get("/").content.decode()
        arm = Exposure.objects.get(person=person_of(client)).arm
        assert ("New words" in page) == (arm == "new")
        assert ("this one is yours by lot" in page) == (arm == "new")
        assert client.get("/").content.decode().count("New words") == page.count("New words")


def test_whom_it_makes_no_difference_for_is_not_in_it(spring: Experiment, client: Client) -> None:
    variant(places.HOME, "Never", whom="rule", rule="orders > 5", experiment="spring", arm="new")
    variant(places.CART, "New words", experiment="spring", arm="new")
    begun(client, shade="brass")
    client.get("/")
    assert not Exposure.objects.exists()
    client.get("/cart/")
    assert Exposure.objects.count() == 1


def test_who_is_not_known_is_in_no_experiment(spring: Experiment, client: Client) -> None:
    variant(places.HOME, "New words", experiment="spring", arm="new")
    assert "New words" not in client.get("/").content.decode()
    assert not Exposure.objects.exists()
    assert not Person.objects.exists()


def test_a_stopped_experiment_shows_what_there_was(spring: Experiment, client: Client) -> None:
    variant(places.HOME, "New words", experiment="spring", arm="new")
    experiments.stop(experiment=spring)
    begun(client)
    assert "New words" not in client.get("/").content.decode()


def test_nothing_personal_is_done_for_whom_is_held_out() -> None:
    experiments.hold_out(code=GLOBAL, name="Holdout", percent=50)
    variant(places.HOME, "For you", whom="rule", rule="designs at least 1")
    for client in visitors():
        page = client.get("/").content.decode()
        arm = Exposure.objects.get(person=person_of(client)).arm
        assert ("For you" in page) == (arm == experiments.REACHED)
