"""Fills the places of pages and mails: what lower rooms ask through their port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from configurator.catalog import places
from configurator.catalog.places import About, Filler, Words
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from personalization.people import leaving
from personalization.people.listening import of_order
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from personalization.slots import letters
from personalization.slots.composing import Composition, composition_of, put_first
from personalization.slots.explaining import reasons
from personalization.slots.models import Variant
from personalization.slots.pictures import picture_of
from personalization.slots.sources import Card, item_cards
from personalization.slots.visiting import Visitor

ORDERED = frozenset({places.PRODUCTS, places.DESIGNS})


class Slots(Filler):
    """By variants with rules."""

    def words(self, request: HttpRequest, place: str) -> Words | None:
        composition = composition_of(request)
        chosen = composition.choose(place)
        return None if chosen is None else words_of(chosen.variant, composition.products)

    def part(self, request: HttpRequest, place: str, about: About) -> SafeString:
        composition = composition_of(request)
        chosen = composition.choose(place, about)
        if chosen is None:
            return SafeString("")
        words, cards = words_of(chosen.variant, composition.products), chosen.shown.cards
        if place == places.MAIL:  # looked at by a marketer
            cards = (*cards, *item_cards(chosen.shown.items, about))
        why = tuple(reasons(chosen)) if chosen.personal else ()
        if any(card.finish for card in cards):
            return part_html(place, words, cards, why, get_token(request))
        html = _kept_part(place, words, tuple(map(_coded, cards)), why, get_language() or "en")
        return _with_own(html, cards, request)

    def why(self, request: HttpRequest, place: str) -> SafeString:
        chosen = composition_of(request).choose(place)
        if chosen is None or not chosen.personal:
            return SafeString("")
        return _kept_why(tuple(reasons(chosen)), place in ORDERED, get_language() or "en")

    def products(
        self, request: HttpRequest, products: Sequence[ReleasedProduct]
    ) -> Sequence[ReleasedProduct]:
        composition = composition_of(request)
        known = composition.products = {each.slug: each for each in products}
        chosen = composition.choose(places.PRODUCTS)
        if chosen is None:
            return products
        return [known[slug] for slug in put_first(list(known), chosen.shown.items)]

    def designs(self, request: HttpRequest, product: str, codes: Sequence[str]) -> Sequence[str]:
        chosen = composition_of(request).choose(places.DESIGNS)
        if chosen is None:
            return codes
        pairs = (item.partition("/") for item in chosen.shown.items)
        return put_first(codes, [code for slug, _sign, code in pairs if slug == product])

    def letter(self, place: str, about: About) -> Words | None:
        person = person_of_order(about.order)
        chosen = Composition(Visitor(person)).choose(place, about)
        if chosen is None:
            return None
        return replace(
            letters.words_in_mail(words_of(chosen.variant, {}), chosen, person, about),
            why=" ".join(reasons(chosen)) if chosen.personal else "",
            leave="" if chosen.variant.must_be_said or person is None else leaving_of(person),
        )


TOKEN, CODE = "\0token\0", "\0code\0"
"""Where somebody's own stands in what is rendered once for all; nobody can write these."""


def _coded(card: Card) -> Card:
    return replace(card, code=CODE) if card.code else card


def _with_own(html: SafeString, cards: Sequence[Card], request: HttpRequest) -> SafeString:
    """The part with this visitor's code and token."""
    if any(card.claim for card in cards):
        html = SafeString(html.replace(TOKEN, get_token(request)))
    for card in cards:
        if card.code:
            html = SafeString(html.replace(CODE, escape(card.code), 1))
    return html


def part_html(
    place: str, words: Words, cards: Sequence[Card], why: Sequence[str], token: str = ""
) -> SafeString:
    """A part of a page in the active language; `token` is for its forms."""
    name = place.replace(".", "-")
    context = {"place": name, "words": words, "cards": cards, "why": why, "csrf_token": token}
    return render_to_string("personalization/slots/_part.html", context)


@lru_cache(maxsize=256)
def _kept_part(
    place: str, words: Words, cards: tuple[Card, ...], why: tuple[str, ...], _locale: str
) -> SafeString:
    """Rendered once for all who are shown and told the same."""
    return part_html(place, words, cards, why, TOKEN)


@lru_cache(maxsize=256)
def _kept_why(why: tuple[str, ...], ordered: bool, _locale: str) -> SafeString:
    return render_to_string("personalization/slots/_why.html", {"why": why, "ordered": ordered})


def person_of_order(order: UUID | None) -> Person | None:
    """The whole person whose order it is."""
    found = None if order is None else of_order(order)
    if found is None:
        return None
    person = Person.objects.select_related("into").get(pk=found)
    return person.into or person


def leaving_of(person: Person) -> str:
    return leaving.url_for(person, Purpose.MARKETING, Channel.MAIL)


def words_of(variant: Variant, known: Mapping[str, ReleasedProduct]) -> Words:
    """A variant's words in the active language."""
    locale = get_language() or "en"
    picture, alt = picture_of(variant.picture, locale, known)
    return Words(
        title=say(variant.title, locale),
        text=say(variant.text, locale),
        button=say(variant.button, locale),
        link=link_of(variant.link),
        picture=picture,
        alt=alt or (say(variant.title, locale) if variant.place == places.OPENING else ""),
    )


def link_of(link: str) -> str:
    """An address; of a product by its code alone."""
    if link and "/" not in link and "#" not in link:
        return reverse("wizard:product", args=[link])
    return link
