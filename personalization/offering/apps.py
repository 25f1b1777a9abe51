"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfferingConfig(AppConfig):
    name = "personalization.offering"
    label = "offering"
    verbose_name = _("Offers")

    def ready(self) -> None:
        """Whose codes are is asked here; what is withdrawn takes back what it earned."""
        from configurator.wizard import sooner
        from orders.promo import personal
        from personalization.offering import owning, pages, steering, taking_back
        from personalization.offering.roles import SEE
        from personalization.people import own_parts, withdrawing
        from personalization.people.marketers import Page, add

        own_parts.add(own_parts.Part("personalization/offering/_own.html", pages.own_offers))
        personal.checked_by(owning.check)
        sooner.rewarded_by(steering.reward_for)
        withdrawing.heard_by(taking_back.hear)
        add(Page(_("Offers"), "offering:list", 40, SEE))
