"""Designs that are quoted and not ordered yet, as who publishes is told of them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.gate import Kind, OpenDesign
from orders.quotes.models import Quote, QuoteLine


def open_lines(product_id: int) -> QuerySet[QuoteLine]:
    """Lines of quotes that can still be accepted."""
    return QuoteLine.objects.filter(
        design__release__product_id=product_id,
        quote__state=Quote.State.OPEN,
        quote__valid_until__gte=timezone.localdate(),
    )


def _told(product_id: int) -> Iterator[OpenDesign]:
    lines = open_lines(product_id).select_related("design", "quote").order_by("pk")
    for line in lines.iterator(chunk_size=500):
        yield OpenDesign(
            key=str(line.design_id),
            release_id=line.design.release_id,
            state=line.design.state,
            label=_("Quote %(number)s") % {"number": line.quote.number},
            url=reverse("admin:quotes_quote_change", args=[line.quote_id]),
            at=line.quote.made_at,
        )


KIND = Kind(
    code="quotes",
    name=gettext_lazy("Open quotes"),
    open_of=_told,
    count=lambda product_id: open_lines(product_id).count(),
)
