"""What a variant shows: its words as written, or what is found for this visitor by others' orders.

What is found asks for designs and products, and for nothing about who has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Product, Release
from configurator.catalog.places import About
from configurator.catalog.queries import NoLiveRelease, live_release, released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.wizard import advising
from configurator.wizard.models import Design
from configurator.wizard.screen import is_pictured
from configurator.wizard.storefront import price_words
from personalization.recommending import home
from personalization.slots.models import Variant
from personalization.slots.offers import Standing, standing_for, words_of
from personalization.slots.visiting import Visitor

KEPT = 300
"""Seconds for which is kept what is ordered together, and how a state of a design goes on."""
MOST, MOST_TOLD = 3, 3


@dataclass(frozen=True)
class Card:
    """A design or a product to go on with, or an offer. `finish`: the address that finishes the
    design so, at its `revision`; else `link` leads there. `shows` names its picture, as variants
    name pictures. `code` is somebody's own; `claim`: the address that gives it; `more` is what else
    is told."""

    name: str
    text: str
    why: str
    picture: str
    alt: str
    price: str
    link: str
    finish: str = ""
    revision: int = 0
    shows: str = ""
    code: str = ""
    claim: str = ""
    until: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What was found: the items that come first, cards, or an offer."""

    items: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    standing: Standing | None = None


def shown_by(variant: Variant, visitor: Visitor, about: About) -> Shown | None:
    """What the variant shows; None where nothing is found, so that another one may stand there."""
    match variant.source:
        case Variant.Source.SEEN:
            items = _seen(visitor)
            return Shown(items=items) if items else None
        case Variant.Source.FINISHED:
            cards = _finished(visitor.designs) if visitor.advised else ()
            return Shown(cards=cards) if cards else None
        case Variant.Source.TOGETHER:
            cards = _together(visitor, about) if visitor.advised else ()
            return Shown(cards=cards) if cards else None
        case Variant.Source.OFFER:
            near = about if about.products else About(_designed(visitor))
            return _offered(standing_for(variant, visitor, about), near)
    return Shown(items=tuple(str(each) for each in variant.items))


def _offered(standing: Standing | None, about: About) -> Shown | None:
    if standing is None:
        return None
    return Shown(cards=(offer_card(standing, about),), standing=standing)


def offer_card(standing: Standing, about: About) -> Card:
    """An offer as a card."""
    said = words_of(standing, about)
    return Card(
        name=said.name,
        text=said.worth,
        why=said.why,
        picture="",
        alt="",
        price="",
        link="",
        code=said.code,
        claim=said.claim,
        until=said.until,
        more=said.gives,
    )


# what comes first


def _seen(visitor: Visitor) -> tuple[str, ...]:
    """Products of the designs of this visit, the latest first; then those that are known to be
    somebody's favorites, where pages may be made for them."""
    return tuple(dict.fromkeys([*_designed(visitor), *visitor.favorites]))


def _designed(visitor: Visitor) -> tuple[str, ...]:
    return tuple(dict.fromkeys(released(each.release_id).slug for each in visitor.designs))


# cards


def item_cards(items: Iterable[str], about: About) -> tuple[Card, ...]:
    """Products and designs to begin with, where they are told rather than put in order; none of
    what the page is about, and none that is gone."""
    locale = get_language() or "en"
    found = (_item_card(item, about, locale) for item in items)
    return tuple(card for card in found if card is not None)


def _item_card(item: str, about: About, locale: str) -> Card | None:
    slug, _sign, code = item.partition("/")
    try:
        product = live_release(slug)
    except NoLiveRelease:
        return None
    if not code:
        return None if slug in about.products else _product_card(product, 0, locale)
    found = next((each for each in product.inspirations if each.code == code), None)
    if found is None:
        return None
    place = [product.slug, product.number, code, "webp"]
    picture = reverse("wizard:inspiration_picture", args=place)
    return Card(
        name=say(found.name, locale),
        text=say(product.name, locale),
        why="",
        picture=f"{picture}?w=480" if is_pictured(product) else "",
        alt="",
        price=price_words(product, found.whole, locale),
        link=reverse("wizard:product", args=[slug]) + f"#design-{code}",
        shows=item,
    )


