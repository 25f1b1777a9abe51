"""Designs that are ordered as they are: they stand under orders, not among those to go on with."""

from django.db.models import Exists, OuterRef, Q

from orders.models import OrderLine


def as_they_are() -> Q:
    """Of designs: at the revision that was ordered."""
    here = {"design": OuterRef("pk"), "design_revision": OuterRef("revision")}
    return Q(Exists(OrderLine.objects.filter(**here)))
