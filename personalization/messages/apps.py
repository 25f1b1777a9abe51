"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "personalization.messages"
    label = "letters"
    verbose_name = _("Messages to people")

    def ready(self) -> None:
        """Hear mail providers, check settings, and give messages their place in the room."""
        from anymail.signals import tracking
        from django.core import checks

        from personalization.messages import gateway, links, notices, phone_views, push_views
        from personalization.messages.roles import SEE
        from personalization.people import consent, ways
        from personalization.people.marketers import Page, add

        checks.register(gateway.settings_are_whole)
        tracking.connect(notices.tell, dispatch_uid="messages.notices")
        consent.undone_by(links.forget)
        ways.add(phone_views.section)
        ways.add(push_views.section)
        add(Page(_("Messages"), "messages_room:list", 40, SEE))
