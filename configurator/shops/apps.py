"""Shops of brands: pages in which ours are shown, and how ours look there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShopsConfig(AppConfig):
    name = "configurator.shops"
    label = "shops"
    verbose_name = _("Shops of brands")
