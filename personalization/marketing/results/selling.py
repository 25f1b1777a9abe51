"""Figures about orders: how many, for how much, of what, and with which codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Aggregate, Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from configurator.catalog.models import Product
from orders.factory.figures import charts
from orders.factory.figures.charts import Kind
from orders.factory.figures.period import Period
from orders.factory.figures.writing import plain
from orders.factory.figures.writing import told as spoken
from orders.models import Order, OrderLine
from orders.promo.models import Promotion, Redemption
from orders.tables import Cell
from personalization.marketing.results import figures
from personalization.marketing.results.daily import (
    Counted,
    Numbers,
    before,
    both,
    counted,
    how_many,
    shifted,
    told,
    within,
)
from personalization.marketing.results.figures import Figure, Table, change, money, whole_money
from personalization.marketing.results.sales import PRODUCT, UNCOUNTED, Part, Sales

MOST_BARS = 10
ORDERS, NET = "orders ", "net "


@dataclass(frozen=True)
class Sold:
    """Orders and their net by currency; of one product alone, its lines' net."""

    orders: Counted
    net: Counted

    def currency(self, span: Period) -> str:
        """The one of most orders in the span, or ever."""
        found = self.orders.keys
        return max(found, key=lambda code: (self.orders.over(span, code), code), default="EUR")


def sold(period: Period) -> Sold:
    """What was ordered in the period and in the one before."""
    rows = Order.objects.exclude(state__in=UNCOUNTED)
    codes = within(rows, "placed_at", both(period)).order_by().values_list("currency", flat=True)
    sums: dict[str, Aggregate] = {}
    for code in codes.distinct():
        sums[f"{ORDERS}{code}"] = Count("placed_at", filter=Q(currency=code))
        sums[f"{NET}{code}"] = Sum("net", filter=Q(currency=code))
    found = counted(rows, "placed_at", told(period), sums)
    return Sold(found.part(ORDERS), found.part(NET))


def sold_of(period: Period, sales: Sales, product: str) -> Sold:
    """The same of one product."""
    pk = Product.objects.values_list("pk", flat=True).filter(slug=product).first()
    orders: dict[Period, Numbers] = {}
    net: dict[Period, Numbers] = {}
    for span in told(period):
        mine = {code: part for (of, code), part in sales.parts(span).items() if of == pk}
        orders[span] = {code: part.orders for code, part in mine.items()}
        net[span] = {code: float(part.net) for code, part in mine.items()}
    return Sold(Counted(orders), Counted(net))


def orders(period: Period, spans: Sequence[Period], found: Sold) -> Figure:
    title, earlier = _("Orders"), before(period)
    now, then = found.orders.over(period), found.orders.over(earlier)

    def cells(span: Period) -> tuple[Cell, ...]:
        past = shifted(span, period.days)
        return int(found.orders.over(span)), int(found.orders.over(past))

    return Figure(
        name="orders",
        title=title,
        definition=_("Orders placed; canceled ones and those that wait for payment don’t count."),
        value=plain(now),
        change=change(now, then),
        note=_("before: %(count)s") % {"count": plain(then)},
        empty=not (now or then),
        table=figures.by_span(spans, period, (_("Orders"), _("Before")), cells),
        columns=figures.over_time("orders", title, spans, period.days, found.orders.over),
    )


def revenue(period: Period, spans: Sequence[Period], found: Sold, product: str) -> Figure:
    title, earlier, currency = _("Revenue"), before(period), found.currency(period)
    now, then = found.net.over(period, currency), found.net.over(earlier, currency)
    count = found.orders.over(period, currency)
    others = [code for code in found.orders.keys if code != currency]
    more = [money(found.net.over(period, c), c) for c in others if found.net.over(period, c)]
    mean = _("%(amount)s an order") % {"amount": money(now / count, currency)} if count else ""

    def cells(span: Period) -> tuple[Cell, ...]:
        past = shifted(span, period.days)
        mine = (figures.amount(found.net.over(each, currency)) for each in (span, past))
        return (*mine, *(figures.amount(found.net.over(span, code)) for code in others))

    return Figure(
        name="revenue",
        title=title,
        definition=_("Net of the product’s lines in these orders, before promo codes.")
        if product
        else _("Net of these orders: without tax, with shipping, after promo codes."),
        value=whole_money(now, currency),
        change=change(now, then),
        note=" · ".join(filter(None, [mean, *more])),
        empty=not any(found.net.over(each) for each in (period, earlier)),
        table=figures.by_span(
            spans,
            period,
            (
                _("%(currency)s, net") % {"currency": currency},
                _("%(currency)s before") % {"currency": currency},
                *(_("%(currency)s, net") % {"currency": code} for code in others),
            ),
            cells,
        ),
        columns=figures.over_time(
            "revenue",
            title,
            spans,
            period.days,
            lambda span: found.net.over(span, currency),
            lambda value: whole_money(value, currency),
        ),
    )


