"""An order's design moves to its line: until now an order had one.

Should an order have several lines all the same, the others get revisions that no design has, so that
each stays ordered once.
"""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def to_lines(apps, schema_editor):
    Order, OrderLine = (apps.get_model("orders", name) for name in ("Order", "OrderLine"))
    order = Order.objects.filter(pk=OuterRef("order_id"))
    OrderLine.objects.update(
        design_id=Subquery(order.values("design_id")[:1]),
        design_revision=Subquery(order.values("design_revision")[:1])
        + (F("position") - 1) * 1_000_000,
        promised_on=Subquery(order.values("promised_on")[:1]),
    )


def to_orders(apps, schema_editor):
    """Of an order with several lines, the first one's."""
    Order, OrderLine = (apps.get_model("orders", name) for name in ("Order", "OrderLine"))
    line = OrderLine.objects.filter(order_id=OuterRef("pk")).order_by("position")
    Order.objects.update(
        design_id=Subquery(line.values("design_id")[:1]),
        design_revision=Subquery(line.values("design_revision")[:1]),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0007_lines_with_designs'),
    ]

    operations = [migrations.RunPython(to_lines, to_orders)]
