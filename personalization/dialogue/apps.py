"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueConfig(AppConfig):
    name = "personalization.dialogue"
    label = "dialogue"
    verbose_name = _("Dialogue")

    def ready(self) -> None:
        """Hear what is said of what arrived, and tell other rooms how it is liked."""
        from configurator.catalog import opinions
        from orders.voices import services as voices
        from personalization.dialogue import hearing, peace, rating
        from personalization.dialogue.roles import SEE
        from personalization.people.marketers import Page, add

        voices.heard_by(hearing.hear)
        voices.asked_if(peace.wanted)
        voices.left_alone_by(peace.leave)
        opinions.told_by(rating.opinions)
        add(Page(_("Inbox"), "marketing_inbox:inbox", 60, SEE))
