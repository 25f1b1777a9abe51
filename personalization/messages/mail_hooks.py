"""Where a mail service tells what became of mails: the one that carries them, and no other."""

from django.urls import URLPattern, include, path
from django.urls.resolvers import URLResolver


def of(service: str) -> list[URLPattern | URLResolver]:
    """The address below `/hooks/mail/` at which this service of django-anymail tells; none without
    a service. Whether it is the service is checked there (ANYMAIL’s WEBHOOK_SECRET, signatures)."""
    if not service:
        return []
    from anymail.urls import urlpatterns as known

    own = [
        each
        for each in known
        if str(each.pattern).startswith(f"{service}/") and "inbound" not in str(each.pattern)
    ]
    return [path("hooks/mail/", include((own, "anymail")))]
