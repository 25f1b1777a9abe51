"""The names that a rule about people may use, and what kind of thing each is."""

from collections.abc import Mapping

from personalization.people.exchanges import Question
from personalization.people.models import Event, Statement

NUMBER, MOMENT, TEXT, TOGGLE = "number", "moment", "text", "toggle"
FACTS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("views", "designs", "choices", "blocked", "saved", "carted", "shared", "clicks"),
            *("orders", "canceled", "returned", "spent", "ratings", "stars", "letters", "messages"),
        ),
        NUMBER,
    ),
    **dict.fromkeys(("first_seen", "last_seen", "first_order", "last_order"), MOMENT),
    **dict.fromkeys(("country", "currency", "favorite_product", "last_product"), TEXT),
}
OF_PERSONS: Mapping[str, str] = {"account": TOGGLE, "language": TEXT}
SCORES: Mapping[str, str] = {"likely_to_order": NUMBER, "likely_to_leave": NUMBER}
"""From 0 to 100, as often as it comes true (`predicting`)."""
TEMPERATURE = "temperature"
SURROUNDINGS: Mapping[str, str] = {TEMPERATURE: NUMBER}
"""What is so today where they ordered to; of whom that is not known no comparison is true."""
NAMES: Mapping[str, str] = {**FACTS, **OF_PERSONS, **SCORES, **SURROUNDINGS}
"""The names that there are whatever people tell."""
EVENTS = tuple(kind.value for kind in Event.Kind)


def stated() -> dict[str, str]:
    """What people are asked about themselves, or have told: a number or a word."""
    asked = Question.objects.order_by("pk").values_list("code", "kind")
    found = {code: NUMBER if kind == Question.Kind.NUMBER else TEXT for code, kind in asked}
    rows = Statement.objects.order_by("name").values_list("name", "number").distinct()
    for name, number in rows:
        if name not in FACTS and found.get(name) != NUMBER:
            found[name] = TEXT if number is None else NUMBER
    return found


def known() -> dict[str, str]:
    """Every name, and its kind."""
    return {**stated(), **NAMES}
