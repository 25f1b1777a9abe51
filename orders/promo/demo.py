"""The demo firm's lowest prices."""

from orders.promo.models import Floor


def make_demo_floor() -> None:
    """A quarter of the price stays, where nobody has said anything."""
    if not Floor.objects.exists():
        Floor.objects.create(margin=25, unknown=20)
