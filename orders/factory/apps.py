from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactoryConfig(AppConfig):
    name = "orders.factory"
    label = "factory"
    verbose_name = _("Factory")
