"""The words of a step, found when it is due: price, day, picture and code as they are then."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog.queries import NoLiveRelease, live_release
from configurator.catalog.texts import say
from configurator.shops.embedding import public
from orders.mailing import letter, paragraphs_of
from orders.models import OrderLine
from orders.papers import words
from orders.promo.batches import make_codes
from orders.promo.models import Promotion
from orders.promo.writing import MADE
from personalization.journeys.asking import CALLED_OFF, COMPOSER
from personalization.journeys.designs import Seen, money_words, seen
from personalization.journeys.filling import fill
from personalization.journeys.models import Grant, Journey, Place, Version
from personalization.journeys.plan import Plan, Step
from personalization.messages.composing import Words
from personalization.messages.models import Message
from personalization.people.purposes import Channel

__all__ = ["COMPOSER", "compose"]
TRIED = "CODE123456"
"""The code that a trial shows; it opens nothing."""


def compose(message: Message, address: str) -> Words | None:
    """The words of a journey's message now; None: there is nothing to say any more."""
    place = (
        Place.objects.select_related("person", "design", "order", "journey")
        .filter(pk=message.data.get("place"))
        .first()
    )
    version = Version.objects.filter(pk=message.data.get("version")).first()
    step = Plan.from_json(version.plan).step(message.data["step"]) if version else None
    if place is None or step is None or _is_over(place) or _is_ordered(place):
        return None
    return words_of(step, place, address, message.key)


def _is_over(place: Place) -> bool:
    return place.state in CALLED_OFF or place.journey.state == Journey.State.STOPPED


def _is_ordered(place: Place) -> bool:
    """What is written about a design in the making is not said of one that is ordered."""
    if place.design_id is None:
        return False
    lines = OrderLine.objects.filter(design=place.design_id, order__placed_at__gte=place.entered_at)
    return lines.exclude(order__state="canceled").exists()


def words_of(
    step: Step, place: Place, address: str, key: str, *, trial: bool = False
) -> Words | None:
    """What a step says to who is at a place. A trial leaves nothing behind: its code is none."""
    language = get_language() or "en"
    text = text_in(step.texts, language)
    design = seen(place.design) if place.design else None
    if place.design is not None and design is None:
        return None
    code = _code(step, place, language, trial)
    values = {**_values(place, design, language), **code}
    body, subject = fill(text.get("text", ""), values), fill(text.get("subject", ""), values)
    if not body:
        return None
    facts: dict[str, object] = {
        name: values[name] for name in ("price", "ready", "code") if values.get(name)
    }
    if step.channel != Channel.MAIL:
        return Words(text=body, subject=subject, url=values["link"], facts=facts)
    shown = [design.shown()] if design and step.picture else []
    mail = letter(
        "journey",
        text="personalization/journeys/mail.txt",
        to=address,
        subject=subject.replace("\n", " "),
        key=key.replace(":", "."),
        shown=shown,
        body=body,
        paragraphs=paragraphs_of(body),
        link=values["link"],
        button=_button(place),
    )
    return Words(text=body, subject=subject, url=values["link"], letter=mail, facts=facts)


def text_in(texts: Mapping[str, dict[str, str]], language: str) -> dict[str, str]:
    """In the reader's language, else in English, else in any that there is."""
    for each in (language, language.partition("-")[0], settings.LANGUAGE_CODE, *texts):
        if texts.get(each, {}).get("text", "").strip():
            return texts[each]
    return {}


def _values(place: Place, design: Seen | None, language: str) -> dict[str, str]:
    told = place.told
    found = {
        "firm": settings.FIRM_NAME,
        "product": _product(told.get("product", ""), design, language),
        "link": _link(place),
        "order": place.order.number if place.order else "",
        "days": str(told["days"]) if "days" in told else "",
    }
    if design is not None:
        found |= {
            "design": design.title(language),
            "price": design.price_words(language),
            "ready": design.ready_words(language),
            "before": money_words(told.get("before"), design.product, language),
        }
    return found


def _product(slug: str, design: Seen | None, language: str) -> str:
    if design is not None:
        return say(design.product.name, language)
    try:
        return say(live_release(slug).name, language) if slug else ""
    except NoLiveRelease:
        return ""


def _link(place: Place) -> str:
    if place.design_id:
        return public(reverse("wizard:design", args=[place.design_id]))
    if place.order is not None:
        return public(reverse("orders:order", args=[place.order.token]))
    return public("/")


def _button(place: Place) -> str:
    if place.design_id:
        return _("Go on with your design")
    return _("See your order") if place.order_id else _("Look around")


# Codes


@dataclass(frozen=True)
class Coupon:
    """A code of somebody's own, and what it takes off."""

    code: str
    promotion: Promotion


def code_for(place: Place, promotion: Promotion) -> Coupon:
    """The code of a promotion that is this person's: one a place, however often it is asked."""
    with transaction.atomic():
        Place.objects.select_for_update().get(pk=place.pk)
        grant = Grant.objects.filter(place=place, promotion=promotion).first()
        if grant is None:
            code = make_codes(promotion=promotion, count=1)[0]
            grant = Grant.objects.create(place=place, promotion=promotion, code=code)
    return Coupon(grant.code.code, promotion)


def _code(step: Step, place: Place, language: str, trial: bool) -> dict[str, str]:
    """The fields of a code; none where the promotion is over."""
    promotion = Promotion.objects.filter(pk=step.promotion).first() if step.promotion else None
    if promotion is None or not holds(promotion):
        return {}
    coupon = Coupon(TRIED, promotion) if trial else code_for(place, promotion)
    end = promotion.ends_at
    return {
        "code": spaced(coupon.code),
        "worth": worth(promotion, language),
        "until": words.short_date(timezone.localtime(end).date(), language) if end else "",
    }


def spaced(code: str) -> str:
    """In two halves, for reading and typing; hyphens don't count."""
    return f"{code[:5]}-{code[5:]}" if len(code) == MADE else code


def holds(promotion: Promotion) -> bool:
    """Whether its codes can be used now."""
    now = timezone.now()
    if not promotion.active or (promotion.ends_at and promotion.ends_at <= now):
        return False
    return promotion.limit is None or promotion.used < promotion.limit


def worth(promotion: Promotion, language: str) -> str:
    """What it takes off, in a few words."""
    if promotion.kind == Promotion.Kind.PERCENT:
        off = words.number(promotion.percent or 0, language)
        return _("%(off)s %% off") % {"off": off}
    if promotion.kind == Promotion.Kind.SHIPPING:
        return _("Shipping on us")
    amount = promotion.amount
    off = words.money(amount, promotion.currency, language) if amount is not None else ""
    return _("%(off)s off") % {"off": off}
