"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VoicesConfig(AppConfig):
    name = "orders.voices"
    label = "voices"
    verbose_name = _("What customers say")
