"""Variants of the demo's pages, so that the room shows what can be done."""

from typing import Any

from django.db import transaction

from configurator.catalog import places
from personalization.slots.models import Variant

SATCHEL = "leather-satchel"
PAGES: tuple[dict[str, Any], ...] = (
    {
        "place": places.OPENING,
        "name": "Welcome back",
        "whom": Variant.Whom.RULE,
        "rule": "orders at least 1",
        "title": {
            "en": "Good to see you again.",
            "es": "Qué bien verte de nuevo.",
            "pl": "Miło cię znowu widzieć.",
        },
        "text": {
            "en": "What shall we build for you next?",
            "es": "¿Qué construimos para ti ahora?",
            "pl": "Co mamy dla ciebie zbudować tym razem?",
        },
    },
    {
        "place": places.PRODUCTS,
        "name": "Last looked at, first",
        "source": Variant.Source.SEEN,
    },
    {
        "place": places.HOME,
        "name": "As others finished it",
        "source": Variant.Source.FINISHED,
        "title": {
            "en": "Others went on like this",
            "es": "Otros siguieron así",
            "pl": "Inni dokończyli to tak",
        },
        "text": {
            "en": "Your designs, with all that is open decided as most did. Change what you like.",
            "es": "Tus diseños, con lo que falta decidido como la mayoría. Cambia lo que quieras.",
            "pl": "Twoje projekty, a to, co otwarte, tak jak u większości. Zmień, co chcesz.",
        },
    },
    {
        "place": places.PRODUCT,
        "name": "Ordered together",
        "source": Variant.Source.TOGETHER,
        "title": {
            "en": "Often ordered together",
            "es": "A menudo se piden juntos",
            "pl": "Często zamawiane razem",
        },
    },
    {
        "place": places.CART,
        "name": "An offer of theirs",
        "source": Variant.Source.OFFER,
        "title": {
            "en": "There is something for you",
            "es": "Hay algo para ti",
            "pl": "Mamy coś dla ciebie",
        },
    },
    {
        "place": places.MAIL,
        "name": "Ordered together",
        "source": Variant.Source.TOGETHER,
        "title": {
            "en": "It goes well with",
            "es": "Combina bien con",
            "pl": "Dobrze pasuje do tego",
        },
    },
    {
        "place": places.ORDER,
        "name": "Care for leather",
        "product": SATCHEL,
        "title": {
            "en": "Leather likes a little care",
            "es": "El cuero agradece un poco de cuidado",
            "pl": "Skóra lubi odrobinę troski",
        },
        "text": {
            "en": "Wipe it with a soft cloth, let it dry by itself, and wax it twice a year.",
            "es": "Límpialo con un paño suave, déjalo secar solo y encéralo dos veces al año.",
            "pl": "Przecieraj miękką ściereczką, daj samej wyschnąć i woskuj dwa razy w roku.",
        },
    },
)


@transaction.atomic
def make_demo_pages() -> None:
    """Write them where nobody has written any."""
    if not Variant.objects.exists():
        Variant.objects.bulk_create(Variant(**fields) for fields in PAGES)
