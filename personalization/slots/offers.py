"""The standing offer of somebody, where a variant shows one: theirs by the rules of offers, with
their own code or the button that gives it; never one that is over, sold out or used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog import places
from configurator.catalog.models import Product
from configurator.catalog.places import About
from configurator.catalog.queries import storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.shops.currencies import charge_of
from configurator.shops.destination import rate_of
from configurator.wizard.money import gross
from configurator.wizard.screen import is_priced
from configurator.wizard.tariffs import Tariff, tariff_of
from orders.margins import bearing
from orders.promo.applying import Goods, worth
from orders.promo.models import Promotion
from personalization.offering import entitling, words
from personalization.offering import services as offering
from personalization.offering.models import Grant, Offer
from personalization.people.models import Person
from personalization.slots.models import Variant
from personalization.slots.standing import Kept, as_of
from personalization.slots.visiting import Visitor

GIFTS_KEPT = 60
"""Seconds for which is kept what an offer takes off a product."""
USUAL = Decimal(20)
"""A rate, to tell apart where it goes to."""
MOST = 2
"""So many products are told what it gives on them."""
NARROW = frozenset({places.PRODUCT, places.CART})
"""Places at which an offer is for what the page is about."""
SOURCE = "mail"
OFFERS = "offers"


@dataclass(frozen=True)
class Standing:
    """An offer that somebody has a code of, or could have one of."""

    offer: Offer
    grant: Grant | None = None

    @property
    def ends_at(self) -> datetime | None:
        ends = (self.offer.promotion.ends_at, self.grant.code.ends_at if self.grant else None)
        return min((each for each in ends if each is not None), default=None)


def standing_for(variant: Variant, visitor: Visitor, about: About) -> Standing | None:
    """The offer that a variant shows them: the one that it names, or the best of theirs: with a
    code first, then what ends first."""
    if visitor.person is None and visitor.tried == variant.pk:
        return _sample(variant)
    person = visitor.offered_to
    if person is None:
        return None
    theirs = _theirs(visitor, person)
    slugs = about.products if variant.place in NARROW else ()
    meant = [each for each in theirs.standing if theirs.is_meant(each.offer, variant, slugs)]
    theirs.keep()
    return min(meant, key=_urgency, default=None)


def _theirs(visitor: Visitor, person: Person) -> _Theirs:
    """Found out once for all that a page shows."""
    found: _Theirs | None = visitor.noted.get(OFFERS)
    if found is None:
        found = visitor.noted[OFFERS] = _Theirs(visitor, person)
    return found


class _Theirs:
    """The offers of somebody on one page: two queries and what was found out about them a moment
    ago. Whether an offer is on, and whether a code is used, is asked for each page."""

    def __init__(self, visitor: Visitor, person: Person) -> None:
        self._visitor, self._person = visitor, person
        self._kept = Kept("offers", person, as_of=as_of(person))
        self._told: dict[str, Any] = self._kept.get("told") or {}
        self._new = False

    def keep(self) -> None:
        if self._new:
            self._kept.keep(told=self._told)
            self._new = False

    def _known(self, key: str, find: Callable[[], Any]) -> Any:
        """What was found out a moment ago, or is now."""
        if key not in self._told:
            self._told[key], self._new = find(), True
        return self._told[key]

    @cached_property
    def standing(self) -> list[Standing]:
        """Those that they have a code of, and those that they could have one of."""
        asked = Offer.objects.filter(promotion__active=True).select_related("promotion")
        offers = [each for each in asked if offering.is_open(each)]
        if not offers:
            return []
        grants: dict[int, list[Grant]] = {}
        theirs = Grant.objects.filter(person__in=self._visitor.members)
        for grant in theirs.select_related("code"):
            grants.setdefault(grant.offer_id, []).append(grant)
        found = (self._of(each, grants.get(each.pk, [])) for each in offers)
        return [each for each in found if each is not None]

    def _of(self, offer: Offer, grants: Sequence[Grant]) -> Standing | None:
        if any(grant.code.used for grant in grants):
            return None
        if mine := next((grant for grant in grants if grant.withdrawn_at is None), None):
            live = not offering.is_over(mine.code) and self._still_holds(offer)
            return Standing(offer, mine) if live else None
        could = offer.shown and offer.sooner is None and self._is_for(offer)
        return Standing(offer) if could else None

    def _still_holds(self, offer: Offer) -> bool:
        return entitling.holds(self._person, offer, self._visitor.fits)

    def _is_for(self, offer: Offer) -> bool:
        def asked() -> bool:
            return offering.is_for(self._person, offer, self._visitor.fits, reached=True)

        if offer.earned_by:  # what they take back has its effect at once
            return asked()
        return bool(self._known(f"for-{offer.pk}-{offer.reached}-{offer.rule}", asked))

    def is_meant(self, offer: Offer, variant: Variant, slugs: Sequence[str]) -> bool:
        """Whether a variant may show it on a page about these products."""
        if variant.offer_id is not None and offer.pk != variant.offer_id:
            return False
        if not slugs:
            return True
        only = self._known(f"only-{offer.promotion_id}", lambda: sorted(_slugs(offer.promotion)))
        return not only or bool(set(only) & set(slugs))


def _sample(variant: Variant) -> Standing | None:
    """What a marketer sees who looks at it."""
    rows = Offer.objects.select_related("promotion")
    if variant.offer_id is not None:
        rows = rows.filter(pk=variant.offer_id)
    return next((Standing(each) for each in rows[:20] if offering.is_open(each)), None)


def _slugs(promotion: Promotion) -> set[str]:
    return set(promotion.products.values_list("slug", flat=True))


def _urgency(standing: Standing) -> tuple[bool, bool, datetime, int]:
    end = standing.ends_at
    return standing.grant is None, end is None, end or timezone.now(), -standing.offer.pk


def with_code(standing: Standing, person: Person | None) -> Standing:
    """The same with a code of theirs: where nobody can press a button, as in mails."""
    if standing.grant is not None or person is None:
        return standing
    with suppress(offering.NotOffered):
        return replace(standing, grant=offering.code_for(person, standing.offer, source=SOURCE))
    return standing


@dataclass(frozen=True)
class OfferWords:
    """An offer in words. `gives`: what it comes to on which product; `claim`: where its code is
    asked for, "" if they have it."""

    name: str
    worth: str
    why: str
    until: str
    gives: tuple[str, ...]
    code: str
    claim: str


def words_of(standing: Standing, about: About) -> OfferWords:
    """In the active language."""
    own = words.own(standing.offer, standing.grant)
    claim = "" if own.code else reverse("own_offers:claim", args=[own.offer_id])
    promotion = standing.offer.promotion
    return OfferWords(
        own.name, own.worth, own.why, own.until, _gives(promotion, about), own.code, claim
    )


def _gives(promotion: Promotion, about: About) -> tuple[str, ...]:
    """What it takes off the products that the page is about, else off those that the shop shows;
    kept for a moment."""
    charge, locale = charge_of(promotion.currency), get_language() or "en"
    says = f"{promotion.pk}-{promotion.kind}-{promotion.percent}-{promotion.amount}"
    where = f"{charge.currency}-{charge.rate}-{rate_of(USUAL)}-{locale}"
    named = blake2b("/".join(about.products).encode(), digest_size=8).hexdigest()
    key = f"slots-gifts-{says}-{promotion.minimum}-{where}-{named}"
    found: tuple[str, ...] | None = cache.get(key)
    if found is None:
        found = tuple(_gifts(promotion, about, locale))
        cache.set(key, found, GIFTS_KEPT)
    return found


def _gifts(promotion: Promotion, about: About, locale: str) -> Iterator[str]:
    only, products = _slugs(promotion), storefront()
    meant = [each for each in products if not only or each.slug in only]
    near = [each for each in meant if each.slug in about.products]
    for product in (near or meant)[:MOST]:
        if gift := _gift(promotion, product, tariff_of(product), locale):
            yield gift


def _gift(promotion: Promotion, product: ReleasedProduct, tariff: Tariff, locale: str) -> str:
    """What it makes of the price of the design that the shop shows; "" if nothing."""
    money = promotion.kind == Promotion.Kind.AMOUNT or promotion.minimum is not None
    if not is_priced(product) or (money and promotion.currency != tariff.currency):
        return ""
    plain = sum(int(line.amount.scaleb(2)) for line in product.price_lines(product.showcase))
    net = Decimal(tariff.charge.of(plain)).scaleb(-2)
    product_id = Product.objects.values_list("pk", flat=True).get(slug=product.slug)
    found = bearing(
        product,
        product.showcase,
        product_id=product_id,
        quantity=1,
        net=net,
        charge=tariff.charge,
    )
    _says, off = worth(promotion, [Goods(product_id, net, found.bearable)])
    if not off or (promotion.minimum is not None and net < promotion.minimum):
        return ""
    before, after = (
        tariff.told(gross(int(each.scaleb(2)), tariff.tax), locale) for each in (net, net - off)
    )
    told = {"product": say(product.name, locale), "before": before, "after": after}
    return _("%(product)s as in its picture: %(after)s instead of %(before)s") % told
