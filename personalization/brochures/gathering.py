"""What one person's brochure says: their designs, purchases and offer, in their language, today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from unicodedata import category

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from configurator.capacity.promises import desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import EngineError
from configurator.sharing import services as sharing
from configurator.sharing.models import Share
from configurator.sharing.queries import Shown, price_of
from configurator.shops.embedding import public
from configurator.wizard.errors import Refused
from configurator.wizard.screen import is_pictured
from configurator.wizard.timing import ready_day
from orders.papers import fonts, words
from orders.papers.text import clean
from orders.promo.models import Promotion
from personalization.brochures.card.content import Content, Hero, Offer, Other, Pictured
from personalization.brochures.card.drawing import ACROSS, SMALL
from personalization.brochures.card.scripts import visual
from personalization.brochures.who import Somebody

OTHERS = 3
PICTURES = frozenset({"So", "Sk", "Cf", "Cn"})
"""Categories of characters that are no letters: emoji, and what joins them."""
VARIANTS = ("\ufe00", "\ufe0f")


class Unprintable(Exception):
    """The address has characters that no font of ours can draw."""


@dataclass(frozen=True)
class Asked:
    """What a brochure is made with: its number, the token of its link, and its code if any."""

    reference: str
    token: str
    code: str = ""
    promotion: Promotion | None = None


@dataclass(frozen=True)
class Gathered:
    content: Content
    share: Share | None  # what the link leads to; not saved where only looked at


def gather(somebody: Somebody, asked: Asked, *, trial: bool = False) -> Gathered:
    """All that the brochure says. A trial leaves nothing behind. Unprintable."""
    language = somebody.language
    with translation.override(language):
        shown = _designs(somebody, trial)
        first = next(shown, None)
        hero = _hero(first, language) if first else _beginning(language)
        recipient = somebody.address(words.country(somebody.country) if somebody.country else "")
        if any(not printable(line) for line in recipient):
            raise Unprintable
        content = Content(
            reference=asked.reference,
            language=language,
            name=printed(somebody.name),
            hero=hero,
            others=tuple(_others(shown, somebody, language)),
            offer=_offer(asked, language),
            link=public(reverse("brochures:card", args=[asked.token])),
            stop=public(reverse("brochures:stop", args=[asked.token])),
            recipient=tuple(map(clean, recipient)),
            sender=sender(),
            firm=settings.FIRM_NAME,
            day=_day(timezone.localdate(), language),
        )
    return Gathered(content, first.share if first else None)


def sender() -> tuple[str, ...]:
    """Who it is from: the firm's name, and its address as the settings say it."""
    lines = [line.strip() for line in settings.FIRM_DETAILS.splitlines() if line.strip()]
    return (settings.FIRM_NAME, *lines)


@lru_cache(maxsize=4096)
def printable(text: str) -> bool:
    """Whether every character has a shape in our fonts."""
    shown = visual(" ".join(text.split()))
    return clean(shown) == shown and not fonts.missing(shown, "EBGaramond-Regular")


def printed(text: str) -> str:
    """What somebody calls something, without little pictures that our fonts don't have; "" where
    they don't have a letter of it."""
    if not printable(text):
        kept = (
            c for c in text if category(c) not in PICTURES and not VARIANTS[0] <= c <= VARIANTS[1]
        )
        text = " ".join("".join(kept).split())
    return clean(text) if text and printable(text) else ""


# Designs


def _designs(somebody: Somebody, trial: bool) -> Iterator[Shown]:
    """Their own designs that can still be shown, the latest first; then what they bought.

    The card leads to the first alone: no other gets a link by being shown.
    """
    for design in (*somebody.designs, *(line.design for line in somebody.lines)):
        try:
            yield sharing.linked(design, trial=trial)
            trial = True
        except (EngineError, Refused):
            continue


