"""What was said to me, and why: for the customer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from personalization.messages import deciding, explaining, services
from personalization.messages.models import Message
from personalization.people import visitors
from personalization.people.purposes import Channel

SHOWN = 100


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """All that was said to this visitor, and what was not, each with the decisions."""
    person = visitors.person_of(request)
    rows = deciding.of_whole(person) if person is not None else Message.objects.none()
    found = list(rows.select_related("copy").prefetch_related("verdicts")[:SHOWN])
    said = explaining.explain(verdict for row in found for verdict in row.verdicts.all())
    of_message: dict[int, list[explaining.Explained]] = {row.pk: [] for row in found}
    for each in said:
        of_message[each.verdict.message_id].append(each)
    context = {
        "rows": [(row, of_message[row.pk]) for row in found],
        "fresh": {each.pk for each in services.on_pages(person)} if person is not None else set(),
    }
    response = render(request, "personalization/messages/own.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Read: show it no more, and go on where one was. 404 for what was said to somebody else."""
    person = visitors.person_of(request)
    mine = deciding.of_whole(person) if person is not None else Message.objects.none()
    services.put_away(message=get_object_or_404(mine, pk=pk, channel=Channel.SITE))
    if request.headers.get("HX-Request"):
        return HttpResponse()
    here = request.POST.get("next", "")
    back = url_has_allowed_host_and_scheme(here, None) and here.startswith("/")
    return redirect(here if back else "own_messages:list")
