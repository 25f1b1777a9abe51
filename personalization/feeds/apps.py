"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedsConfig(AppConfig):
    name = "personalization.feeds"
    label = "feeds"
    verbose_name = _("Feeds")

    def ready(self) -> None:
        """The room's navigation has one more page."""
        from personalization.people.marketers import Page, add

        add(Page(_("Ads"), "feeds:ads", 65, "feeds.view_export"))
