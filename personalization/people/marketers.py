"""The marketer's room, as its parts know it: who may in, and which pages there are.

Each app names its pages once, in `ready()`; the frame (personalization/marketing) lists them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Page:
    """A page in the room's navigation; `place` orders them, 10 to 90."""

    name: str | Promise
    url_name: str
    place: int
    permission: str = "people.view_person"


_pages: dict[str, Page] = {}


def add(page: Page) -> None:
    """There is one more page."""
    _pages[page.url_name] = page


def pages_for(user: User) -> list[Page]:
    """The pages that somebody may open, in their order."""
    found = [page for page in _pages.values() if user.has_perm(page.permission)]
    return sorted(found, key=lambda page: (page.place, page.url_name))


def marketer(permission: str = "people.view_person") -> Callable[[View], View]:
    """Only for who has this permission: others sign in, or are refused. No cache keeps the page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(permission):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return asked

    return decorate
