"""Offers in a few words, for whoever reads them now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from orders.money import say_money
from orders.promo.models import Promotion
from orders.summary import say_day
from personalization.offering.models import Grant, Offer


def worth(promotion: Promotion) -> str:
    """What it takes off."""
    language = get_language() or "en"
    if promotion.kind == Promotion.Kind.PERCENT:
        percent = number_format((promotion.percent or 0), use_l10n=True).rstrip("0").rstrip(".,")
        return _("%(percent)s %% off") % {"percent": percent}
    amount = promotion.amount
    said = say_money(amount, promotion.currency, language) if amount is not None else ""
    if promotion.kind == Promotion.Kind.SHIPPING:
        return (
            _("up to %(amount)s of the shipping") % {"amount": said} if said else _("free shipping")
        )
    return _("%(amount)s off, without tax") % {"amount": said}


def state(promotion: Promotion) -> str:
    """Why nobody is given it now; "" if it is on."""
    now = timezone.now()
    if not promotion.active:
        return pgettext("offer", "off")
    if promotion.ends_at is not None and promotion.ends_at <= now:
        return pgettext("offer", "over")
    if promotion.limit is not None and promotion.used >= promotion.limit:
        return pgettext("offer", "used up")
    if promotion.starts_at is not None and promotion.starts_at > now:
        return pgettext("offer", "from %(day)s on") % {"day": until(promotion.starts_at)}
    return ""


@dataclass(frozen=True)
class Own:
    """An offer as whoever has it reads it; `code` is "" while they have not fetched it."""

    offer_id: int
    name: str
    worth: str
    why: str
    until: str
    code: str = ""


def own(offer: Offer, grant: Grant | None = None) -> Own:
    promotion = offer.promotion
    ends = (promotion.ends_at, grant.code.ends_at if grant else None)
    end = min((each for each in ends if each is not None), default=None)
    return Own(
        offer.pk,
        promotion.name,
        worth(promotion),
        offer.why,
        until(end),
        grant.code.grouped if grant else "",
    )


def until(end: datetime | None) -> str:
    """The last day on which it works; "" if there is none."""
    return say_day(timezone.localtime(end).date(), get_language() or "en") if end else ""
