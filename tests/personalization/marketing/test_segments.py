"""Segments are written, counted meanwhile, kept and deleted; bad rules are told at the field."""

import pytest
from django.test import Client

from orders.models import Job
from personalization.people import events
from personalization.people.models import Person
from personalization.segments import services
from personalization.segments.models import Segment, Trained
from tests.personalization.marketing.test_people import marketer, person

__all__ = ["marketer", "person"]
pytestmark = pytest.mark.django_db
NEW = {"name": "Lookers", "slug": "lookers", "kind": "rule", "rule": "views >= 1"}


def test_a_segment_is_kept_and_counted(marketer: Client, person: Person) -> None:
    answer = marketer.post("/marketing/segments/new/", NEW, follow=True)
    assert "Views at least 1." in answer.content.decode()
    job = Job.objects.get(kind=services.REFRESH)
    assert services.refresh_job(job.pk)
    assert [each.person for each in Segment.objects.get().members.all()] == [person]
    assert Job.objects.filter(kind=services.REFRESH, state="due").count() == 1
    page = marketer.get("/marketing/segments/lookers/").content.decode()
    assert str(person) in page
    marketer.post("/marketing/segments/lookers/remove/")
    assert not Segment.objects.exists()


def test_it_is_counted_while_it_is_written(marketer: Client, person: Person) -> None:
    events.append(person=Person.objects.create(), kind="shared")
    part = marketer.post("/marketing/segments/count/", {"rule": "views >= 1"}).content.decode()
    assert ">1</strong>" in part
    assert "of 2 people (50.0" in part
    part = marketer.post("/marketing/segments/count/", {"rule": "view >= 1"}).content.decode()
    assert "Did you mean “views”?" in part


def test_without_scripts_a_button_counts(marketer: Client, person: Person) -> None:
    answer = marketer.post("/marketing/segments/new/", {**NEW, "count": "1"})
    assert answer.status_code == 200
    assert ">1</strong>" in answer.content.decode()
    assert not Segment.objects.exists()


@pytest.mark.parametrize(
    ("rule", "told"), [("view >= 1", "Did you mean"), ("", "empty"), ("x" * 3_000, "2000")]
)
def test_a_bad_rule_is_told_at_its_field(marketer: Client, rule: str, told: str) -> None:
    answer = marketer.post("/marketing/segments/new/", {**NEW, "rule": rule})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Segment.objects.exists()


@pytest.mark.parametrize("slug", ["new", "count"])
def test_no_segment_is_called_as_a_page_is(marketer: Client, slug: str) -> None:
    answer = marketer.post("/marketing/segments/new/", {**NEW, "slug": slug})
    assert answer.status_code == 422
    assert "taken by a page" in answer.content.decode()


def test_calibration_is_drawn_and_told(marketer: Client) -> None:
    scores = {"people": 9, "auc": 0.8, "loss": 0.2, "base_loss": 0.4}
    row = {"told": 0.125, "true": 0.25, "people": 9}
    Trained.objects.create(name="likely_to_order", scores=scores, calibration=[row])
    page = marketer.get("/marketing/segments/").content.decode()
    for told in ("Likely to order", "12.5", "25.0", 'cx="65.0" cy="170.0"', "0.80"):
        assert told in page


def test_a_list_takes_keys(marketer: Client, person: Person) -> None:
    marketer.post("/marketing/segments/new/", {**NEW, "kind": "list", "rule": ""})
    keys = f"{str(person.key)[:8]}, nonsense"
    page = marketer.post("/marketing/segments/lookers/people/", {"keys": keys}, follow=True)
    assert "Not found: 1." in page.content.decode()
    assert Segment.objects.get().members.get().person == person
