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
        from personalization.slots.filling import Slots

        places.filled_by(Slots())
