"""Everybody at once: asking for one person's code, using it, and taking back what earned it."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.promo.kit import promotion

EMAIL = "zofia@example.com"


def own_codes(people: int, *, guarded: bool) -> dict[str, int]:
    """How many codes one person got who asked so often at the same moment, and how many orders
    had it; of as many codes that were taken back while they were ordered with, how many are
    neither used nor void, or both."""
    from orders.models import Order
    from orders.promo.models import PromoCode
    from personalization.offering import services
    from personalization.offering.models import Offer

    person, offer = _person(), Offer.objects.create(promotion=promotion("SHARED"))
    if not guarded:
        _give_without_a_look()
    _at_once([lambda: services.code_for(person, offer) for _n in range(people)])
    given = PromoCode.objects.filter(personal=True).count()
    code = PromoCode.objects.filter(personal=True).order_by("pk")[0].code
    _at_once([_buying(code) for _n in range(people)])
    sold = Order.objects.exclude(discounts=[]).count()
    return {"given": given, "sold": sold, "torn": _torn(people) if guarded else 0}


def _torn(rounds: int) -> int:
    """Codes for a consent, each ordered with while the consent is taken back."""
    from orders.promo.models import PromoCode, Redemption
    from personalization.offering import services
    from personalization.offering.models import Offer
    from personalization.people import consent

    said: dict[str, Any] = {"purpose": "marketing", "channel": "mail", "where": "/you/"}
    torn = 0
    for number in range(rounds):
        person = _person()
        offer = Offer.objects.create(promotion=promotion(f"R{number}AA"), earned_by="marketing")
        consent.grant(person=person, **said)
        code = services.code_for(person, offer).code

        def take_back(person: Any = person) -> None:
            consent.withdraw(person=person, **said)

        _at_once([_buying(code.code), take_back])
        code = PromoCode.objects.get(pk=code.pk)
        uses = Redemption.objects.filter(code=code).count()
        torn += uses != code.used or (code.used == 1) == (code.limit == 0)
    return torn


def _person() -> Any:
    """Somebody with a proven address."""
    from personalization.people import contacts
    from personalization.people.models import Contact, Person

    Contact.objects.all().delete()  # it is one person's at a time
    made = Person.objects.create()
    contacts.note(person=made, channel="mail", address=EMAIL, proven=True)
    return made


def _buying(code: str) -> Callable[[], None]:
    """Order a new design with a code that was seen to work."""
    from configurator.catalog.models import WorkCenter
    from orders import services
    from orders.deals import Where, Wish, deal_of, promo_of
    from orders.offers import offer
    from tests.orders import kit

    WorkCenter.objects.update(stations=500)
    design = kit.whole_design()
    offered, browser = offer(design), f"browser {design.pk}"
    place = services.keep_place(offered=offered, quantity=1, browser=browser)
    assert place is not None
    applied = promo_of([Wish(offered, 1)], [code], EMAIL)
    total = deal_of([Wish(offered, 1)], Where("PL"), applied.discounts).sums.total
    shown = replace(kit.seen_now(design), total=total, ready_on=place.ready_on, codes=applied.codes)

    def buy() -> None:
        with contextlib.suppress(services.Changed):
            services.place_order(
                design_id=design.pk,
                seen=shown,
                quantity=1,
                contact=kit.CONTACT,
                language="en",
                browser=browser,
            )

    return buy


def _at_once(acts: list[Callable[[], Any]]) -> None:
    """All of them in the same moment; what one of them raises is raised."""
    from django.db import connections

    start, wrong = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    if wrong:
        raise wrong[0]


def _give_without_a_look() -> None:
    """Nobody waits for, or sees, what the others gave."""
    from django.db import connection

    from personalization.offering import services
    from personalization.offering.models import Grant

    setattr(services, "_given", lambda _whole, _offer: None)  # noqa: B010
    (constraint,) = Grant._meta.constraints
    Grant._meta.constraints = []
    with connection.schema_editor() as editor:
        editor.remove_constraint(Grant, constraint)
