"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExperimentsConfig(AppConfig):
    name = "personalization.experiments"
    label = "experiments"
    verbose_name = _("Experiments")

    def ready(self) -> None:
        """Their place in the marketer's room; the holdout of everything silences messages, too."""
        from personalization.experiments import silence
        from personalization.experiments.roles import SEE
        from personalization.messages import deciding
        from personalization.people.marketers import Page, add

        deciding.held_out_by(silence.held_out)
        add(Page(_("Experiments"), "experiments:list", 50, SEE))
