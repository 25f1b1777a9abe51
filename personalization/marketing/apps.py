"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarketingConfig(AppConfig):
    name = "personalization.marketing"
    label = "marketing"
    verbose_name = _("Marketing")

    def ready(self) -> None:
        """The room's own pages."""
        from personalization.people.marketers import Page, add

        add(Page(_("Results"), "marketing:results", 10))
        add(Page(_("People"), "marketing:people", 20))
        add(Page(_("Segments"), "marketing:segments", 30))
