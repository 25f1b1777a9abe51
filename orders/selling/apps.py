"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SellingConfig(AppConfig):
    name = "orders.selling"
    label = "selling"
    verbose_name = _("Shipping and taxes")

    def ready(self) -> None:
        """Prices are told with the tax of where they are to go."""
        from configurator.shops import destination
        from orders.selling import taxes

        destination.told_by(taxes.rate_there, taxes.sold_to)
