"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "personalization.messages"
    label = "letters"
    verbose_name = _("Messages to people")

    def ready(self) -> None:
        """What mail providers tell is heard here."""
        from anymail.signals import tracking

        from personalization.messages import notices

        tracking.connect(notices.tell, dispatch_uid="messages.notices")
