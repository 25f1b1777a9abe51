"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlotsConfig(AppConfig):
    name = "personalization.slots"
    label = "slots"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Rooms below ask here what stands at their places; pages have theirs in the room."""
        from configurator.catalog import places
        from personalization.people.marketers import Page, add
        from personalization.slots.filling import Slots
        from personalization.slots.roles import SEE

        add(Page(_("Pages"), "slots:list", 45, SEE))
        places.filled_by(Slots())
