"""Messages in this browser: to begin, and to stop."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from personalization.messages import push, webpush
from personalization.people import visitors
from personalization.people.models import Person
from personalization.people.ways import Section

RATES = {"push": "60/h/ip"}


@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """What the browser told when it subscribed; anything else is refused in words."""
    said = [request.POST.get(name, "") for name in ("endpoint", "public_key", "auth")]
    if not ratelimit.consume(request, app="messages", action="push", config=RATES):
        return HttpResponse(status=429)
    try:
        browser = push.checked(*said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("people:you")
    person = visitors.person_of(request, make=not request.user.is_authenticated)
    if person is None:
        messages.info(request, _("You are signed in as one of the firm’s people."))
        return redirect("people:you")
    push.subscribe(person=person, browser=browser)
    messages.success(request, _("This browser shows what you allow by push."))
    return redirect("people:you")


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """That browser shows nothing any more. 404 for somebody else's."""
    person = visitors.person_of(request)
    if person is None or not push.stop(person=person, pk=pk):
        raise Http404("no such browser")
    messages.success(request, _("That browser shows nothing any more."))
    return redirect("people:you")


def section(_request: HttpRequest, person: Person | None) -> Section:
    """The part of the page of what one allows."""
    rows = push.browsers_of(person) if person is not None else []
    known = [{"pk": row.pk, "maker": push.maker_of(row.endpoint), "row": row} for row in rows]
    context: dict[str, object] = {"browsers": known, "key": webpush.public_key()}
    return Section("personalization/messages/_push.html", context)
