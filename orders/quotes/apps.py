"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuotesConfig(AppConfig):
    name = "orders.quotes"
    label = "quotes"
    verbose_name = _("Quotes")

    def ready(self) -> None:
        from configurator.catalog import gate
        from orders.quotes.open_quotes import KIND

        gate.register(KIND)
