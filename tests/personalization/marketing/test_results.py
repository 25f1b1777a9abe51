"""Where the marketer's room begins: what needs somebody, and what came of it all."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from configurator.catalog.models import Product
from orders.factory.figures.period import Period, latest
from orders.models import Order
from orders.promo.models import PromoCode, Promotion, Redemption
from personalization.dialogue.deadlines import deadline
from personalization.dialogue.models import Message as Said
from personalization.dialogue.models import Thread
from personalization.experiments import services as experiments
from personalization.experiments.models import Experiment, Exposure
from personalization.marketing.results import asking, pages
from personalization.marketing.results.daily import Counted, before, both, shifted
from personalization.marketing.results.figures import change
from personalization.marketing.results.pages import Facts
from personalization.messages.models import Message, Verdict
from personalization.people import consent, visitors
from personalization.people.models import Person
from project.roles import make_groups
from tests.orders import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def marketer(client: Client) -> Client:
    make_groups()
    user = User.objects.create_user("marketer", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client.force_login(user)
    return client


@pytest.fixture
def order() -> Order:
    kit.import_lamp()
    return kit.order(kit.whole_design())


def rows_of(name: str, product: str = "") -> dict[str, list[object]]:
    """The numbers of a figure of the last 30 days, by their row."""
    table = pages.figure(Facts(latest(30), product), name).table
    return {str(row[0]): list(row[1:]) for row in table.rows}


def test_orders_and_their_net_are_counted(order: Order) -> None:
    assert rows_of("orders")["Whole period"] == [1, 0]
    net = order.net.quantize(Decimal("0.01"))
    assert rows_of("revenue")["Whole period"] == [net, Decimal("0.00")]
    Order.objects.update(placed_at=timezone.now() - timedelta(days=40))
    assert rows_of("orders")["Whole period"] == [0, 1]
    Order.objects.update(state=Order.State.CANCELED)
    assert rows_of("orders")["Whole period"] == [0, 0]


def test_one_product_is_told_alone(order: Order) -> None:
    line = order.lines.get()
    slug = line.specification.release.product.slug
    assert rows_of("orders", slug)["Whole period"] == [1, 0]
    assert rows_of("orders", "another")["Whole period"] == [0, 0]
    table = rows_of("products")
    assert table[str(line.specification.release.product.name)][1:4] == [1, 0, line.quantity]


def test_codes_are_told_with_what_they_took_off(order: Order) -> None:
    promotion = Promotion.objects.create(name="Spring", kind="percent", percent=10)
    code = PromoCode.objects.create(promotion=promotion, code="SPRING")
    Redemption.objects.create(promotion=promotion, code=code, order=order)
    Order.objects.update(discounts=[{"code": "SPRING", "name": {}, "net": "7.50"}])
    assert rows_of("codes")["Spring"] == ["EUR", 1, 0, Decimal("7.50"), order.net]
    Redemption.objects.update(given_back_at=timezone.now())
    assert rows_of("codes")["Spring"][1:3] == [0, 1]


def test_messages_are_told_with_the_reasons_for_not_sending_them() -> None:
    person = Person.objects.create()
    made = Message.objects.create(key="a", person=person, purpose="marketing", channel="mail")
    for outcome, reason in (("delayed", "cap"), ("delayed", "quiet"), ("withheld", "no_consent")):
        Verdict.objects.create(message=made, outcome=outcome, reason=reason)
    assert rows_of("messages")["Whole period"] == [0, 1, 2, 0]
    assert rows_of("held-back") == {
        "They got enough lately": [0, 1, 33.3],
        "Quiet hours where they are": [0, 1, 33.3],
        "They have not allowed it": [1, 0, 33.3],
    }


def test_consents_are_told_by_purpose_and_channel() -> None:
    person = Person.objects.create()
    consent.grant(person=person, purpose="marketing", channel="mail", where="/you/")
    consent.withdraw(person=person, purpose="marketing", channel="mail", where="/you/")
    assert rows_of("consents")["News and offers"] == ["Mail", 1, 1, 0, 0]


def test_what_was_taken_of_what_others_chose_is_told(client: Client) -> None:
    kit.import_lamp()
    person = Person.objects.create()
    with visitors.acting(person):
        design = kit.started({})
        client.post(f"/d/{design.pk}/choose/", {"revision": "0", "take": "shade:glass"})
    happened = [(each.kind, each.option, each.value) for each in person.events.order_by("pk")]
    assert happened[-2:] == [("chose", "shade", "glass"), ("took", "shade", "glass")]
    assert rows_of("recommendations")["Whole period"] == [1, 0, 1, 100, 0]
    assert rows_of("recommendations", "another")["Whole period"] == [0, 0, 0, None, 0]


def test_answers_are_in_time_or_late(order: Order) -> None:
    product = order.lines.get().specification.release.product
    asked = timezone.now() - timedelta(days=10)

    def talk(state: str, answered: timedelta | None) -> None:
        due = deadline(asked) if state == "open" else None
        made = Thread.objects.create(product=product, state=state, asked_at=asked, due_at=due)
        if answered is not None:
            Said.objects.create(thread=made, ours=True, at=asked + answered)

    talk("answered", timedelta(hours=2))
    talk("answered", timedelta(days=9))
    talk("open", None)
    talk("closed", None)
    assert rows_of("questions")["Whole period"] == [4, 1, 2, 0, 33.3, 0]
    assert len(asking.waiting("")) == 1
    assert asking.waiting("another") == []


def test_the_page_tells_what_needs_somebody_today(marketer: Client, order: Order) -> None:
    page = marketer.get("/marketing/").content.decode()
    assert "Nothing. All answers are in time" in page
    assert 'aria-current="page">Results' in page
    product = order.lines.get().specification.release.product
    past = timezone.now() - timedelta(days=3)
    Thread.objects.create(product=product, asked_at=past, due_at=past, public=True)
    waiting = Message.objects.create(
        key="a", person=Person.objects.create(), purpose="marketing", channel="mail"
    )
    Verdict.objects.create(message=waiting, outcome="delayed", reason="cap")
    Promotion.objects.create(name="Spring", kind="percent", percent=10, limit=10, used=9)
    page = marketer.get("/marketing/").content.decode()
    for told in (
        "1 answer is late",
        "may be shown once you have looked at it",
        "1 message is held back",
        "“Spring” is nearly used up: 9 of 10",
    ):
        assert told in page


def test_an_experiment_out_of_order_is_told_above_all(marketer: Client) -> None:
    found = experiments.hold_out(code="holdout", name="Without", percent=50)
    assert "Without" not in marketer.get("/marketing/").content.decode()
    people = Person.objects.bulk_create(Person() for _ in range(40))
    Exposure.objects.bulk_create(
        Exposure(experiment=found, person=each, arm="reached") for each in people
    )
    assert "The arms of “Without”" in marketer.get("/marketing/").content.decode()
    Experiment.objects.update(registered={**found.registered, "window_days": 1})
    assert "The plan of “Without” was changed" in marketer.get("/marketing/").content.decode()


def test_every_figure_is_a_file_that_no_spreadsheet_runs(marketer: Client, order: Order) -> None:
    Product.objects.update(name_en="=1+1")
    for name in pages.FIGURES:
        for suffix in ("csv", "xlsx"):
            response = marketer.get(f"/marketing/results/{name}.{suffix}")
            assert response.status_code == 200
            assert "no-store" in response["Cache-Control"]
    assert "\r\n'=1+1," in marketer.get("/marketing/results/products.csv").content.decode()
    for missing in ("nothing.csv", "products.csv?product=nothing"):
        assert marketer.get(f"/marketing/results/{missing}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("from=2026-13-01", "This is no day"),
        ("from=2026-02-02&to=2026-01-01", "It ends before it begins"),
        ("from=2020-01-01&to=2026-01-01", "more than two years"),
    ],
)
def test_a_period_that_is_none_is_told_at_its_field(
    marketer: Client, asked: str, told: str
) -> None:
    response = marketer.get(f"/marketing/?{asked}")
    assert response.status_code == 422
    assert told in response.content.decode()
    assert marketer.get(f"/marketing/results/orders.csv?{asked}").status_code == 422


def test_nobody_else_reads_them(client: Client) -> None:
    assert client.get("/marketing/").status_code == 302
    client.force_login(User.objects.create_user("ana"))
    for url in ("/marketing/", "/marketing/results/orders.csv"):
        assert client.get(url).status_code == 403


def test_numbers_are_summed_by_span_and_key() -> None:
    day = date(2026, 10, 25)
    span = Period(day, day)
    found = Counted({span: {"a": 2, "b": 3}, before(span): {"a": 1, "b": 0}})
    assert (found.over(span), found.over(span, "a"), found.over(span, "c")) == (5, 2, 0)
    assert before(span) == shifted(span, 1)
    assert found.over(both(span)) == 6
    assert found.keys == ["a", "b"]


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [(12, 10, "+20 %"), (9, 10, "−10 %"), (10, 10, "±0 %"), (1, 0, "nothing before"), (0, 0, "")],
)
def test_a_change_is_told_in_percent(now: float, then: float, told: str) -> None:
    assert change(now, then).replace("\N{NO-BREAK SPACE}", " ") == told


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 22, 1, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 1, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_days_are_those_of_the_firm_also_when_clocks_change(
    settings: Any, order: Order, at: datetime, day: date
) -> None:
    settings.TIME_ZONE = "Europe/Warsaw"
    Order.objects.update(placed_at=at)
    found = pages.figure(Facts(Period(day, day)), "orders")
    assert found.table.rows[-1][1:] == (1, 0)
