"""What facts are called, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAMES: dict[str, str | Promise] = {
    "blocked": pgettext_lazy("fact", "values wanted in vain"),
    "canceled": pgettext_lazy("fact", "canceled orders"),
    "carted": pgettext_lazy("fact", "put into the cart"),
    "choices": pgettext_lazy("fact", "choices"),
    "clicks": pgettext_lazy("fact", "followed messages"),
    "country": pgettext_lazy("fact", "country"),
    "currency": pgettext_lazy("fact", "currency"),
    "designs": pgettext_lazy("fact", "designs"),
    "favorite_product": pgettext_lazy("fact", "favorite product"),
    "first_order": pgettext_lazy("fact", "first order"),
    "first_seen": pgettext_lazy("fact", "first seen"),
    "last_order": pgettext_lazy("fact", "last order"),
    "last_product": pgettext_lazy("fact", "last product"),
    "last_seen": pgettext_lazy("fact", "last seen"),
    "letters": pgettext_lazy("fact", "letters to us"),
    "messages": pgettext_lazy("fact", "messages"),
    "orders": pgettext_lazy("fact", "orders"),
    "ratings": pgettext_lazy("fact", "ratings"),
    "returned": pgettext_lazy("fact", "returned orders"),
    "saved": pgettext_lazy("fact", "saved designs"),
    "shared": pgettext_lazy("fact", "shared designs"),
    "spent": pgettext_lazy("fact", "money spent"),
    "stars": pgettext_lazy("fact", "stars given"),
    "temperature": pgettext_lazy("fact", "local temperature in °C"),
    "views": pgettext_lazy("fact", "views"),
    "likely_to_order": _("likely to order"),
    "likely_to_leave": _("likely to leave"),
}


def name_of(fact: str) -> str:
    """A fact's name in the active language; a stated one's own."""
    return str(NAMES.get(fact, fact.replace("_", " ")))
