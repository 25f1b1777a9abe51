"""Many buyers at the same moment: with one promo code, or with one quote."""

import threading
from dataclasses import replace
from typing import Any

from tests.promo.kit import promotion


def buy_together(limit: int, buyers: int, *, guarded: bool) -> dict[str, int]:
    """How often the code went, and how many were asked again; all have seen that it works."""
    from configurator.catalog.models import WorkCenter
    from orders.models import Order
    from orders.promo.models import Promotion

    WorkCenter.objects.update(stations=500)
    promotion("SPRING", limit=limit)
    if not guarded:
        _take_without_a_look()
    asked = _order_together(buyers)
    return {
        "sold": Order.objects.exclude(discounts=[]).count(),
        "used": Promotion.objects.get().used,
        "asked": asked,
    }


def _order_together(buyers: int) -> int:
    from django.db import connections

    from orders import services
    from orders.deals import Where, Wish, deal_of, promo_of
    from orders.offers import offer
    from tests.orders import kit

    start, asked = threading.Barrier(buyers), []
    designs = [kit.whole_design() for _buyer in range(buyers)]

    def buy(number: int) -> None:
        design = designs[number]
        offered = offer(design)
        place = services.keep_place(offered=offered, quantity=1, browser=f"browser {number}")
        assert place is not None
        applied = promo_of([Wish(offered, 1)], ["SPRING"])
        total = deal_of([Wish(offered, 1)], Where("PL"), applied.discounts).sums.total
        shown = replace(kit.seen_now(design), total=total, ready_on=place.ready_on)
        start.wait()
        try:
            services.place_order(
                design_id=design.pk,
                seen=replace(shown, codes=applied.codes),
                quantity=1,
                contact=kit.CONTACT,
                language="en",
                browser=f"browser {number}",
            )
        except services.Changed:
            asked.append(number)
        connections.close_all()

    crowd = [threading.Thread(target=buy, args=(n,)) for n in range(buyers)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return len(asked)


def _take_without_a_look() -> None:
    """No buyer sees what the others took, and nothing stops the counter."""
    from django.db import connection
    from django.db.models import F

    from orders.promo import applying, redeeming
    from orders.promo.models import PromoCode, Promotion

    def take(row: Any) -> None:
        row.update(used=F("used") + 1)

    setattr(redeeming, "take", take)  # noqa: B010
    setattr(applying, "_left", lambda _row: "")  # noqa: B010
    for model in (Promotion, PromoCode):
        constraints, model._meta.constraints = model._meta.constraints, []
        with connection.schema_editor() as editor:
            for constraint in constraints:
                editor.remove_constraint(model, constraint)


def accept_together(people: int, *, guarded: bool) -> dict[str, int]:
    """How many orders come of one quote, and how many of those who accepted it had one of them."""
    from configurator.catalog.models import WorkCenter
    from orders.models import Order, OrderLine
    from orders.quotes import accepting
    from tests.orders import kit

    WorkCenter.objects.update(stations=500)
    quote = _quote()
    if not guarded:
        _accept_without_a_look(OrderLine)
    start, answers = threading.Barrier(people), []

    def accept(number: int) -> None:
        from django.db import connections

        browser = f"browser {number}"
        days = accepting.offered(quote, browser).days
        start.wait()
        order = accepting.accept(
            quote=quote, days=days, accepted_terms="2026-11", browser=browser, paying="invoice"
        )
        answers.append(order.number)
        connections.close_all()

    crowd = [threading.Thread(target=accept, args=(n,)) for n in range(people)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    orders = Order.objects.filter(email=kit.CONTACT.email, number__in=answers).count()
    return {"orders": orders, "all": Order.objects.count(), "answered": len(answers)}


def _quote() -> Any:
    from datetime import date

    from orders.quotes.making import Wanted, make_quote
    from tests.orders import kit

    return make_quote(
        wanted=[Wanted(kit.whole_design(), 1)],
        contact=kit.CONTACT,
        language="en",
        shipping="",
        ready_on=date(2026, 12, 24),
    )


def _accept_without_a_look(lines: Any) -> None:
    """Nobody waits for, or sees, what the others ordered."""
    from django.db import connection

    from orders import placing
    from orders.quotes import accepting

    setattr(accepting, "_hold", lambda quote: quote)  # noqa: B010
    setattr(placing, "_earlier", lambda *_asked: None)  # noqa: B010
    setattr(placing, "_ordered", lambda _line: False)  # noqa: B010
    constraints = lines._meta.constraints
    once = next(each for each in constraints if each.name == "one_order_a_design_revision")
    lines._meta.constraints = [each for each in constraints if each is not once]
    with connection.schema_editor() as editor:
        editor.remove_constraint(lines, once)
