"""Fetching one's own code."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from personalization.offering import services
from personalization.offering.models import Offer
from personalization.people import visitors


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Their code of an offer that they are shown; of all others nothing is told, not even that
    there are any."""
    person = visitors.person_of(request)
    shown = Offer.objects.filter(pk=pk, shown=True, sooner=None).select_related("promotion").first()
    if person is None or shown is None:
        raise Http404("no such offer")
    try:
        services.code_for(person, shown, source="own page")
    except services.NotOffered:
        raise Http404("no such offer") from None
    messages.success(request, _("Here is your code. Write it at the checkout."))
    return redirect("people:you")
