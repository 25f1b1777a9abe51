"""Many buyers with one promo code at the same moment."""

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
