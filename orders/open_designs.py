"""Designs in the making: begun, touched lately, and not ordered as they are."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.gate import Kind, OpenDesign
from configurator.wizard.models import Design
from orders.models import OrderLine


def open_designs(product_id: int) -> QuerySet[Design]:
    """Designs of a product whose customers still decide; a change of an order is none."""
    since = timezone.now() - timedelta(days=settings.OPEN_DESIGN_DAYS)
    ordered = OrderLine.objects.filter(design=OuterRef("pk"), design_revision=OuterRef("revision"))
    begun = Design.objects.filter(
        release__product_id=product_id, revision__gt=0, updated_at__gte=since, change_of=None
    )
    return begun.exclude(Exists(ordered)).order_by("-updated_at")


def _told(product_id: int) -> Iterator[OpenDesign]:
    fields = ("pk", "release_id", "state", "updated_at")
    for design in open_designs(product_id).only(*fields).iterator(chunk_size=500):
        at = date_format(timezone.localtime(design.updated_at), "DATETIME_FORMAT")
        yield OpenDesign(
            key=str(design.pk),
            release_id=design.release_id,
            state=design.state,
            label=_("Design %(id)s, touched %(at)s") % {"id": str(design.pk)[:8], "at": at},
            url=reverse("wizard:design", args=[design.pk]),
            at=design.updated_at,
        )


KIND = Kind(
    code="designs",
    name=gettext_lazy("Customers’ designs"),
    open_of=_told,
    count=lambda product_id: open_designs(product_id).count(),
)
