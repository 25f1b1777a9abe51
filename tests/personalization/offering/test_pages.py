"""Offers in the marketer's room, and on the page of whoever has them."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from configurator.catalog.models import Part, WorkCenter
from configurator.wizard.models import Design
from orders.models import Job
from orders.promo.models import Floor, PromoCode, Promotion
from personalization.offering import services
from personalization.offering.models import Grant, Offer
from personalization.people.models import Person
from tests.orders import kit
from tests.personalization.offering.kit import offer
from tests.promo.test_codes import seen_with

URL = "/marketing/offers/"
TERMS = {
    "name_en": "Welcome <b>back",
    "kind": "percent",
    "percent": "50",
    "currency": "EUR",
    "rule": "orders at least 1",
    "why_en": "Because you came back",
    "days": "14",
    "shown": "on",
    "reached": "on",
}


def made(marketer: Client, **more: str) -> Any:
    return marketer.post(f"{URL}new/", {**TERMS, **more})


def test_one_is_made_and_changed(marketer: Client) -> None:
    assert made(marketer).status_code == 302
    found = Offer.objects.get()
    assert (found.days, found.why) == (14, TERMS["why_en"])
    assert found.promotion.percent == 50
    page = marketer.get(f"{URL}{found.pk}/").text
    assert "Welcome &lt;b&gt;back" in page
    assert "50% off" in page.replace(" %", "%")
    changed = {**TERMS, "percent": "20", "ends_at": "2026-12-24T12:00"}
    assert marketer.post(f"{URL}{found.pk}/edit/", changed).status_code == 302
    assert Promotion.objects.get().percent == 20
    assert Promotion.objects.get().ends_at
    assert "Welcome" in marketer.get(URL).text
    assert 'value="2026-12-24T12:00"' in marketer.get(f"{URL}{found.pk}/edit/").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rule": "ordrs at least 1"}, "Did you mean"),
        ({"percent": ""}, "Write how many percent."),
        ({"percent": "NaN"}, "Enter a number"),
        ({"name_en": ""}, "This field is required."),
        ({"days": "0"}, "Write a number from 1 to"),
        ({"sooner": "9999"}, "Write a number from 1 to"),
        ({"ends_at": "2026-01-01T00:00", "starts_at": "2026-02-01T00:00"}, "ends before"),
        ({"currency": "€"}, "currency"),
        ({"earned_by": "nothing"}, "Select a valid choice"),
        ({"products": "99"}, "99 is not one of the available choices"),
        ({"products": "9" * 20}, "is not one of the available choices"),
        ({"limit": "9" * 20}, "Write a number from 1 to"),
        ({"minimum": "9" * 30}, "digits"),
        ({"kind": "\x00"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    marketer: Client, wrong: dict[str, str], said: str
) -> None:
    answer = made(marketer, **wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Welcome &lt;b&gt;back" in answer.text or "name_en" in wrong
    assert not Offer.objects.exists()
    assert not Promotion.objects.exists()


def test_examples_are_of_real_designs_and_tell_where_it_gives_less(
    marketer: Client, design: Design
) -> None:
    Part.objects.update(cost=40)
    WorkCenter.objects.update(hourly_cost=60)
    order = kit.order(design)
    found = offer(terms={"percent": 50})
    page = marketer.get(f"{URL}{found.pk}/").text
    assert order.number in page
    assert "as much as the price can bear" in page
    assert "€17.39" in page
    assert ">15 %<" in page  # of 113.39, at costs of 96
    assert ">0 %<" in page  # of what stays
    WorkCenter.objects.filter(code="saw").update(hourly_cost=None)
    assert "not all known" in marketer.get(f"{URL}{found.pk}/").text


def test_the_floor_is_set_for_all(marketer: Client) -> None:
    wrong = marketer.post(f"{URL}lowest/", {"margin": "100", "unknown": "20"})
    assert wrong.status_code == 422
    for margin in ("15", "20"):
        marketer.post(f"{URL}lowest/", {"margin": margin, "unknown": "20"})
    floor = Floor.objects.get()
    assert floor.product is None
    assert floor.margin == floor.unknown == 20


def test_everybody_gets_a_code_whom_it_is_for_and_who_used_it_is_told(
    marketer: Client, person: Person, design: Design
) -> None:
    for _n in range(3):
        Person.objects.create()
    found = offer(reached=False)
    for _again in range(2):
        marketer.post(f"{URL}{found.pk}/mint/")
        for job in Job.objects.filter(kind=services.MINT, state="due"):
            assert services.mint_job(job.pk)
    assert Grant.objects.count() == PromoCode.objects.count() == Person.objects.count()
    marketer.post(f"{URL}{found.pk}/codes/", {"count": "3", "start": "fair"})
    code = Grant.objects.get(person=person).code.code
    order = kit.order(design, seen_with(design, code))
    assert order.number in marketer.get(f"{URL}{found.pk}/").text
    file = marketer.get(f"{URL}{found.pk}/codes.csv")
    rows = list(csv.DictReader(file.content.decode("utf-8-sig").splitlines()))
    assert len(rows) == Person.objects.count() + 3
    assert [row["person"] for row in rows if row["used"] == "1"] == [str(person.key)]
    assert sum(row["code"].startswith("FAIR") for row in rows) == 3


def test_codes_are_made_in_several_jobs(
    marketer: Client, monkeypatch: pytest.MonkeyPatch, db: Any
) -> None:
    monkeypatch.setattr(services, "AT_ONCE", 2)
    Person.objects.bulk_create([Person() for _n in range(5)])
    found = offer(reached=False)
    services.ask_to_mint(found)
    while job := Job.objects.filter(kind=services.MINT, state="due").first():
        assert services.mint_job(job.pk)
        assert services.mint_job(job.pk) is False
    assert Grant.objects.count() == 5


def test_too_many_codes_are_refused(marketer: Client) -> None:
    found = offer()
    answer = marketer.post(f"{URL}{found.pk}/codes/", {"count": "100000"})
    assert answer.status_code == 422
    assert not PromoCode.objects.exists()


def test_it_is_turned_off_and_on(marketer: Client) -> None:
    found = offer()
    marketer.post(f"{URL}{found.pk}/turn/", {"on": "0"})
    assert not Promotion.objects.get().active
    assert '<span class="badge">off</span>' in marketer.get(URL).text
    marketer.post(f"{URL}{found.pk}/turn/", {"on": "1"})
    assert Promotion.objects.get().active


def test_ones_own_page_shows_what_one_has_and_could_have(client: Client, person: Person) -> None:
    session = client.session
    session["person"] = person.pk
    session.save()
    kept = offer("orders at most 5", why_en="Because you are new", days=7)
    hidden = [
        offer(shown=False),
        offer("orders at least 1"),
        offer(terms={"active": False}),
        offer(terms={"starts_at": timezone.now() + timedelta(days=2)}),
        offer(sooner=3),
    ]
    page = client.get("/you/").text
    assert "Because you are new" in page
    assert page.count("Get my code") == 1
    for each in hidden:
        assert client.post(f"/you/offers/{each.pk}/").status_code == 404
    assert client.post("/you/offers/999999/").status_code == 404
    assert client.post(f"/you/offers/{kept.pk}/").status_code == 302
    page = client.get("/you/").text
    assert Grant.objects.get().code.grouped in page
    assert "until" in page
    assert "Get my code" not in page
    PromoCode.objects.update(ends_at=timezone.now())
    assert Grant.objects.get().code.grouped not in client.get("/you/").text
