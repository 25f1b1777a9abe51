"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "personalization.journeys"
    label = "journeys"
    verbose_name = _("Journeys")

    def ready(self) -> None:
        """Their place in the marketer's room; they find the words of what they ask for."""
        from personalization.journeys import speaking, taking_back
        from personalization.journeys.roles import SEE
        from personalization.messages import composing
        from personalization.people import withdrawing
        from personalization.people.marketers import Page, add

        composing.register(speaking.COMPOSER, speaking.compose)
        withdrawing.heard_by(taking_back.hear)
        add(Page(_("Journeys"), "journeys:list", 20, SEE))
