"""What codes take off now, and in kind words why one does not, or takes off less.

No code brings a line below what it can bear, nor do several together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.money import say_money
from orders.promo import personal
from orders.promo.models import PromoCode, Promotion, Redemption
from orders.promo.personal import Goods
from orders.selling.sums import CENT, NOTHING, Discount
from orders.summary import say_day

ALL = Decimal(10**9)  # more than any shipping costs


__all__ = ["Applied", "Goods", "Told", "apply", "rows_of", "spent", "used_by", "worth"]


@dataclass(frozen=True)
class Told:
    """A code that was written; `why` it does not work, "" if it does; `less` if it takes off less
    than it says."""

    code: str
    why: str = ""
    name: str = ""
    less: str = ""


@dataclass(frozen=True)
class Applied:
    """What codes came to; `codes` are those that work."""

    discounts: tuple[Discount, ...] = ()
    told: tuple[Told, ...] = ()
    rows: tuple[PromoCode, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(row.code for row in self.rows)


NONE = Applied()


def apply(
    codes: Sequence[str], goods: Sequence[Goods], currency: str, *, email: str = "", locale: str
) -> Applied:
    """What these take off these goods. Whose email is not said yet is told later, if it matters."""
    if not codes:
        return NONE
    known = {row.code: row for row in rows_of(codes)}
    works: list[PromoCode] = []
    discounts: list[Discount] = []
    told: list[Told] = []
    left = Left(goods)
    for code in codes:
        row = known.get(code)
        why = _refused(row, works, goods, currency, email, locale)
        if row is None or why:
            told.append(Told(code, why))
            continue
        full = left.full(row.promotion)
        shares = left.spread(row.promotion, full)
        off = sum(shares, NOTHING)
        if full and not off:
            told.append(Told(code, _("At this price, nothing more can be taken off.")))
            continue
        works.append(row)
        discounts.append(_discount(row, shares))
        less = _less(off, currency, locale) if off < full else ""
        told.append(Told(code, "", row.promotion.name, less))
    return Applied(tuple(discounts), tuple(told), tuple(works))


def _less(off: Decimal, currency: str, locale: str) -> str:
    said = say_money(off, currency, locale)
    return _("It takes off %(amount)s: so much the price can bear.") % {"amount": said}


class Left:
    """What can still be taken off each line."""

    def __init__(self, goods: Sequence[Goods]) -> None:
        self.goods = goods
        self.left = [g.net if g.bearable is None else min(g.net, g.bearable) for g in goods]

    def full(self, promotion: Promotion) -> Decimal:
        """What a promotion says, whatever can be borne; nothing if it is of the shipping."""
        if promotion.kind == Promotion.Kind.SHIPPING:
            return NOTHING
        eligible = _eligible(promotion, self.goods)
        if promotion.kind == Promotion.Kind.PERCENT:
            share = eligible * (promotion.percent or NOTHING) / 100
            return share.quantize(CENT, ROUND_HALF_UP)
        return min(promotion.amount or NOTHING, eligible)

    def take(self, promotion: Promotion, full: Decimal) -> Decimal:
        """What it really takes off."""
        return sum(self.spread(promotion, full), NOTHING)

    def spread(self, promotion: Promotion, full: Decimal) -> list[Decimal]:
        """What it really takes off each line: its share, as far as that can be borne."""
        only = _only(promotion)
        places = [n for n, g in enumerate(self.goods) if not only or g.product_id in only]
        off, worth, rounded = [NOTHING] * len(self.goods), NOTHING, NOTHING
        for place in places:
            share = full - sum(off, NOTHING)
            if promotion.kind == Promotion.Kind.PERCENT:
                worth += self.goods[place].net * (promotion.percent or NOTHING) / 100
                share = worth.quantize(CENT, ROUND_HALF_UP) - rounded
                rounded += share
            share = min(share, self.left[place])
            self.left[place] -= share
            off[place] = share
        return off


def worth(promotion: Promotion, goods: Sequence[Goods]) -> tuple[Decimal, Decimal]:
    """What it says that it takes off these goods, and what it does, alone."""
    left = Left(goods)
    full = left.full(promotion)
    return full, left.take(promotion, full)


def _refused(
    row: PromoCode | None,
    others: Sequence[PromoCode],
    goods: Sequence[Goods],
    currency: str,
    email: str,
    locale: str,
) -> str:
    """Why it does not work; "" if it does."""
    if row is None or not row.promotion.active:
        return personal.unknown()
    promotion = row.promotion
    checks: tuple[Callable[[], str], ...] = (
        lambda: personal.refused(personal.Asking(row, email, goods)),
        lambda: _timely(row, locale),
        lambda: _left(row),
        lambda: _fitting(promotion, goods, currency, locale),
        lambda: _alone(promotion, others),
        lambda: _first_time(promotion, email),
    )
    return next((why for check in checks if (why := check())), "")


def _timely(row: PromoCode, locale: str) -> str:
    promotion, now = row.promotion, timezone.now()
    if row.ends_at and now >= row.ends_at:
        return _("This code has ended.")
    if promotion.starts_at and now < promotion.starts_at:
        day = timezone.localtime(promotion.starts_at).date()
        return _("This code works from %(day)s on.") % {"day": say_day(day, locale)}
    if promotion.ends_at and now >= promotion.ends_at:
        return _("This code has ended.")
    return ""


def _left(row: PromoCode) -> str:
    if row.limit == 0:
        return _("This code works no more: what it was given for was taken back.")
    if row.limit is not None and row.used >= row.limit:
        return _("This code has been used already.")
    if row.promotion.limit is not None and row.promotion.used >= row.promotion.limit:
        return _("This code has been used as often as it could be.")
    return ""


def _fitting(promotion: Promotion, goods: Sequence[Goods], currency: str, locale: str) -> str:
    money = promotion.kind != Promotion.Kind.PERCENT and promotion.amount is not None
    if (money or promotion.minimum is not None) and promotion.currency != currency:
        return _("This code is for another currency.")
    eligible = _eligible(promotion, goods)
    if not eligible:
        return _("This code is for other products.")
    if promotion.minimum is not None and eligible < promotion.minimum:
        said = say_money(promotion.minimum, currency, locale)
        return _("This code works from %(amount)s on, without tax.") % {"amount": said}
    return ""


def _alone(promotion: Promotion, others: Sequence[PromoCode]) -> str:
    if any(other.promotion_id == promotion.pk for other in others):
        return _("Another code of the same kind works already.")
    if promotion.group and any(o.promotion.group == promotion.group for o in others):
        return _("Another code of the same kind works already.")
    if others and not (promotion.stackable and all(o.promotion.stackable for o in others)):
        return _("This code can’t be used together with the other one.")
    return ""


def _first_time(promotion: Promotion, email: str) -> str:
    if promotion.once_per_person and email and used_by(promotion, email):
        return _("You have used this code already.")
    return ""


def rows_of(codes: Sequence[str]) -> tuple[PromoCode, ...]:
    """These codes, in this order, as far as they are there."""
    rows = PromoCode.objects.filter(code__in=codes).select_related("promotion")
    known = {row.code: row for row in rows}
    return tuple(known[code] for code in codes if code in known)


def spent(codes: Sequence[str], email: str) -> dict[str, str]:
    """Of codes that were quoted to somebody, those that are gone since, and why. What was promised
    holds beyond the end of a promotion, but not more often than it may be used."""
    known = {row.code: row for row in rows_of(codes)}
    found = {}
    for code in codes:
        row = known.get(code)
        if row is None or not row.promotion.active:
            found[code] = _("This code has ended.")
        elif why := _left(row) or _first_time(row.promotion, email):
            found[code] = why
    return found


def used_by(promotion: Promotion, email: str) -> bool:
    """Whether it stands in an order of this person."""
    standing = Redemption.objects.filter(promotion=promotion, given_back_at=None)
    return standing.filter(order__email__iexact=email.strip()).exists()


def _eligible(promotion: Promotion, goods: Sequence[Goods]) -> Decimal:
    """The worth of the goods that it is for."""
    only = _only(promotion)
    return sum((g.net for g in goods if not only or g.product_id in only), NOTHING)


def _only(promotion: Promotion) -> set[int]:
    """The products that it is for; none: all of them."""
    return set(promotion.products.values_list("pk", flat=True))


def _discount(row: PromoCode, shares: Sequence[Decimal]) -> Discount:
    promotion, name = row.promotion, _names(row.promotion)
    if promotion.kind == Promotion.Kind.SHIPPING:
        most = ALL if promotion.amount is None else promotion.amount
        return Discount(most, row.code, name, of_shipping=True)
    percent = promotion.percent if promotion.kind == Promotion.Kind.PERCENT else None
    off = sum(shares, NOTHING)
    return Discount(off, row.code, name, shares=tuple(shares), percent=percent)


def _names(promotion: Promotion) -> Mapping[str, str]:
    names = {code: getattr(promotion, f"name_{code}") or "" for code, _n in settings.LANGUAGES}
    return {code: name for code, name in names.items() if name}
