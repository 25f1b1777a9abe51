from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    name = "configurator.sharing"
    label = "sharing"
    verbose_name = _("Sharing")

    def ready(self) -> None:
        """Tell the publish gate which designs are shown to others, and bring links to where designs
        are compared."""
        from configurator.catalog import gate
        from configurator.sharing import comparing, open_designs
        from configurator.wizard import sides

        gate.register(open_designs.LINKS)
        gate.register(open_designs.GALLERY)
        sides.register("s", comparing.side_of_link, comparing.liked_most)
