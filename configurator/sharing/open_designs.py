"""Shared designs and the gallery's, for the publish gate: nothing of them is changed by it.

A link stays on its release for ever; who makes it theirs, and its owner, are told what today's
release changes.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.gate import Kind, OpenDesign
from configurator.sharing.models import Entry, Share

IN_GALLERY = (Entry.State.WAITING, Entry.State.SHOWN)


def links(product_id: int) -> QuerySet[Share]:
    """Living links of a product that are not in the gallery and were made lately."""
    since = timezone.now() - timedelta(days=settings.OPEN_DESIGN_DAYS)
    living = Share.objects.filter(release__product_id=product_id, revoked_at=None)
    return living.filter(created_at__gte=since).exclude(entry__state__in=IN_GALLERY)


def shown(product_id: int) -> QuerySet[Share]:
    """What of a product is in the gallery, or waits for it."""
    return Share.objects.filter(entry__product_id=product_id, entry__state__in=IN_GALLERY)


def _told(shares: QuerySet[Share]) -> Iterator[OpenDesign]:
    for share in shares.order_by("-created_at").iterator(chunk_size=500):
        name = share.title or share.token[:8]
        by = share.author or _("nobody named")
        yield OpenDesign(
            key=share.token,
            release_id=share.release_id,
            state=share.state,
            label=_("“%(name)s” by %(author)s") % {"name": name, "author": by},
            url=reverse("sharing:shared", args=[share.token]),
            at=share.created_at,
        )


LINKS = Kind(
    code="links",
    name=gettext_lazy("Shared designs"),
    open_of=lambda product_id: _told(links(product_id)),
    count=lambda product_id: links(product_id).count(),
)
GALLERY = Kind(
    code="gallery",
    name=gettext_lazy("Designs in the gallery"),
    open_of=lambda product_id: _told(shown(product_id)),
    count=lambda product_id: shown(product_id).count(),
)
