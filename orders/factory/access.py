"""Who may enter the factory: operators, leads and superusers; some of it is for leads alone.

Anybody else gets 403; who is not signed in, the sign-in page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from orders.factory.people import Person, is_lead, is_staff
from orders.factory.responding import answer, is_tap

View = Callable[..., HttpResponse]


def factory_staff(view: View) -> View:
    """Only for the factory's people."""
    return _only(is_staff, view)


def factory_lead(view: View) -> View:
    """Only for the factory's leads."""
    return _only(is_lead, view)


def _only(meant: Callable[[Person], bool], view: View) -> View:
    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not meant(request.user):
            if is_tap(request):  # told in a way that takes it off the tablet
                return answer(_("You may not do this. Ask the lead."), status=403)
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
