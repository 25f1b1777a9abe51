"""The CSV files, to be fetched by a lead in the browser or by a program with a token."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from orders.erp import tokens
from orders.erp.csv_files import FILES
from orders.factory.access import factory_staff
from orders.tables import csv_response


def _file(name: str, locale: str) -> HttpResponse:
    if name not in FILES:
        raise Http404(f"There is no file {name}.")
    return csv_response(name, FILES[name].header, FILES[name].rows(locale))


@require_safe
@factory_staff
def download(request: HttpRequest, name: str) -> HttpResponse:
    """A file for who is signed in."""
    return _file(name, get_language() or "en")


@require_safe
def fetch(request: HttpRequest, name: str) -> HttpResponse:
    """A file for a program: `Authorization: Bearer cz_…`, the language by Accept-Language."""
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or tokens.token_of(key.strip()[:200]) is None:
        answer = HttpResponse("Send a valid token: Authorization: Bearer cz_…\n", status=401)
        answer["WWW-Authenticate"] = "Bearer"
        answer["Content-Type"] = "text/plain; charset=utf-8"
        return answer
    return _file(name, get_language() or "en")
