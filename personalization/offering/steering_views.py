"""Taking the choice that is ready sooner, and the code that is given for it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from configurator.catalog.texts import say
from configurator.engine import Value
from configurator.wizard import errors, sooner
from configurator.wizard import services as wizard
from configurator.wizard.entering import read_value
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import Screen
from personalization.offering import services, steering
from personalization.offering.models import Grant
from personalization.people import visitors


@require_POST
def take(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Choose it if it still is sooner, and give what is given for it at this moment."""
    screen = Screen(design_or_404(design_id))
    option, _sep, entered = request.POST.get("set", "").partition(":")
    revision = request.POST.get("revision", "")
    try:
        value = read_value(screen.product, option, entered, get_language() or "en")
        found = None if option in screen.locked else sooner.measured(screen, option, value)
        if found is None or revision != str(screen.design.revision):
            raise errors.Refused
        edit = wizard.Edit(screen.design.pk, screen.design.revision)
        wizard.choose(edit=edit, option=option, value=value)
    except errors.Refused:
        messages.warning(request, _("That is no longer sooner. Please look at the days again."))
        return redirect("wizard:design", design_id)
    grant = _given(request, screen, found)
    if grant is None:
        messages.success(request, _("It is ready sooner now."))
    else:
        said = _("It is ready sooner now. Your code, for this choice: %(code)s")
        messages.success(request, said % {"code": grant.code.grouped})
    return redirect("orders:review", design_id)


def _given(request: HttpRequest, screen: Screen, found: sooner.Sooner) -> Grant | None:
    """The code of the first offer that is for them."""
    person = visitors.person_of(request, make=True)
    if person is None:
        return None
    steered = {
        "design": str(screen.design.pk),
        "option": found.option,
        "value": _plain(found.value),
        "days": found.days,
        "said": _said(screen, found),
    }
    for offer in steering.offers_for(found, screen.design.release.product_id):
        try:
            return services.steer(person, offer, steered=steered)
        except services.NotOffered:
            continue
    return None


def _plain(value: Value) -> str | bool:
    return value if isinstance(value, bool) else str(value)


def _said(screen: Screen, found: sooner.Sooner) -> str:
    name = say(screen.product.options[found.option].name, screen.locale)
    return f"{name}: {screen.product.label(found.option, found.value, screen.locale)}"
