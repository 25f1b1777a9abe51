"""What a variant shows in a mail: the same as on pages, with whole addresses, pictures that come
with it, and an offer's code, as no button can be pressed there."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import get_language

from configurator.catalog.places import About, Tile, Words
from configurator.shops.embedding import public
from personalization.people.models import Person
from personalization.slots.composing import Chosen
from personalization.slots.offers import with_code
from personalization.slots.pictures import drawn
from personalization.slots.sources import MOST, Card, item_cards, offer_card


def words_in_mail(words: Words, chosen: Chosen, person: Person | None, about: About) -> Words:
    """A variant's words with all that it shows."""
    locale = get_language() or "en"
    data, alt = drawn(chosen.variant.picture, locale)
    tiles = [_tile(card, locale) for card in _cards(chosen, person, about)[:MOST]]
    return replace(
        words, link=_whole(words.link), drawn=data, alt=alt or words.alt, tiles=tuple(tiles)
    )


def _cards(chosen: Chosen, person: Person | None, about: About) -> tuple[Card, ...]:
    standing = chosen.shown.standing
    if standing is None:
        return (*chosen.shown.cards, *item_cards(chosen.shown.items, about))
    return (offer_card(with_code(standing, person), about),)


def _tile(card: Card, locale: str) -> Tile:
    data, alt = drawn(card.shows, locale)
    link = card.link or (reverse("people:you") if card.claim else "")
    return Tile(
        name=card.name,
        text=card.text,
        why=card.why,
        price=card.price,
        link=_whole(link),
        code=card.code,
        until=card.until,
        more=card.more,
        picture=data,
        alt=alt,
    )


def _whole(link: str) -> str:
    return public(link) if link.startswith("/") else link
