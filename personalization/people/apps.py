"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "personalization.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """What happens in the shop is heard here."""
        from configurator.catalog import happenings
        from personalization.people import consent, listening, marketers, receipts

        happenings.heard_by(listening.hear)
        consent.undone_by(receipts.unsay)
        marketers.add(marketers.Page(_("What we ask"), "wordings:list", 45))
