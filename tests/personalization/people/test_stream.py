"""What somebody does in the shop is an event: first of their browser, then of their account."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client

from configurator.sharing.services import share
from configurator.wizard.models import Design
from orders import services
from orders.models import OrderEvent
from personalization.people import consent, events, joining, profiles, visitors
from personalization.people.models import Event, Fact, Join, Person
from tests.accounts.hands import design_begun, order_in, sign_up
from tests.orders import kit

pytestmark = pytest.mark.usefixtures("lamp")


def kinds(person: Person | None = None) -> list[str]:
    rows = Event.objects.all() if person is None else Event.objects.filter(person=person)
    return list(rows.values_list("kind", flat=True))


def me(client: Client) -> Person:
    return Person.objects.get(pk=client.session["person"])


def test_a_visitor_without_a_session_stays_nobody(client: Client) -> None:
    answer = client.get("/p/desk-lamp/")
    assert "sessionid" not in answer.cookies
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_a_browser_that_designs_is_somebody(client: Client) -> None:
    design = design_begun(client)
    client.get("/p/desk-lamp/")
    assert kinds(me(client)) == ["began", "chose", "viewed"]
    chose = Event.objects.get(kind="chose")
    facts = (chose.product, chose.design_id, chose.option, chose.value)
    assert facts == ("desk-lamp", design.pk, "shade", "glass")


def test_words_of_ones_own_are_not_written_down(client: Client) -> None:
    design = design_begun(client)
    data: dict[str, Any] = {"option": "engraving", "value": "Zuzanna", "revision": design.revision}
    client.post(f"/d/{design.pk}/choose/", {**data, "option": "engraved", "value": "yes"})
    design.refresh_from_db()
    data |= {"text": "Zuzanna", "revision": design.revision}
    client.post(f"/d/{design.pk}/text/", data)
    assert Event.objects.filter(option="engraving").exists()
    assert not Event.objects.filter(value__icontains="zuzanna").exists()


def test_a_blocked_value_was_asked_for(client: Client) -> None:
    design = design_begun(client)
    before = Event.objects.filter(kind="blocked").count()
    for option, value in (("height", "450"), ("dimmer", "yes"), ("shade", "linen")):
        client.get(f"/d/{design.pk}/ask/", {"option": option, "value": value})
    told = Event.objects.filter(kind="blocked")
    assert told.count() == before + sum(1 for each in told if each.design_id == design.pk)


def test_an_order_and_what_becomes_of_it_is_its_customers(client: Client) -> None:
    design_begun(client)
    order = order_in(client)
    assert kinds(me(client)).count("ordered") == 1
    placed = Event.objects.get(kind="ordered")
    assert (placed.amount, placed.currency, placed.country) == (order.total, "EUR", "PL")
    services.record(order_id=order.pk, kind=OrderEvent.Kind.CANCELED)
    assert Event.objects.get(kind="canceled").person == me(client)
    facts = profiles.facts_of(me(client))
    assert facts["orders"].value == 0
    assert facts["spent"].value == 0
    assert facts["country"].value == "PL"


def test_what_is_rolled_back_never_happened(client: Client) -> None:
    person = Person.objects.create()
    with visitors.acting(person), transaction.atomic():
        kit.started({"shade": "glass"})
        assert kinds(person)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


def test_a_shared_design(client: Client) -> None:
    person = Person.objects.create()
    design = kit.whole_design()
    with visitors.acting(person):
        share(design=design)
        share(design=design)
    assert kinds(person) == ["shared"]


def test_signing_up_joins_what_the_browser_did(client: Client) -> None:
    design_begun(client)
    browser = me(client)
    sign_up(client)
    account = Person.objects.get(user=User.objects.get())
    browser.refresh_from_db()
    assert browser.into == account
    assert me(client) == account
    design_begun(client)
    assert kinds(browser) == ["began", "chose"]
    assert kinds(account) == ["began", "chose"]
    assert profiles.facts_of(account)["choices"].value == 2


def test_a_join_can_be_taken_back(client: Client) -> None:
    design_begun(client)
    browser = me(client)
    sign_up(client)
    account = Person.objects.get(user__isnull=False)
    design_begun(client)
    joining.part(Join.objects.get())
    browser.refresh_from_db()
    assert browser.into is None
    assert profiles.facts_of(browser)["choices"].value == 1
    assert profiles.facts_of(account)["choices"].value == 1


def test_two_accounts_are_never_one(client: Client) -> None:
    one, other = (
        Person.objects.create(user=User.objects.create_user(name)) for name in ("one", "other")
    )
    assert joining.join(person=one, into=other, why="test") is None
    assert not Join.objects.exists()


def test_chains_of_joins_end_at_the_account() -> None:
    user = User.objects.create_user("ana")
    first, second, third = (Person.objects.create() for _n in range(3))
    account = Person.objects.create(user=user)
    joining.join(person=first, into=second, why="test")
    joining.join(person=third, into=second, why="test")
    last = joining.join(person=second, into=account, why="test")
    wholes = Person.objects.order_by("pk").values_list("into", flat=True)
    assert list(wholes) == [account.pk, account.pk, account.pk, None]
    assert last is not None
    joining.part(last)
    wholes = Person.objects.order_by("pk").values_list("into", flat=True)
    assert list(wholes) == [second.pk, None, second.pk, None]


@pytest.mark.parametrize("whose", ["browser", "account"])
def test_who_objects_does_so_in_all_browsers_that_turn_out_to_be_theirs(whose: str) -> None:
    before, browser = Person.objects.create(), Person.objects.create()
    account = Person.objects.create(user=User.objects.create_user("ana"))
    joining.join(person=before, into=account, why="test")
    objects = {"browser": browser, "account": account}[whose]
    consent.withdraw(person=objects, purpose="personalization", channel="site", where="/you/")
    joining.join(person=browser, into=account, why="test")
    for person in (before, browser, account):
        assert events.append(person=person, kind="viewed", product="desk-lamp") is None
    account.refresh_from_db()
    consent.grant(person=account, purpose="personalization", channel="site", where="/you/")
    for person in (before, browser, account):
        assert events.append(person=person, kind="viewed", product="desk-lamp")


def test_joined_while_they_are_folded_they_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    browser, account = Person.objects.create(), Person.objects.create()
    for person in (browser, account):
        events.append(person=person, kind="viewed", product="desk-lamp")
    fold = profiles._refold

    def joined_first(*asked: Any) -> None:
        joining.join(person=browser, into=account, why="test")
        fold(*asked)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(profiles, "_refold", joined_first)
        profiles.refresh(account)
        profiles.refresh(browser)
    assert profiles.facts_of(account)["views"].number == 2
    assert not Fact.objects.filter(person=browser).exists()


@pytest.mark.parametrize("grouped", [True, False])
def test_people_of_the_firm_are_nobodys_customers(client: Client, grouped: bool) -> None:
    user = User.objects.create_user("lead", is_staff=not grouped)
    if grouped:
        user.groups.add(Group.objects.create(name="factory operator"))
    client.force_login(user)
    design_begun(client)
    assert not Event.objects.exists()
    assert not Person.objects.exists()


def test_a_browser_that_objects_is_not_written_down(client: Client) -> None:
    quiet: Any = Client(headers={"Sec-GPC": "1"})
    design_begun(quiet)
    assert Design.objects.exists()
    assert not Event.objects.exists()
