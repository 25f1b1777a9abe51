"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromoConfig(AppConfig):
    name = "orders.promo"
    label = "promo"
    verbose_name = _("Promo codes")
