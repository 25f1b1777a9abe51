"""The customer's answer to what a newer release would change of a design."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from configurator.wizard import renewing
from configurator.wizard.errors import NothingThere
from configurator.wizard.queries import design_or_404
from configurator.wizard.views.responding import clean_tab, only


@only("POST")
def renew(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Move the design to today's release, or keep it as it is."""
    design = design_or_404(design_id)
    try:
        if request.POST.get("keep"):
            renewing.keep(design_id=design.pk)
        else:
            renewing.move(
                design_id=design.pk,
                mark=request.POST.get("mark", ""),
                tab=clean_tab(request.POST.get("tab", "")),
            )
            messages.success(request, _("Your design is made with today’s version now."))
    except renewing.Outdated:
        said = _("Something has changed since this was asked. Please look again.")
        messages.warning(request, said)
    except NothingThere:
        messages.info(request, _("Your design is as it was; nothing had to change."))
    return redirect("wizard:design", design_id=design.pk)
