"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExperimentsConfig(AppConfig):
    name = "personalization.experiments"
    label = "experiments"
    verbose_name = _("Experiments")

    def ready(self) -> None:
        """Their place in the marketer's room."""
        from personalization.experiments.roles import SEE
        from personalization.people.marketers import Page, add

        add(Page(_("Experiments"), "experiments:list", 50, SEE))
