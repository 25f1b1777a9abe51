"""Who may enter the factory: operators, leads and superusers.

Anybody else gets 403; who is not signed in, the sign-in page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from orders.factory.roles import STAFF

View = Callable[..., HttpResponse]


def is_staff(user: User | AnonymousUser) -> bool:
    """Whether this person works in the factory."""
    if not user.is_active or user.is_anonymous:
        return False
    return user.is_superuser or user.groups.filter(name__in=STAFF).exists()


def factory_staff(view: View) -> View:
    """Only for the factory's people."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_staff(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
