"""What customers said that others may read: with their leave, and approved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.wizard.preview import describe
from configurator.wizard.screen import is_pictured
from orders.voices.models import Voice

MOST = 6


@dataclass(frozen=True)
class VoiceView:
    """A voice beside the picture of what its customer got; `picture` is "" where there is none."""

    stars: int
    words: str
    language: str
    author: str
    said_at: datetime
    picture: str
    alt: str


def public() -> QuerySet[Voice]:
    """Those that may be shown, newest first."""
    rows = Voice.objects.filter(public=True, state=Voice.State.APPROVED)
    return rows.select_related("specification").order_by("-said_at", "-pk")


def of_product(slug: str, locale: str) -> list[VoiceView]:
    """The newest of a product."""
    rows = public().filter(specification__release__product__slug=slug)
    return [_view(voice, locale) for voice in rows[:MOST]]


def of_design(design: UUID, locale: str) -> list[VoiceView]:
    """Those of customers who got this design."""
    return [_view(voice, locale) for voice in public().filter(line__design=design)[:MOST]]


def _view(voice: Voice, locale: str) -> VoiceView:
    product = released(voice.specification.release_id)
    pictured = is_pictured(product)
    return VoiceView(
        stars=voice.stars,
        words=voice.words,
        language=voice.language,
        author=voice.author,
        said_at=voice.said_at,
        picture=reverse("voices:picture", args=[voice.pk]) if pictured else "",
        alt=describe(product, configuration_of(voice), locale) if pictured else "",
    )


def configuration_of(voice: Voice) -> Configuration:
    """What the customer got."""
    return Configuration.from_json(voice.specification.content["configuration"])
