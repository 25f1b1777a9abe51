"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PayingConfig(AppConfig):
    name = "orders.paying"
    label = "paying"
    verbose_name = _("Payments")
