from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactoryConfig(AppConfig):
    name = "orders.factory"
    label = "factory"
    verbose_name = _("Factory")

    def ready(self) -> None:
        """Tell customers of the making, on the pages of their orders."""
        from orders import chapters
        from orders.factory import customers_story

        chapters.told_by(chapters.Workshop(customers_story.tell, customers_story.mark))