def _finished(designs: Sequence[Design]) -> tuple[Card, ...]:
    found = [card for each in designs if (card := _kept_finish(each)) is not None]
    return tuple(found[:MOST])


def _kept_finish(design: Design) -> Card | None:
    """How others would go on, kept for this revision as long as anything is known of it."""
    product = released(design.release_id)
    if not advising.knows(product):
        return None
    locale = get_language() or "en"
    key = f"slots-finish-{design.pk}-{design.revision}-{locale}"
    found = cache.get(key)
    if found is None:
        whole = next((each.configuration for each in home.finished([design])), None)
        found = (whole,)
        cache.set(key, found, KEPT)
    return None if found[0] is None else _finish_card(design, product, found[0], locale)


def _finish_card(
    design: Design, product: ReleasedProduct, whole: Configuration, locale: str
) -> Card | None:
    told = _added(product, Configuration.from_json(design.state), whole, locale)
    if not told:
        return None
    picture = reverse("wizard:picture", args=[design.pk, design.revision, "webp"])
    return Card(
        name=design.name or say(product.name, locale),
        text=", ".join(told),
        why="",
        picture=f"{picture}?w=480" if is_pictured(product) else "",
        alt="",
        price=price_words(product, whole, locale),
        link=reverse("wizard:design", args=[design.pk]),
        finish=reverse("wizard:finish", args=[design.pk]),
        revision=design.revision,
    )


def _added(
    product: ReleasedProduct, now: Configuration, whole: Configuration, locale: str
) -> list[str]:
    """The first of the choices that were still open."""
    open_ones = [
        code
        for code, option in product.options.items()
        if code in whole.choices
        and code not in now.choices
        and option.kind == "choice"
        and product.applies(code, whole.choices)
    ]
    return [
        _("%(option)s: %(value)s")
        % {
            "option": say(product.options[code].name, locale),
            "value": product.label(code, whole.choices[code], locale),
        }
        for code in open_ones[:MOST_TOLD]
    ]


def _together(visitor: Visitor, about: About) -> tuple[Card, ...]:
    """What customers who ordered these products ordered besides; on a page about none, those of
    the visit's designs."""
    slugs = about.products or tuple(released(each.release_id).slug for each in visitor.designs)
    if not slugs:
        return ()
    locale = get_language() or "en"
    cards = []
    for release_id, customers in _companions(tuple(sorted(set(slugs)))):
        product = released(release_id)
        cards.append(_product_card(product, customers, locale))
    return tuple(cards)


def _companions(slugs: tuple[str, ...]) -> list[tuple[UUID, int]]:
    """The live releases of products that are ordered together with these, and by how many."""
    key = "slots-together-" + "-".join(slugs)[:200]
    found: list[tuple[UUID, int]] | None = cache.get(key)
    if found is None:
        ids = list(Product.objects.filter(slug__in=slugs).values_list("pk", flat=True))
        counted = home.companions(ids, MOST) if ids else []
        wanted = [each.product_id for each in counted]
        live = Release.objects.filter(product__in=wanted, live=True)
        releases = dict(live.values_list("product_id", "pk"))
        found = [
            (releases[each.product_id], each.customers)
            for each in counted
            if each.product_id in releases
        ]
        cache.set(key, found, KEPT)
    return found


def _product_card(product: ReleasedProduct, customers: int, locale: str) -> Card:
    picture = reverse("wizard:product_picture", args=[product.slug, product.number, "webp"])
    told = ngettext(
        "%(count)s customer ordered it, too", "%(count)s customers ordered it, too", customers
    )
    return Card(
        name=say(product.name, locale),
        text=say(product.tagline, locale),
        why=told % {"count": customers} if customers else "",
        picture=f"{picture}?w=480" if is_pictured(product) else "",
        alt="",
        price="",
        link=reverse("wizard:product", args=[product.slug]),
        shows=product.slug,
    )
