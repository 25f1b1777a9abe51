"""Whoever is held out of everything is told nothing that no order needs, whichever room asks."""

from personalization.experiments import services
from personalization.messages.models import Message
from personalization.people.models import Person
from personalization.people.purposes import Purpose

KEPT_FROM = frozenset({Purpose.MARKETING, Purpose.OWN_DESIGNS, Purpose.BROCHURES})


def held_out(person: Person, message: Message) -> str:
    """The holdout that keeps this message from somebody; "" if none does."""
    kept = message.purpose in KEPT_FROM and services.is_held_out(person)
    return services.GLOBAL if kept else ""
