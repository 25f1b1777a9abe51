"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CartConfig(AppConfig):
    name = "orders.cart"
    label = "cart"
    verbose_name = _("Carts")

    def ready(self) -> None:
        """Where it is to go is chosen on every page, and holds for the cart."""
        from configurator.shops import currencies, destination
        from orders.cart import destinations

        currencies.heard_by(destinations.currency_chosen)
        destination.heard_by(destinations.chosen_elsewhere)
