"""The CSV files, to be fetched by a lead in the browser or by a program with a token."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from orders.erp import tokens
from orders.erp.csv_files import FILES
from orders.factory.access import factory_staff
from orders.tables import csv_response


def _file(name: str, locale: str) -> HttpResponse:
    return csv_response(name, FILES[name].header, FILES[name].rows(locale))


@require_safe
@factory_staff
def download(request: HttpRequest, name: str) -> HttpResponse:
    """A file for who is signed in."""
    if name not in FILES:
        raise Http404(f"There is no file {name}.")
    return _file(name, get_language() or "en")


@require_safe
def fetch(request: HttpRequest, name: str) -> HttpResponse:
    """A file for a program: `Authorization: Bearer cz_…`, the language by Accept-Language."""
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or tokens.token_of(key.strip()[:200]) is None:
        answer = _problem(401, "unauthorized", "Send a valid token: Authorization: Bearer cz_…")
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    if name not in FILES:
        message = f"There is no file {name[:60]}; there are {', '.join(FILES)}."
        return _problem(404, "not_found", message)
    return _file(name, get_language() or "en")


@csrf_exempt
def nothing(request: HttpRequest, path: str) -> HttpResponse:
    """An address of the API at which there is nothing."""
    told = f"There is no /api/v1/{path[:100]}; /api/v1/openapi.json lists what there is."
    return _problem(404, "not_found", told)


def _problem(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": message, "field": ""}, status=status)