def _title(share: Share, product: ReleasedProduct, language: str) -> str:
    """As its customer calls it, where that can be printed."""
    name = share.title or share.design.name
    return printed(name) or say(product.name, language)


def _hero(shown: Shown, language: str) -> Hero:
    product, whole = shown.product, shown.whole
    if shown.today is not None and shown.new_whole is not None:
        product, whole = shown.today, shown.new_whole
    return Hero(
        title=_title(shown.share, product, language),
        product=say(product.name, language),
        choices=tuple(_choices(product, whole, language)),
        price=_money(shown.price, product, language),
        ready=_day(shown.ready_on, language),
        picture=_picture(product, whole, ACROSS),
    )


def _beginning(language: str) -> Hero:
    """For somebody without a design: the shop's first product, as it is shown there."""
    product = next(iter(storefront()), None)
    if product is None:
        return Hero(settings.FIRM_NAME, "", (), "", "", None, own=False)
    begun = next((each.whole for each in product.inspirations), product.showcase)
    about = say(product.description, language) or say(product.tagline, language)
    return Hero(
        title=say(product.name, language),
        product=say(product.name, language),
        choices=tuple(_choices(product, begun, language)),
        price=_money(price_of(product, begun), product, language),
        ready=_day(ready_day(desk(product), begun), language),
        picture=_picture(product, begun, ACROSS),
        about=about,
        own=False,
    )


def _others(designs: Iterator[Shown], somebody: Somebody, language: str) -> Iterator[Other]:
    """More designs, the pictures of which differ, with their price or when they were ordered."""
    ordered = {line.design_id: line.order.placed_at for line in somebody.lines}
    for shown in islice(designs, OTHERS):
        product = shown.product
        if shown.share.design_id in ordered:
            at = timezone.localtime(ordered[shown.share.design_id]).date()
            told = _("ordered on %(day)s") % {"day": words.short_date(at, language)}
        else:
            told = _money(shown.price, product, language)
        picture = _picture(product, shown.whole, SMALL)
        yield Other(_title(shown.share, product, language), told, picture)


def _choices(
    product: ReleasedProduct, whole: Configuration, language: str
) -> Iterator[tuple[str, str]]:
    """What was chosen and written, by the names that customers read; nothing that is off."""
    texts = product.texts_of(whole)
    for code, option in product.options.items():
        name = say(option.name, language)
        value = whole.choices.get(code)
        if texts.get(code):
            yield name, texts[code]
        elif value not in (None, False, "none") and product.applies(code, whole.choices):
            yield name, product.label(code, value, language)


def _picture(product: ReleasedProduct, whole: Configuration, width: int) -> Pictured | None:
    if not is_pictured(product):
        return None
    return Pictured(str(product.release_id), whole.to_json(), width)


def _money(minor: int | None, product: ReleasedProduct, language: str) -> str:
    if minor is None:
        return ""
    return words.money(Decimal(minor) / 100, product.currency, language)


def _day(day: date | None, language: str) -> str:
    return words.long_date(day, language).split(", ", 1)[-1] if day else ""


# The offer


def _offer(asked: Asked, language: str) -> Offer | None:
    promotion = asked.promotion
    if promotion is None:
        return None
    end = promotion.ends_at
    return Offer(
        name=str(getattr(promotion, f"name_{language}", "") or promotion.name),
        worth=worth(promotion, language),
        code=asked.code,
        until=words.short_date(timezone.localtime(end).date(), language) if end else "",
    )


def worth(promotion: Promotion, language: str) -> str:
    """What it takes off, in a few words."""
    if promotion.kind == Promotion.Kind.PERCENT:
        off = words.number(promotion.percent or Decimal(0), language)
        return _("%(off)s %% off") % {"off": off}
    if promotion.kind == Promotion.Kind.SHIPPING:
        return _("Shipping on us")
    amount = promotion.amount
    off = words.amount(amount, promotion.currency, language) if amount is not None else ""
    return _("%(off)s off") % {"off": off}
