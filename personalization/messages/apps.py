"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "personalization.messages"
    label = "letters"
    verbose_name = _("Messages to people")

    def ready(self) -> None:
        """What mail providers tell is heard here; messages have their place in the room."""
        from anymail.signals import tracking

        from personalization.messages import (
            gateway,  # noqa: F401 (its settings are checked)
            links,
            notices,
            phone_views,
            push_views,
        )
        from personalization.messages.roles import SEE
        from personalization.people import consent, ways
        from personalization.people.marketers import Page, add

        tracking.connect(notices.tell, dispatch_uid="messages.notices")
        consent.undone_by(links.forget)
        ways.add(phone_views.section)
        ways.add(push_views.section)
        add(Page(_("Messages"), "messages_room:list", 40, SEE))
