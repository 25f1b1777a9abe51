"""What somebody may allow: a purpose by a channel."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Purpose(TextChoices):
    """What for. `ORDERS` is what an order itself needs, and is not asked about."""

    ORDERS = "orders", _("Your orders")
    PERSONALIZATION = "personalization", _("Pages made for you")
    RECOMMENDATIONS = "recommendations", _("Recommendations")
    OWN_DESIGNS = "own_designs", _("Messages about your own designs")
    MARKETING = "marketing", _("News and offers")
    BROCHURES = "brochures", _("Printed brochures")
    ADS = "ads", _("Ads elsewhere")
    RESEARCH = "research", _("Questions about how it was")
    CLICKS = "clicks", _("Which links you follow")


class Channel(TextChoices):
    """Which way."""

    MAIL = "mail", pgettext_lazy("channel", "Mail")
    SMS = "sms", _("SMS")
    PUSH = "push", _("Push")
    SITE = "site", _("On these pages")
    PRINT = "print", pgettext_lazy("channel", "Print")


M, S, P, SITE, PRINT = Channel.MAIL, Channel.SMS, Channel.PUSH, Channel.SITE, Channel.PRINT
ASKED: dict[Purpose, tuple[Channel, ...]] = {
    Purpose.PERSONALIZATION: (SITE,),
    Purpose.RECOMMENDATIONS: (SITE,),
    Purpose.OWN_DESIGNS: (M, S, P, SITE),
    Purpose.MARKETING: (M, S, P, SITE),
    Purpose.BROCHURES: (PRINT,),
    Purpose.ADS: (SITE,),
    Purpose.RESEARCH: (M, SITE),
    Purpose.CLICKS: (M, S, P),
}
"""What can be decided; nothing else is ever allowed."""

UNASKED = frozenset(
    {
        (Purpose.ORDERS, M),
        (Purpose.ORDERS, SITE),
        (Purpose.PERSONALIZATION, SITE),
        (Purpose.RECOMMENDATIONS, SITE),
        (Purpose.OWN_DESIGNS, SITE),
        (Purpose.MARKETING, SITE),
    }
)
"""What is done until somebody objects: what stays on our own pages. Everything that reaches out to
somebody, and all that leaves the house, needs a yes."""


def is_asked(purpose: str, channel: str) -> bool:
    """Whether this can be decided at all."""
    return any(purpose == each and channel in channels for each, channels in ASKED.items())