def products(period: Period, sales: Sales) -> Figure:
    now, then = sales.parts(period), sales.parts(before(period))
    names = {each.pk: each.name for each in Product.objects.all()}
    order = sorted({*now, *then}, key=lambda key: _place(now.get(key), names.get(key[0], "")))
    none = Part()
    rows: list[Sequence[Cell]] = [
        (
            names.get(pk, "–"),
            currency,
            *_cells(now.get((pk, currency), none), then.get((pk, currency), none)),
        )
        for pk, currency in order
    ]
    kinds = [
        Kind(
            names.get(pk, "–"),
            float(part.net),
            0,
            f"{whole_money(float(part.net), currency)} · {plain(part.orders)}",
        )
        for pk, currency in order[:MOST_BARS]
        if (part := now.get((pk, currency), none)).orders
    ]
    title = _("By product")
    return Figure(
        name="products",
        title=title,
        definition=_("Net of each product’s lines, before promo codes; and in how many orders."),
        value="",
        change="",
        note="",
        empty=not kinds,
        table=Table(
            (
                *(_("Product"), _("Currency"), _("Orders"), _("Before"), _("Pieces")),
                *(_("Net"), _("Net before")),
            ),
            rows,
            texts=2,
        ),
        bars=charts.bars(
            "products",
            title,
            spoken([(kind.label, kind.value) for kind in kinds]),
            kinds,
            first=_("net · orders"),
        ),
    )


def _place(part: Part | None, name: str) -> tuple[Decimal, str]:
    return (-part.net if part else Decimal(0), name)


def _cells(now: Part, then: Part) -> tuple[Cell, ...]:
    return now.orders, then.orders, now.pieces, now.net, then.net


def codes(period: Period, spans: Sequence[Period], product: str) -> Figure:
    """Promo codes and offers that were redeemed."""
    rows = Redemption.objects.exclude(order__state=Order.State.AWAITING)
    if product:
        lines = OrderLine.objects.filter(**{f"{PRODUCT}__slug": product})
        rows = rows.filter(order__in=lines.values("order"))
    used = how_many(rows.filter(given_back_at=None), "at", told(period))
    now, then = used.over(period), used.over(before(period))
    title = _("Codes redeemed")
    return Figure(
        name="codes",
        title=title,
        definition=_("Promo codes of offers and promotions in orders that stand."),
        value=plain(now),
        change=change(now, then),
        note=_("before: %(count)s") % {"count": plain(then)},
        empty=not (now or then),
        table=_promotions(within(rows, "at", period)),
        columns=figures.over_time("codes", title, spans, period.days, used.over),
    )


def _promotions(rows: QuerySet[Redemption]) -> Table:
    stood = Q(given_back_at=None)
    counted = rows.order_by().values_list("promotion", "order__currency")
    found = counted.annotate(
        n=Count("pk", filter=stood),
        back=Count("pk", filter=~stood),
        net=Sum("order__net", filter=stood),
    )
    off = _taken_off(rows.filter(stood))
    names = Promotion.objects.in_bulk([each[0] for each in found])
    header = (
        *(_("Promotion"), _("Currency"), _("Redeemed"), _("Given back")),
        *(_("Taken off, net"), _("Net of the orders")),
    )
    lines: list[Sequence[Cell]] = [
        (names[pk].name, currency, n, back, off.get((names[pk].pk, currency), Decimal(0)), net or 0)
        for pk, currency, n, back, net in sorted(found, key=lambda each: (-each[2], each[0]))
    ]
    return Table(header, lines, texts=2)


def _taken_off(rows: QuerySet[Redemption]) -> dict[tuple[int, str], Decimal]:
    """What the orders had taken off by each promotion's code."""
    found: dict[tuple[int, str], Decimal] = {}
    values = rows.order_by().values_list(
        "promotion", "order__currency", "code__code", "order__discounts"
    )
    for promotion, currency, code, discounts in values.iterator(2_000):
        for each in discounts:
            if each.get("code") == code:
                key = (promotion, currency)
                found[key] = found.get(key, Decimal(0)) + abs(Decimal(str(each["net"])))
    return found
