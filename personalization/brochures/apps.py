"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrochuresConfig(AppConfig):
    name = "personalization.brochures"
    label = "brochures"
    verbose_name = _("Brochures")

    def ready(self) -> None:
        """The room's navigation has one more page."""
        from personalization.people.marketers import Page, add

        add(Page(_("Brochures"), "brochures:runs", 60, "brochures.view_run"))
